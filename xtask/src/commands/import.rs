//! `cargo xtask import`: writes `spec/facts.yaml` and its source record from a published document.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use xtask_openapi::operation::Selector;
use xtask_openapi::source::Source;
use xtask_openapi::{Document, file, import, open};

use crate::config::Config;
use crate::messages::eprint_line;
use crate::workspace;

/// Extract operations from a published OpenAPI document and write them as facts
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Published document: a file or an https URL. Defaults to the URL in spec/config.yaml
    #[arg(long, value_name = "FILE|URL")]
    from: Option<String>,
    /// Operation to import, as an operationId or `METHOD /path`; repeatable. Defaults to the operations in
    /// spec/config.yaml
    #[arg(long = "operation", value_name = "ID|'METHOD /path'")]
    operations: Vec<Selector>,
    /// Import all operations
    #[arg(long, conflicts_with = "operations")]
    all: bool,
    /// File to write instead of spec/facts.yaml; in this case, the source record is not updated
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    provenance: Provenance,
}

/// Details about a document that can't be derived from its contents.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Provenance {
    /// Commit that published the document, for the source record
    #[arg(long)]
    commit: Option<String>,
    /// Date of that commit, for the source record
    #[arg(long)]
    date: Option<String>,
    /// URL where people can view the document, for the source record
    #[arg(long)]
    url: Option<String>,
}

/// Runs the command. Exit code: 0 on success, 2 on errors.
pub(crate) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let (document, provenance) = published(args.from.as_deref(), &args.provenance)?;
    // An empty list of selectors selects all operations.
    let selectors = match args.all || !args.operations.is_empty() {
        true => args.operations.clone(),
        false => Config::read()?.selectors().to_vec(),
    };
    let imported = import(&document, &selectors)?;
    if let Some(output) = &args.output {
        let name = output.display().to_string();
        let written = file::replace(output, &imported.yaml);
        report(&name, written.with_context(|| format!("failed to write {name}"))?);
        return Ok(ExitCode::SUCCESS);
    }
    for (name, text) in files(&document, imported.yaml, &provenance)? {
        report(name, workspace::write(name, &text)?);
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens the document at `from` or, by default, the one at the configured URL. In the latter case, the source record
/// contains the configured page URL.
pub(crate) fn published(from: Option<&str>, given: &Provenance) -> anyhow::Result<(Document, Provenance)> {
    let mut provenance = given.clone();
    if let Some(from) = from {
        return Ok((open(from)?, provenance));
    }
    let source = Config::read()?.source;
    provenance.url.get_or_insert(source.page);
    Ok((open(&source.url)?, provenance))
}

/// Returns the facts and the files that record their source. Everything that can fail happens before the caller writes
/// the first file, so that the files stay consistent with each other.
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

fn report(name: &str, is_written: bool) {
    let what = if is_written { "written" } else { "unchanged" };
    eprint_line(format_args!("{name}: {what}"));
}
