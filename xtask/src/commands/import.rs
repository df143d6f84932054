//! `cargo xtask import`: from a published document to `spec/facts.yaml`, and the record of where it came from.

#![allow(
    clippy::print_stderr,
    reason = "a command speaks to its user; what it makes goes to files"
)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use xtask_openapi::operation::Selector;
use xtask_openapi::source::Source;
use xtask_openapi::{Document, file, import, open};

use crate::workspace;

/// Where facts go unless told otherwise, below the workspace's root.
const FACTS: &str = "spec/facts.yaml";
/// The record of the document that they came from.
const SOURCE: &str = "spec/source.yaml";
/// The text that shows the record to people.
const README: &str = "spec/README.md";

/// Cuts operations out of a published OpenAPI document and writes them as a table of facts.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The published document: a file, or an https URL.
    #[arg(long, value_name = "FILE|URL")]
    from: String,
    /// An operation, by operationId or as `METHOD /path`; may be repeated. Without it: the room-token operation.
    #[arg(long = "operation", value_name = "ID|'METHOD /path'")]
    operations: Vec<Selector>,
    /// Where to write instead of spec/facts.yaml; then no record of the source is kept.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// For the record: the commit that published the document.
    #[arg(long)]
    commit: Option<String>,
    /// For the record: the date of that commit.
    #[arg(long)]
    date: Option<String>,
    /// For the record: where people can look at the document.
    #[arg(long)]
    url: Option<String>,
}

/// Runs the command: 0 done, 2 could not.
pub(crate) fn run(args: Args) -> ExitCode {
    match import_all(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn import_all(args: &Args) -> anyhow::Result<()> {
    let document = open(&args.from)?;
    let imported = import(&document, &args.operations)?;
    for weakening in &imported.weakenings {
        eprintln!("weakened: {}: {weakening}", document.name());
    }
    match &args.output {
        Some(output) => write(output, &output.display().to_string(), &imported.yaml),
        None => {
            // What can fail comes before the first file is written: facts and their record go together.
            let records = records(args, &document)?;
            let facts = (FACTS, imported.yaml);
            for (name, text) in std::iter::once(&facts).chain(&records) {
                write(&workspace::root().join(name), name, text)?;
            }
            Ok(())
        }
    }
}

/// The files that tell where the facts came from.
fn records(args: &Args, document: &Document) -> anyhow::Result<[(&'static str, String); 2]> {
    let recorded = match std::fs::read_to_string(workspace::root().join(SOURCE)) {
        Ok(text) => Some(Source::from_yaml(SOURCE, &text)?),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).context(SOURCE),
    };
    let known = Source {
        url: args.url.clone(),
        commit: args.commit.clone(),
        date: args.date.clone(),
        ..Source::of(document)
    };
    let source = known.or(recorded.as_ref());
    let readme = std::fs::read_to_string(workspace::root().join(README)).context(README)?;
    Ok([
        (SOURCE, source.to_yaml()),
        (README, source.refresh_block(README, &readme)?),
    ])
}

fn write(path: &Path, name: &str, text: &str) -> anyhow::Result<()> {
    let written = file::replace(path, text).with_context(|| format!("{name}: cannot be written"))?;
    eprintln!("{name}: {}", if written { "written" } else { "unchanged" });
    Ok(())
}
