//! `cargo xtask import`: from a published document to `spec/facts.yaml`, and the record of where it came from.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use xtask_openapi::operation::Selector;
use xtask_openapi::source::Source;
use xtask_openapi::{Document, file, import, open};

use crate::messages::{fail, say};
use crate::workspace;

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
    #[command(flatten)]
    provenance: Provenance,
}

/// What is known of a document beyond its bytes.
#[derive(Debug, clap::Args)]
pub(crate) struct Provenance {
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
        Err(error) => fail(&error),
    }
}

fn import_all(args: &Args) -> anyhow::Result<()> {
    let document = open(&args.from)?;
    let imported = import(&document, &args.operations)?;
    for conversion in &imported.lossy_conversions {
        say(format_args!("weakened: {}: {conversion}", document.name()));
    }
    if let Some(output) = &args.output {
        let name = output.display().to_string();
        let written = file::replace(output, &imported.yaml);
        report(
            &name,
            written.with_context(|| format!("{name}: cannot be written"))?,
        );
        return Ok(());
    }
    for (name, text) in files(&document, imported.yaml, &args.provenance)? {
        report(name, workspace::write(name, &text)?);
    }
    Ok(())
}

/// The facts, and the files that tell where they came from. What can fail is done when this returns, before the first
/// of them is written: they go together.
pub(crate) fn files(
    document: &Document,
    facts: String,
    provenance: &Provenance,
) -> anyhow::Result<[(&'static str, String); 3]> {
    let known = Source {
        url: provenance.url.clone(),
        commit: provenance.commit.clone(),
        date: provenance.date.clone(),
        ..Source::of(document)
    };
    let source = known.or(workspace::source()?.as_ref());
    let readme = source.refresh_block(workspace::README, &workspace::read(workspace::README)?)?;
    Ok([
        (workspace::FACTS, facts),
        (workspace::SOURCE, source.to_yaml()),
        (workspace::README, readme),
    ])
}

fn report(name: &str, written: bool) {
    say(format_args!(
        "{name}: {}",
        if written { "written" } else { "unchanged" }
    ));
}
