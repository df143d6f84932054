//! `cargo xtask diff`: reports the changes between two documents, and fails if any change reaches a given severity.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use xtask_diff::{Ignore, Report, Severity, compare, render, today};
use xtask_openapi::operation::Selector;
use xtask_openapi::{Document, escape, import, open, prose};

use crate::config::{Config, existing};
use crate::effect::Sides;
use crate::messages::print;
use crate::{workflow, workspace};

/// The argument that selects this workspace's facts.
const CHECKED_IN: &str = "checked-in";

/// Report the changes between two OpenAPI documents and how they affect clients and the Rust crates
///
/// Exit code: 0 if no change reaches the severity given by --fail-on, 1 if one does, 2 if the comparison failed.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Earlier document: a file, an https URL, or `checked-in` for spec/facts.yaml
    #[arg(value_name = "OLD")]
    old: String,
    /// Later document; accepts the same forms as OLD
    #[arg(value_name = "NEW")]
    new: String,
    /// Operation to compare, as an operationId or `METHOD /path`; repeatable. Defaults to the operations in
    /// spec/config.yaml, or to all operations if neither document has any of them
    #[arg(long = "operation", value_name = "ID|'METHOD /path'")]
    operations: Vec<Selector>,
    /// Report format; `json` is described in xtask/diff/README.md
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Lowest severity that fails the check
    #[arg(long, value_enum, default_value_t = FailOn::Breaking)]
    fail_on: FailOn,
    /// YAML file of known changes to ignore, each with an id, location, reason and expiry date
    #[arg(long, value_name = "FILE")]
    ignore: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Human-readable; colored if written to a terminal
    Text,
    /// Machine-readable
    Json,
    /// For a pull request comment; less than 64 KiB
    Markdown,
    /// Workflow annotations, plus a Markdown job summary
    Github,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FailOn {
    Breaking,
    Warning,
    Info,
    Never,
}

impl FailOn {
    fn is_reached(self, report: &Report) -> bool {
        let threshold = match self {
            Self::Breaking => Severity::Breaking,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
            Self::Never => return false,
        };
        report.worst().is_some_and(|worst| worst >= threshold)
    }
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let config = Config::read()?;
    let (old, new) = (read(&args.old)?, read(&args.new)?);
    let selectors = match args.operations.is_empty() {
        true => config.selectors_in(&[&old, &new])?,
        false => args.operations.clone(),
    };
    let is_ours = args.old == CHECKED_IN || args.new == CHECKED_IN;
    let as_needed = |document: Document, source: &str| {
        let is_as_needed = !is_ours || (source == CHECKED_IN && args.operations.is_empty());
        match is_as_needed {
            true => Ok(document),
            false => as_facts(&document, &selectors),
        }
    };
    let (old, new) = (as_needed(old, &args.old)?, as_needed(new, &args.new)?);
    let sides = Sides {
        config: &config,
        old: &old,
        new: &new,
        selectors: &selectors,
        are_facts: is_ours,
        generated: None,
    };
    let mut report = sides.measure(compare(&old, &new, &selectors, today())?)?;
    if let Some(path) = &args.ignore {
        report = Ignore::read(path)?.apply(report, today());
    }
    write(args, &report)?;
    Ok(ExitCode::from(u8::from(args.fail_on.is_reached(&report))))
}

fn write(args: &Args, report: &Report) -> anyhow::Result<()> {
    print(&match args.format {
        Format::Text => render::text(report, style()),
        Format::Json => escape::json(&serde_json::to_string_pretty(report)?) + "\n",
        Format::Markdown => render::markdown(report),
        Format::Github => {
            workflow::append(workflow::STEP_SUMMARY, || render::markdown(report))?;
            let file = if args.new == CHECKED_IN {
                workspace::FACTS
            } else {
                &args.new
            };
            render::github(report, file)
        }
    })
}

/// Returns the style for the terminal or file to which the report is written.
fn style() -> render::Style {
    let wants_none = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    match std::io::stdout().is_terminal() && !wants_none {
        true => render::Style::Coloured,
        false => render::Style::Plain,
    }
}

fn read(source: &str) -> anyhow::Result<Document> {
    if source == CHECKED_IN {
        workspace::document(workspace::FACTS)
    } else {
        Ok(open(source)?)
    }
}

/// Returns a document in the form that an import would write. An import removes prose and unselected operations, which
/// a comparison with the checked-in facts would otherwise report as changes.
pub(crate) fn as_facts(document: &Document, selectors: &[Selector]) -> anyhow::Result<Document> {
    let found = existing(selectors, &[document])?;
    let facts = if found.is_empty() {
        // The import would fail without operations. The comparison reports the operations as removed.
        let mut value = document.value().clone();
        prose::strip(&mut value);
        value
    } else {
        import(document, &found)?.facts
    };
    Ok(document.changed(document.name(), facts))
}
