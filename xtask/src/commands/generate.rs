//! `cargo xtask generate`: writes the merged document and the code generated from the facts and the overlay.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use xtask_generate::files::{Files, Stale, State, Written};
use xtask_generate::workaround::Strictness;
use xtask_generate::{Inputs, Layout, generate};
use xtask_openapi::Document;
use xtask_openapi::source::Source;

use crate::config::Config;
use crate::messages::{eprint_line, line, print};
use crate::workspace;

/// Merge the facts with the overlay and generate code from the result
///
/// Exit code: 0 on success, or, with --check, if everything is up to date; 1 if --check found a stale file; 2 on
/// errors.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Don't write anything; report stale, missing and orphaned files, and the command that fixes them
    #[arg(long)]
    check: bool,
    /// OpenAPI document to use instead of spec/facts.yaml; no overlay is applied unless --overlay is given
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// Overlay to use instead of spec/overlay.yaml
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
    /// Directory for all generated files, instead of their locations in the workspace; created if missing
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Args {
    /// Returns the command that regenerates the files checked with these arguments.
    fn fix_command(&self) -> String {
        let options = [
            ("spec", &self.spec),
            ("overlay", &self.overlay),
            ("out", &self.out),
        ];
        let options = options.into_iter().filter_map(|(name, path)| {
            Some(format!(
                " --{name} {}",
                quoted(&path.as_ref()?.display().to_string())
            ))
        });
        "cargo xtask generate".to_owned() + &options.collect::<String>()
    }
}

/// Quotes a word for the shell if necessary.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/\\._-:".contains(c);
    if word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let layout = if args.out.is_some() {
        Layout::flat()
    } else {
        Config::read()?.layout()
    };
    let root = args.out.clone().unwrap_or_else(workspace::root);
    let files = generate(&inputs(args)?, &layout)?;
    report_differences(&files);
    if args.check {
        return check(args, &files, &root);
    }
    write(&files, &root)?;
    Ok(ExitCode::SUCCESS)
}

/// Generates all checked-in files from the given facts and the checked-in overlay, without writing them.
pub(crate) fn from_facts(config: &Config, facts: Document, source: Option<Source>) -> anyhow::Result<Files> {
    let inputs = inputs_from(facts, source, workspace::document(workspace::OVERLAY)?);
    Ok(generate(&inputs, &config.layout())?)
}

/// Reports the differences between the code and the merged document.
fn report_differences(files: &Files) {
    for conversion in &files.lossy_conversions {
        eprint_line(format_args!("lossy conversion: {conversion}"));
    }
    for operation in &files.renamed_operations {
        eprint_line(format_args!("renamed operation: {operation}"));
    }
}

/// Writes the files under `root` and reports each of them.
pub(crate) fn write(files: &Files, root: &Path) -> anyhow::Result<()> {
    for (path, written) in files.write(root)? {
        let what = match written {
            Written::Written => "written",
            Written::Unchanged => "unchanged",
            Written::Removed => "removed",
        };
        eprint_line(format_args!("{}: {what}", path.display()));
    }
    Ok(())
}

fn inputs(args: &Args) -> anyhow::Result<Inputs> {
    let overlay = args.overlay.as_deref().map(Document::read).transpose()?;
    match &args.spec {
        Some(facts) => Ok(Inputs {
            facts: Document::read(facts)?,
            overlay,
            source: None,
            strictness: Strictness::WhereNeeded,
        }),
        None => {
            let facts = workspace::document(workspace::FACTS)?;
            Config::read()?.check_facts(&facts)?;
            let overlay = overlay.map_or_else(|| workspace::document(workspace::OVERLAY), Ok)?;
            Ok(inputs_from(facts, workspace::source()?, overlay))
        }
    }
}

/// Returns the inputs for the checked-in files, which are checked more strictly than those for other documents.
fn inputs_from(facts: Document, source: Option<Source>, overlay: Document) -> Inputs {
    Inputs {
        facts,
        overlay: Some(overlay),
        source,
        strictness: Strictness::EachMustApply,
    }
}

/// Reports files that differ from what would be generated.
fn check(args: &Args, files: &Files, root: &Path) -> anyhow::Result<ExitCode> {
    let stale = files.check(root)?;
    if stale.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    for Stale { path, state } in &stale {
        if let State::Differs(diff) = state {
            let lines = diff.lines().map(|text| line(text) + "\n");
            print(&lines.chain(["\n".to_owned()]).collect::<String>())?;
        }
        let what = match state {
            State::Differs(_) => "stale",
            State::Missing => "missing",
            State::Orphaned => "orphaned: not a generated file",
        };
        eprint_line(format_args!("{}: {what}", path.display()));
    }
    eprint_line(format_args!("to fix this, run: {}", args.fix_command()));
    Ok(ExitCode::from(1))
}
