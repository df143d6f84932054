//! `cargo xtask update`: takes over what is published now, and reports what that means.

#![allow(clippy::print_stderr, reason = "a command speaks to its user")]

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use xtask_diff::{Report, Verdict, compare, render, today};
use xtask_openapi::lower::Weakening;
use xtask_openapi::{Document, file, import, open};

use super::generate::{self, REMEDY};
use super::import::{Provenance, files};
use crate::{workflow, workspace};

/// How much of the report is about the generation, in bytes at most; the rest is for the changes.
const MAX_FAILURE_BYTES: usize = 4 << 10;

/// Imports the published document, compares it with the checked-in facts, and generates the code anew.
///
/// Nothing is written if the facts are the same. Exit code: 0 done, whether or not anything has changed or the code
/// could be generated, which the report says; 2 if it could not be told what is published, or what was.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The published document: a file, or an https URL.
    #[arg(long, value_name = "FILE|URL")]
    from: String,
    /// Where to write the report, in Markdown, below 64 KiB; without it, to standard output.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    #[command(flatten)]
    provenance: Provenance,
}

/// Runs the command.
pub(crate) fn run(args: Args) -> ExitCode {
    match update(&args).and_then(|outcome| tell(&args, &outcome)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// What an update has come to.
struct Outcome {
    /// The differences; `None` if the facts are byte for byte the same.
    changes: Option<Report>,
    /// What the import could not say as exactly as the published document does.
    weakenings: Vec<String>,
    /// Why the code could not be generated.
    failure: Option<String>,
    /// Actions for the overlay that fix that.
    remedy: Option<String>,
}

fn update(args: &Args) -> anyhow::Result<Outcome> {
    let (text, old) = baseline().context("there is nothing to compare with")?;
    let published = open(&args.from)?;
    let imported = import(&published, &[])?;
    if imported.yaml == text {
        return Ok(Outcome {
            changes: None,
            weakenings: Vec::new(),
            failure: None,
            remedy: None,
        });
    }
    let new = Document::parse(published.name(), imported.yaml.as_bytes())?;
    let changes = compare(&old, &new, &[], today())?;
    for (name, text) in files(&published, imported.yaml, &args.provenance)? {
        workspace::write(name, &text)?;
    }
    // The facts stay: a change is to be looked at, all the more when it is one that the generator cannot take.
    let failure = generate::checked_in().err();
    Ok(Outcome {
        changes: Some(changes),
        weakenings: imported.weakenings.iter().map(Weakening::to_string).collect(),
        remedy: failure.as_ref().and_then(generate::remedy).map(str::to_owned),
        failure: failure.map(|error| format!("{error:#}")),
    })
}

/// The facts as they are checked in, if an import could have written them.
fn baseline() -> anyhow::Result<(String, Document)> {
    let text = workspace::read(workspace::FACTS)?;
    let document = Document::parse(workspace::FACTS, text.as_bytes())?;
    import(&document, &[])?;
    Ok((text, document))
}

/// Writes the report, and what a workflow needs to know.
fn tell(args: &Args, outcome: &Outcome) -> anyhow::Result<()> {
    let report = outcome.to_markdown();
    match &args.report {
        Some(path) => {
            file::replace(path, &report).with_context(|| format!("{}: cannot be written", path.display()))?;
        }
        None => std::io::stdout()
            .write_all(report.as_bytes())
            .context("standard output")?,
    }
    workflow::append(workflow::OUTPUT, || outcome.to_outputs())?;
    eprintln!("{}", outcome.title());
    Ok(())
}

impl Outcome {
    /// One line that says it all.
    fn title(&self) -> String {
        let Some(changes) = &self.changes else {
            return "The published API is as checked in".to_owned();
        };
        let what = match changes.verdict {
            // Other spellings, order or extensions.
            Verdict::Identical => "no difference in meaning",
            Verdict::Cosmetic => "cosmetic changes",
            Verdict::Additive => "additive changes",
            Verdict::Breaking => "breaking changes",
        };
        let code = match self.failure {
            Some(_) => "; the code cannot be generated",
            None => "",
        };
        format!("Take over the published API: {what}{code}")
    }

    fn to_markdown(&self) -> String {
        let mut text = format!("# {}\n", self.title());
        if let Some(failure) = &self.failure {
            text.push_str(&format!(
                "\n## The code cannot be generated\n\n```text\n{}\n```\n\n\
                 `spec/facts.yaml` is as published, the generated code is still that of before. Mend \
                 `spec/overlay.yaml` on this branch, then run `cargo xtask generate`.\n",
                fenced(failure)
            ));
        }
        if let Some(remedy) = &self.remedy {
            text.push_str(&format!(
                "\n{REMEDY}\n\n```yaml\n{}\n```\n",
                fenced(remedy.trim_end())
            ));
        }
        if !self.weakenings.is_empty() {
            text.push_str("\n## Said less exactly than published\n\n");
            text.push_str(&format!(
                "```text\n{}\n```\n",
                fenced(&self.weakenings.join("\n"))
            ));
        }
        if let Some(changes) = &self.changes {
            text.push('\n');
            text.push_str(&render::markdown_within(
                changes,
                render::MAX_MARKDOWN_BYTES - text.len(),
            ));
        }
        text
    }

    fn to_outputs(&self) -> String {
        let verdict = self
            .changes
            .as_ref()
            .map_or(Verdict::Identical, |report| report.verdict);
        format!(
            "changed={}\nverdict={verdict}\ngenerated={}\ntitle={}\n",
            self.changes.is_some(),
            self.failure.is_none(),
            self.title()
        )
    }
}

/// A text for a fenced block: nothing in it ends the block, and it is of bounded length.
fn fenced(text: &str) -> String {
    let text = text.replace("```", "'''");
    match text.char_indices().find(|(at, _)| *at > MAX_FAILURE_BYTES) {
        Some((end, _)) => format!("{}\n…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
