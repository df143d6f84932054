//! `cargo xtask import`: writes `spec/facts.yaml` and its source record from a published document.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use xtask_generate::files::{Files, Output};
use xtask_openapi::operation::Selector;
use xtask_openapi::source::Source;
use xtask_openapi::{Document, file, import, open};

use super::generate::write;
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
        false => {
            let config = Config::read()?;
            config.check_distinct(&document)?;
            config.selectors().to_vec()
        }
    };
    let imported = import(&document, &selectors)?;
    if let Some(output) = &args.output {
        let name = output.display().to_string();
        let written = file::replace(output, &imported.yaml);
        let what = match written.with_context(|| format!("failed to write {name}"))? {
            true => "written",
            false => "unchanged",
        };
        eprint_line(format_args!("{name}: {what}"));
        return Ok(ExitCode::SUCCESS);
    }
    let source = source(&document, &provenance)?;
    let files = Files {
        outputs: outputs(imported.yaml, &source)?.into(),
        ..Files::default()
    };
    write(&files, &workspace::root())?;
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

/// Returns the source record of a document, with missing details filled in from the checked-in record if that describes
/// the same document.
pub(crate) fn source(document: &Document, provenance: &Provenance) -> anyhow::Result<Source> {
    let known = Source {
        url: provenance.url.clone(),
        commit: provenance.commit.clone(),
        date: provenance.date.clone(),
        ..Source::of(document)
    };
    Ok(known.or(workspace::source()?.as_ref()))
}

/// Returns the files that record the source, and the facts. The facts come last: until they are written, repeating an
/// interrupted update gives the same result.
pub(crate) fn outputs(facts: String, source: &Source) -> anyhow::Result<[Output; 3]> {
    let readme = source.refresh_block(workspace::README, &workspace::read(workspace::README)?)?;
    let files = [
        (workspace::SOURCE, source.to_yaml()),
        (workspace::README, readme),
        (workspace::FACTS, facts),
    ];
    Ok(files.map(|(name, content)| Output {
        path: name.into(),
        content,
    }))
}
