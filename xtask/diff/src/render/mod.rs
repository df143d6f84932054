//! Reports for people: on a terminal, in a pull request comment, and as annotations of a workflow run.

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

/// The title of changes that do not belong to an operation.
const WHOLE_DOCUMENT: &str = "The whole document";

/// The statement for reports whose changes break callers of the generated crate, but no request or response.
const RUST_ONLY: &str = "Compatible on the wire; the generated Rust API changes.";

/// The number of changes of each severity that occurs, with its noun, the worst first.
fn counts(report: &Report) -> Vec<(Severity, String)> {
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

/// Returns the verdict on one line: `breaking: 1 breaking, 2 warnings → api major, client minor`.
fn verdict(report: &Report) -> String {
    let counts: Vec<String> = counts(report).into_iter().map(|(_, count)| count).collect();
    if counts.is_empty() {
        report.verdict.to_string()
    } else {
        format!("{}: {}{}", report.verdict, counts.join(", "), bumps(report))
    }
}

/// Returns the version bumps that all changes together require, as ` → api major, client minor`. Empty if there are none.
fn bumps(report: &Report) -> String {
    let highest =
        |bump: fn(&RustEffect) -> Bump| report.changes.iter().map(|change| bump(&change.rust)).max();
    let (api, client) = (highest(|rust| rust.api), highest(|rust| rust.ergonomic));
    versions(api.unwrap_or(Bump::None), client.unwrap_or(Bump::None))
        .map_or_else(String::new, |versions| format!(" → {versions}"))
}

fn versions(api: Bump, client: Bump) -> Option<String> {
    (api > Bump::None).then(|| format!("api {}, client {}", api.as_str(), client.as_str()))
}

/// Returns `true` if no change is breaking, but the generated crate needs a major release.
fn is_rust_only(report: &Report) -> bool {
    report.counts.breaking == 0 && report.changes.iter().any(|change| change.rust.api == Bump::Major)
}

/// Describes the effect of a change on the crates. Empty if there is none.
fn rust(change: &Change) -> String {
    let RustEffect {
        item,
        effect,
        api,
        ergonomic,
    } = &change.rust;
    let verb = match effect {
        Effect::None => None,
        Effect::Appears => Some("added"),
        Effect::Disappears => Some("removed"),
        Effect::ChangesType => Some("changes its type"),
        Effect::ChangesValue => Some("changes its value"),
        Effect::ChangesBehaviour => Some("changes its behavior"),
    };
    let item = item
        .as_ref()
        .zip(verb)
        .map(|(item, verb)| format!("{} {verb}", code_span(item)));
    let parts = [item, versions(*api, *ergonomic)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}
