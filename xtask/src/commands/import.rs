//! `cargo xtask import`: writes `spec/facts.yaml` and its source record from a published document.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use xtask_openapi::operation::Selector;
use xtask_openapi::source::Source;
use xtask_openapi::{Document, file, import, open};

use crate::config::Config;
use crate::messages::{eprint_line, fail};
use crate::workspace;

/// Extract operations from a published OpenAPI document and write them as facts
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Published document: a file or an https URL
    #[arg(long, value_name = "FILE|URL")]
    from: String,
    /// Operation to import, as operationId or `METHOD /path`; repeatable. Defaults to the operations in
    /// spec/config.yaml
    #[arg(long = "operation", value_name = "ID|'METHOD /path'")]
    operations: Vec<Selector>,
    /// File to write instead of spec/facts.yaml; then the source record is not updated
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    provenance: Provenance,
}

/// Details about a document that its bytes don't contain.
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
    pub(crate) url: Option<String>,
}

/// Runs the command. Exit code: 0 on success, 2 on errors.
pub(crate) fn run(args: Args) -> ExitCode {
    match import_all(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn import_all(args: &Args) -> anyhow::Result<()> {
    let document = open(&args.from)?;
    let imported = if args.operations.is_empty() {
        import(&document, &Config::read()?.selectors())?
    } else {
        import(&document, &args.operations)?
    };
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

/// Returns the facts and the files that record their source. Everything that can fail is done before the caller writes
/// the first file, because the files belong together.
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
    eprint_line(format_args!(
        "{name}: {}",
        if written { "written" } else { "unchanged" }
    ));
}
