//! Parts shared by several report formats.

use xtask_openapi::escape::code_span;

use crate::change::Severity;
use crate::report::Report;
use crate::rust::{Bump, Crate, Effect, RustEffect};

/// The heading for changes that don't belong to an operation.
pub(super) const WHOLE_DOCUMENT: &str = "The whole document";

/// The maximum number of items in a list.
pub(super) const MAX_LISTED: usize = 10;

/// The statement in reports whose changes break callers of the generated crate but don't affect requests or responses.
pub(super) const RUST_ONLY: &str = "Compatible on the wire; the generated Rust API changes.";

/// Returns each severity that occurs, with a count such as `2 warnings`, starting with the most severe.
pub(super) fn counts(report: &Report) -> Vec<(Severity, String)> {
    let counts = &report.counts;
    let warnings = if counts.warning == 1 {
        "warning"
    } else {
        "warnings"
    };
    [
        (Severity::Breaking, counts.breaking, "breaking"),
        (Severity::Warning, counts.warning, warnings),
        (Severity::Info, counts.info, "compatible"),
        (Severity::Cosmetic, counts.cosmetic, "cosmetic"),
    ]
    .into_iter()
    .filter(|(_, count, _)| *count > 0)
    .map(|(severity, count, noun)| (severity, format!("{count} {noun}")))
    .collect()
}

/// Returns the verdict as one line, such as `breaking: 1 breaking, 2 warnings → api major, client minor`.
pub(super) fn verdict(report: &Report) -> String {
    let counts: Vec<String> = counts(report).into_iter().map(|(_, count)| count).collect();
    let counts = match counts.as_slice() {
        [] => String::new(),
        counts => format!(": {}", counts.join(", ")),
    };
    format!("{}{counts}{}", report.verdict, bumps(report))
}

/// Returns the version bumps that the crates require, such as ` → api major, client minor`, or an empty string if there
/// are none.
pub(super) fn bumps(report: &Report) -> String {
    if report.rust.is_empty() && report.rust_unmeasured.is_empty() {
        return String::new();
    }
    let bumps = Crate::ALL.map(|package| {
        let is_unmeasured = report
            .rust_unmeasured
            .iter()
            .any(|other| other.package == package);
        let bump = match report.bump(package) {
            _ if is_unmeasured => "unknown".to_owned(),
            Some(bump) => bump.to_string(),
            None => "none".to_owned(),
        };
        format!("{} {bump}", package.label())
    });
    format!(" → {}", bumps.join(", "))
}

/// Returns `true` if no change is breaking but the generated crate requires a major release.
pub(super) fn is_rust_only(report: &Report) -> bool {
    report.counts.breaking == 0 && report.bump(Crate::Api) == Some(Bump::Major)
}

/// Describes the effect on the crates in Markdown, with one line per crate, version bump and effect. Each line lists at
/// most `max_items` items.
pub(super) fn rust(report: &Report, max_items: usize) -> Vec<String> {
    let key = |effect: &RustEffect| (effect.package, effect.bump, effect.effect);
    let groups = report.rust.chunk_by(|a, b| key(a) == key(b));
    let groups = groups.filter_map(|effects| {
        let first = effects.first()?;
        let verb = match first.effect {
            Effect::Appears => "added",
            Effect::Disappears => "removed",
            Effect::ChangesType => "type changed",
            Effect::ChangesValue => "value changed",
            Effect::ChangesBehavior => "behavior changed",
        };
        let items = list(effects, max_items, |effect| code_span(&effect.item));
        let (package, bump) = (first.package.label(), first.bump);
        Some(format!("{package} {bump}, {verb}: {items}"))
    });
    let unmeasured = report.rust_unmeasured.iter().map(|unmeasured| {
        let reason = code_span(&unmeasured.reason);
        format!("{}, not measured: {reason}", unmeasured.package.label())
    });
    groups.chain(unmeasured).collect()
}

/// Lists at most `max_items` items, followed by the number of remaining items.
pub(super) fn list<T>(items: &[T], max_items: usize, format: impl Fn(&T) -> String) -> String {
    let mut listed: Vec<String> = items.iter().take(max_items).map(format).collect();
    if items.len() > max_items {
        listed.push(format!("and {} more", items.len() - max_items));
    }
    listed.join(", ")
}
