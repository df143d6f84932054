//! A report for people: on a terminal, in a pull request, in a workflow run.

mod github;
mod markdown;
mod text;

pub use github::github;
pub use markdown::{MAX_MARKDOWN_BYTES, markdown, markdown_within};
pub use text::{Style, text};

use xtask_openapi::escape::code_span;

use crate::change::{Change, Severity};
use crate::report::Report;
use crate::rust::{Bump, Effect, RustEffect};

/// The severities, the worst first, with the heading of their group.
const GROUPS: [(Severity, &str); 4] = [
    (Severity::Breaking, "Breaking"),
    (Severity::Warning, "Warnings"),
    (Severity::Info, "Compatible"),
    (Severity::Cosmetic, "Cosmetic"),
];

/// The heading of changes that belong to no operation.
const WHOLE_DOCUMENT: &str = "The whole document";

/// `breaking: 1 breaking, 2 warnings, …`, the same words in every form.
fn headline(report: &Report) -> String {
    let counts = &report.counts;
    let parts = [
        (counts.breaking, "breaking"),
        (
            counts.warning,
            if counts.warning == 1 {
                "warning"
            } else {
                "warnings"
            },
        ),
        (counts.info, "compatible"),
        (counts.cosmetic, "cosmetic"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    if parts.is_empty() {
        report.verdict.to_string()
    } else {
        format!("{}: {}", report.verdict, parts.join(", "))
    }
}

/// How much each crate's version has to rise for all changes together, or `None` if not at all.
fn bumps(report: &Report) -> Option<String> {
    let highest = |of: fn(&RustEffect) -> Bump| report.changes.iter().map(|change| of(&change.rust)).max();
    let (api, ergonomic) = (highest(|rust| rust.api)?, highest(|rust| rust.ergonomic)?);
    (api > Bump::None).then(|| {
        format!(
            "signalwire-room-tokens-api {}, signalwire-room-tokens {}",
            api.as_str(),
            ergonomic.as_str()
        )
    })
}

/// What a change does to the crates, in a few words; empty if nothing.
fn rust(change: &Change) -> String {
    let RustEffect {
        item,
        effect,
        api,
        ergonomic,
    } = &change.rust;
    let what = match effect {
        Effect::None => "",
        Effect::Appears => "appears",
        Effect::Disappears => "disappears",
        Effect::ChangesType => "changes its type",
        Effect::ChangesValue => "changes its value",
        Effect::ChangesBehaviour => "changes its behaviour",
    };
    let item = item
        .as_ref()
        .filter(|_| !what.is_empty())
        .map(|item| format!("{} {what}", code_span(item)));
    let rise = (*api > Bump::None).then(|| format!("api {}, client {}", api.as_str(), ergonomic.as_str()));
    [item, rise].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// The changes of one operation, or of the document as a whole.
type Group<'a> = (Option<&'a str>, Vec<&'a Change>);

/// The changes of one severity, by operation in the order in which they first appear.
fn by_operation(report: &Report, severity: Severity) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for change in report.changes.iter().filter(|change| change.severity == severity) {
        let operation = change.operation.as_deref();
        match groups.iter_mut().find(|(name, _)| *name == operation) {
            Some((_, changes)) => changes.push(change),
            None => groups.push((operation, vec![change])),
        }
    }
    groups
}
