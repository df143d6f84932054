//! `cargo xtask diff`: reports the changes between two documents, and fails if any change reaches a given severity.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use xtask_diff::{Ignore, Report, Severity, compare, render, today};
use xtask_openapi::operation::{Selector, list, select};
use xtask_openapi::{Document, escape, import, open, prose};

use crate::config::Config;
use crate::effect::Sides;
use crate::messages::{fail, print};
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
    /// Later document, in the same form as OLD
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
pub(crate) fn run(args: Args) -> ExitCode {
    match diff(&args) {
        Ok(true) => ExitCode::from(1),
        Ok(false) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

/// Writes the report and returns whether the check fails.
fn diff(args: &Args) -> anyhow::Result<bool> {
    let config = Config::read()?;
    let (old, new) = (read(&args.old)?, read(&args.new)?);
    let selectors = match args.operations.is_empty() {
        true => config.selectors_in(&[&old, &new])?,
        false => args.operations.clone(),
    };
    let is_ours = args.old == CHECKED_IN || args.new == CHECKED_IN;
    let as_facts = |document: Document, source: &str| {
        let is_as_needed = !is_ours || (source == CHECKED_IN && args.operations.is_empty());
        if is_as_needed {
            Ok(document)
        } else {
            as_facts(&document, &selectors)
        }
    };
    let (old, new) = (as_facts(old, &args.old)?, as_facts(new, &args.new)?);
    let mut report = compare(&old, &new, &selectors, today())?;
    let sides = Sides {
        config: &config,
        old: &old,
        new: &new,
        selectors: &selectors,
        are_facts: is_ours,
        generated: None,
    };
    report = sides.measure(report)?;
    if let Some(path) = &args.ignore {
        report = Ignore::read(path)?.apply(report, today());
    }
    write(args, &report)?;
    Ok(args.fail_on.is_reached(&report))
}

fn write(args: &Args, report: &Report) -> anyhow::Result<()> {
    print(&match args.format {
        Format::Text => render::text(report, style(std::io::stdout().is_terminal())),
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

fn style(is_terminal: bool) -> render::Style {
    let wants_none = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if is_terminal && !wants_none {
        render::Style::Coloured
    } else {
        render::Style::Plain
    }
}

fn read(source: &str) -> anyhow::Result<Document> {
    if source == CHECKED_IN {
        workspace::document(workspace::FACTS)
    } else {
        Ok(open(source)?)
    }
}

/// Returns a document as an import would write it. Imports remove prose and other operations, so comparing the
/// checked-in facts with a document that wasn't imported would report these as changes.
fn as_facts(document: &Document, selectors: &[Selector]) -> anyhow::Result<Document> {
    let operations = list(document)?;
    let is_found = |selector: &&Selector| !select(&operations, selector).is_empty();
    let found: Vec<Selector> = selectors.iter().filter(is_found).cloned().collect();
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
