//! `cargo xtask update`: imports the currently published document and reports the changes.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use xtask_diff::{Report, Verdict, compare, literal, render, today};
use xtask_generate::files::Files;
use xtask_openapi::check::check;
use xtask_openapi::escape::code_block;
use xtask_openapi::operation::{Selector, find};
use xtask_openapi::source::Source;
use xtask_openapi::{Document, Error, file, import};

use super::diff::as_facts;
use super::generate;
use super::import::{Provenance, outputs, published, source};
use crate::config::Config;
use crate::effect::Sides;
use crate::messages::{REMEDY, eprint_line, print, remedy};
use crate::{workflow, workspace};

/// The size limit, in bytes, for each section of the report other than the changes.
const MAX_SECTION_BYTES: usize = 4 << 10;

/// The instructions to show if a configured operation is missing from the published document.
const UNCHANGED: &str = "`spec/facts.yaml` was not changed; edit `operations` in `spec/config.yaml` so that the document \
                         contains all of them, then run `cargo xtask update` again";

/// Import the published document, compare it with the checked-in facts and regenerate the code
///
/// The report is written first and the facts last, so an interrupted update can be repeated. Nothing but the report is
/// written if the facts and the generated files are up to date, or if the published document lacks a configured
/// operation. Exit code: 0 if everything was written, even if the API changed or code generation failed; 2 if the
/// published document or the checked-in facts could not be read, if the published document lacks a configured operation
/// (the report describes the changes), or if a file could not be written.
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
    // If the report can't be written, nothing else is written either. Otherwise, the report would be lost, because the
    // next update would find no changes.
    let report = outcome.to_markdown();
    match &args.report {
        Some(path) => {
            file::replace(path, &report).with_context(|| format!("failed to write {}", path.display()))?;
        }
        None => print(&report)?,
    }
    if let Some(missing) = outcome.missing {
        return Err(anyhow!("{missing}\n{UNCHANGED}"));
    }
    workflow::append(workflow::OUTPUT, || outcome.to_outputs())?;
    generate::write(&outcome.files, &workspace::root())?;
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
    /// The files to write. Empty if nothing changes.
    files: Files,
    /// The error that prevented code generation.
    failure: Option<anyhow::Error>,
    /// The error for a configured operation that is missing from the published document.
    missing: Option<Error>,
}

fn update(args: &Args) -> anyhow::Result<Outcome> {
    let (text, old) = baseline().context("failed to read the checked-in facts")?;
    let (published, provenance) = published(args.from.as_deref(), &args.provenance)?;
    let config = Config::read()?;
    config.check_distinct(&published)?;
    if let Some(missing) = config.missing_from(&published)? {
        let selectors = config.selectors_in(&[&old, &published])?;
        let new = as_facts(&published, &selectors)?;
        return Ok(Outcome {
            changes: Some(changes(&config, &selectors, [&old, &new], None)?),
            missing: Some(missing),
            ..Outcome::default()
        });
    }
    let imported = import(&published, config.selectors())?;
    if imported.yaml == text {
        return unchanged(&config, old);
    }
    let new = Document::parse(published.name(), imported.yaml.as_bytes())?;
    let source = source(&published, &provenance)?;
    let facts = new.changed(workspace::FACTS, new.value().clone());
    // Keep the new facts even if generation fails, because a change that breaks generation needs review the most.
    let (mut files, failure) = generated(&config, facts, Some(source.clone()));
    let generated = failure.is_none().then_some(&files);
    let changes = changes(&config, config.selectors(), [&old, &new], generated)?;
    files.outputs.extend(outputs(imported.yaml, &source)?);
    Ok(Outcome {
        changes: Some(changes),
        places: literal::differences(old.value(), new.value()),
        files,
        failure,
        missing: None,
    })
}

/// Returns the generated files, or no files and the error that prevented code generation.
fn generated(config: &Config, facts: Document, source: Option<Source>) -> (Files, Option<anyhow::Error>) {
    match generate::from_facts(config, facts, source) {
        Ok(files) => (files, None),
        Err(error) => (Files::default(), Some(error)),
    }
}

/// Returns the result for unchanged facts. The generated files may still be out of date, for example because code
/// generation failed during an earlier update.
fn unchanged(config: &Config, facts: Document) -> anyhow::Result<Outcome> {
    let (mut files, failure) = generated(config, facts, workspace::source()?);
    if files.check(&workspace::root())?.is_empty() {
        files = Files::default();
    }
    Ok(Outcome {
        files,
        failure,
        ..Outcome::default()
    })
}

/// Compares the documents and measures the effect on the crates.
fn changes(
    config: &Config,
    selectors: &[Selector],
    [old, new]: [&Document; 2],
    generated: Option<&Files>,
) -> anyhow::Result<Report> {
    let sides = Sides {
        config,
        old,
        new,
        selectors,
        are_facts: true,
        generated,
    };
    sides.measure(compare(old, new, selectors, today())?)
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
        if self.missing.is_some() {
            return "A configured operation is missing from the published API".to_owned();
        }
        let Some(changes) = &self.changes else {
            let title = match (&self.failure, self.files.outputs.is_empty()) {
                (Some(_), _) => "The checked-in API is up to date, but code generation failed",
                (None, true) => "The checked-in API is up to date",
                (None, false) => "Regenerate the code for the unchanged API",
            };
            return title.to_owned();
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
                 `spec/facts.yaml` is up to date, but the generated code is not. Fix `spec/overlay.yaml` on this \
                 branch, then run `cargo xtask generate`.\n",
                code_block(&format!("{failure:#}"), MAX_SECTION_BYTES)
            ));
            if let Some(remedy) = remedy(failure) {
                let actions = code_block(remedy.trim_end(), MAX_SECTION_BYTES);
                text.push_str(&format!("\n{REMEDY}\n\n{actions}"));
            }
        }
        if let Some(missing) = &self.missing {
            let missing = code_block(&missing.to_string(), MAX_SECTION_BYTES);
            text.push_str(&format!("\n{missing}\n{UNCHANGED}.\n"));
        }
        text.push_str(&section("Lossy conversions", &self.files.lossy_conversions));
        text.push_str(&section("Renamed operations", &self.files.renamed_operations));
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
            !self.files.outputs.is_empty(),
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
