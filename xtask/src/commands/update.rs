//! `cargo xtask update`: imports the currently published document and reports the changes.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use xtask_diff::{Report, Verdict, compare, literal, render, today};
use xtask_generate::files::Files;
use xtask_openapi::check::check;
use xtask_openapi::escape::code_block;
use xtask_openapi::operation::find;
use xtask_openapi::{Document, file, import};

use super::generate;
use super::import::{Provenance, files, published};
use crate::config::Config;
use crate::effect::Sides;
use crate::messages::{REMEDY, eprint_line, print, remedy};
use crate::{workflow, workspace};

/// The size limit, in bytes, for each section of the report other than the changes.
const MAX_SECTION_BYTES: usize = 4 << 10;

/// Import the published document, compare it with the checked-in facts and regenerate the code
///
/// Nothing is written if the facts are unchanged. Exit code: 0 if the report was written, even if the API changed or
/// code generation failed; 2 if the published document or the checked-in facts could not be read.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Published document: a file or an https URL. Defaults to the URL in spec/config.yaml
    #[arg(long, value_name = "FILE|URL")]
    from: Option<String>,
    /// File for the Markdown report, which is less than 64 KiB; defaults to standard output
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    #[command(flatten)]
    provenance: Provenance,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let outcome = update(args)?;
    let report = outcome.to_markdown();
    match &args.report {
        Some(path) => {
            file::replace(path, &report).with_context(|| format!("failed to write {}", path.display()))?;
        }
        None => print(&report)?,
    }
    workflow::append(workflow::OUTPUT, || outcome.to_outputs())?;
    eprint_line(outcome.title());
    Ok(ExitCode::SUCCESS)
}

/// The result of an update.
#[derive(Default)]
struct Outcome {
    /// The changes, or `None` if the facts are byte-for-byte identical.
    changes: Option<Report>,
    /// All differences between the facts, in Markdown.
    places: Vec<String>,
    /// The generated files, if code generation succeeded.
    generated: Option<Files>,
    /// The error that prevented code generation.
    failure: Option<anyhow::Error>,
}

fn update(args: &Args) -> anyhow::Result<Outcome> {
    let (text, old) = baseline().context("failed to read the checked-in facts")?;
    let (published, provenance) = published(args.from.as_deref(), &args.provenance)?;
    let config = Config::read()?;
    let selectors = config.selectors();
    let imported = import(&published, selectors)?;
    if imported.yaml == text {
        return Ok(Outcome::default());
    }
    let new = Document::parse(published.name(), imported.yaml.as_bytes())?;
    let changes = compare(&old, &new, selectors, today())?;
    for (name, text) in files(&published, imported.yaml, &provenance)? {
        workspace::write(name, &text)?;
    }
    // Keep the new facts even if generation fails, because a change that breaks generation needs review the most.
    let (generated, failure) = match generate::checked_in(&config) {
        Ok(files) => (Some(files), None),
        Err(error) => (None, Some(error)),
    };
    let sides = Sides {
        config: &config,
        old: &old,
        new: &new,
        selectors,
        are_facts: true,
        generated: generated.as_ref(),
    };
    Ok(Outcome {
        changes: Some(sides.measure(changes)?),
        places: literal::differences(old.value(), new.value()),
        generated,
        failure,
    })
}

/// Reads the checked-in facts and checks them.
fn baseline() -> anyhow::Result<(String, Document)> {
    let text = workspace::read(workspace::FACTS)?;
    let document = Document::parse(workspace::FACTS, text.as_bytes())?;
    check(&document)?;
    find(&document, &[])?;
    Ok((text, document))
}

impl Outcome {
    /// Returns the result in one line, which becomes the title of the pull request.
    fn title(&self) -> String {
        let Some(changes) = &self.changes else {
            return "The checked-in API is up to date".to_owned();
        };
        let what = match changes.verdict {
            Verdict::Identical => "changes in formatting, order or extensions",
            Verdict::Cosmetic => "cosmetic changes",
            Verdict::Additive => "additive changes",
            Verdict::Breaking => "breaking changes",
        };
        let code = match self.failure {
            Some(_) => "; code generation failed",
            None => "",
        };
        format!("Update to the published API: {what}{code}")
    }

    fn to_markdown(&self) -> String {
        let mut text = format!("# {}\n", self.title());
        if let Some(failure) = &self.failure {
            text.push_str(&format!(
                "\n## Code generation failed\n\n{}\n\
                 `spec/facts.yaml` was updated, but the generated code was not. Fix `spec/overlay.yaml` on this \
                 branch, then run `cargo xtask generate`.\n",
                code_block(&format!("{failure:#}"), MAX_SECTION_BYTES)
            ));
            if let Some(remedy) = remedy(failure) {
                let actions = code_block(remedy.trim_end(), MAX_SECTION_BYTES);
                text.push_str(&format!("\n{REMEDY}\n\n{actions}"));
            }
        }
        if let Some(files) = &self.generated {
            text.push_str(&section("Lossy conversions", &files.lossy_conversions));
            text.push_str(&section("Renamed operations", &files.renamed_operations));
        }
        if let Some(changes) = &self.changes {
            let places = self.places_to_markdown();
            text.push('\n');
            let max_bytes = render::MAX_MARKDOWN_BYTES - text.len() - places.len();
            text.push_str(&render::markdown_within(changes, max_bytes));
            text.push_str(&places);
        }
        text
    }

    /// Lists the differences between the facts, including those that are not API changes.
    fn places_to_markdown(&self) -> String {
        if self.places.is_empty() {
            return String::new();
        }
        let mut text = format!("\n## Every difference in `{}`\n\n", workspace::FACTS);
        for (index, place) in self.places.iter().enumerate() {
            if text.len() + place.len() > MAX_SECTION_BYTES {
                text.push_str(&format!("- and {} more\n", self.places.len() - index));
                break;
            }
            text.push_str(&format!("- {place}\n"));
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

/// Returns a section of the report with one line per item, or nothing if there are no items.
fn section(title: &str, items: &[impl ToString]) -> String {
    let lines: Vec<String> = items.iter().map(ToString::to_string).collect();
    match lines.is_empty() {
        true => String::new(),
        false => format!(
            "\n## {title}\n\n{}",
            code_block(&lines.join("\n"), MAX_SECTION_BYTES)
        ),
    }
}
