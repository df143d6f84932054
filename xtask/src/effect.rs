//! Measures how a change affects the Rust crates by generating their code from both documents in memory.

use std::path::Path;

use anyhow::Context as _;
use serde_json::json;
use xtask_diff::{Crate, Report, RustEffect, Surface, Unmeasured, selected};
use xtask_generate::files::Files;
use xtask_generate::workaround::Strictness;
use xtask_generate::{Errors, Inputs, generate};
use xtask_openapi::operation::{Operation, Selector, find};
use xtask_openapi::{Document, import_operations};

use crate::config::Config;
use crate::workspace;

/// The maximum size of the facts, in bytes of compact JSON, for which code is generated. The facts for SignalWire's
/// entire API take up 0.7 MiB, and generating their code takes about 5 seconds.
const MAX_BYTES: usize = 2 << 20;

/// The documents to compare and the selected operations.
pub(crate) struct Sides<'a> {
    pub(crate) config: &'a Config,
    pub(crate) old: &'a Document,
    pub(crate) new: &'a Document,
    pub(crate) selectors: &'a [Selector],
    /// `true` if both documents are imports of the selected operations.
    pub(crate) are_facts: bool,
    /// The files generated from `new` and the checked-in overlay, if they are already available.
    pub(crate) generated: Option<&'a Files>,
}

impl Sides<'_> {
    /// Adds the effect on the crates to a comparison report. If code generation fails for either side, adds the reason
    /// instead.
    ///
    /// # Errors
    /// Returns an error if the operations in a document can't be listed.
    pub(crate) fn measure(&self, report: Report) -> anyhow::Result<Report> {
        if self.old.value() == self.new.value() {
            return Ok(report);
        }
        let [old, new] = selected(self.old, self.new, self.selectors)?;
        let is_ours = self.is_ours(self.old, &old)?
            && self.is_ours(self.new, &new)?
            && !(old.is_empty() && new.is_empty());
        let packages: &[Crate] = if is_ours { &Crate::ALL } else { &[Crate::Api] };
        let old = self.side("old", self.old, &old);
        let new = self.side("new", self.new, &new).map(|new| Side {
            generated: self.generated,
            ..new
        });
        let (mut effects, mut unmeasured) = (Vec::new(), Vec::new());
        for package in packages {
            let found = match (&old, &new) {
                (Ok(old), Ok(new)) if old.facts.value() == new.facts.value() => return Ok(report),
                (Ok(old), Ok(new)) => effects_on(*package, old, new, is_ours),
                (Err(reason), _) | (_, Err(reason)) => Err(reason.clone()),
            };
            match found {
                Ok(found) => effects.extend(found),
                Err(reason) => unmeasured.push(Unmeasured {
                    package: *package,
                    reason,
                }),
            }
        }
        Ok(report.with_rust(effects, unmeasured))
    }

    /// Returns `true` if the selected operations in a document are those in the configuration.
    fn is_ours(&self, document: &Document, selected: &[Operation]) -> anyhow::Result<bool> {
        let ours = self.config.selectors_in(&[document])?;
        Ok(match ours.is_empty() {
            true => selected.is_empty(),
            false => find(document, &ours).is_ok_and(|ours| ours == selected),
        })
    }

    /// Imports the selected operations.
    fn side(
        &self,
        name: &'static str,
        document: &Document,
        selected: &[Operation],
    ) -> Result<Side<'_>, String> {
        let in_side = |error: &dyn std::fmt::Display| format!("{name} document: {error}");
        let facts = if selected.is_empty() {
            json!({ "openapi": "3.0.3", "info": { "title": "", "version": "" }, "paths": {} })
        } else if self.are_facts {
            document.value().clone()
        } else {
            let imported = import_operations(document, selected);
            imported.map_err(|error| in_side(&error))?.facts
        };
        let bytes = facts.to_string().len();
        if bytes > MAX_BYTES {
            let message = format!(
                "{}: code is generated only for facts of at most {MAX_BYTES} bytes, but these have {bytes}",
                document.name()
            );
            return Err(in_side(&message));
        }
        Ok(Side {
            config: self.config,
            name,
            facts: document.changed(document.name(), facts),
            is_empty: selected.is_empty(),
            generated: None,
        })
    }
}

/// Generates the code of a crate from both documents and compares the results.
fn effects_on(
    package: Crate,
    old: &Side<'_>,
    new: &Side<'_>,
    is_ours: bool,
) -> Result<Vec<RustEffect>, String> {
    let generate = |has_overlay| -> Result<_, String> {
        std::thread::scope(|scope| {
            let new = scope.spawn(move || new.surface(package, has_overlay));
            let old = old.surface(package, has_overlay);
            let new = new.join().map_err(|_| "the generator panicked".to_owned())?;
            Ok((old?, new?))
        })
    };
    let (old, new) = match generate(is_ours) {
        // The overlay might not apply to one of the documents, but the low-level crate can be compared without it.
        Err(_) if is_ours && package == Crate::Api => generate(false)?,
        generated => generated?,
    };
    Ok(old.effects(&new, package))
}

/// One of the documents to compare: `old` or `new`.
struct Side<'a> {
    config: &'a Config,
    name: &'static str,
    facts: Document,
    is_empty: bool,
    /// The files generated from the facts and the overlay, if they are already available.
    generated: Option<&'a Files>,
}

impl Side<'_> {
    /// Generates the code of a crate and returns its public items.
    fn surface(&self, package: Crate, has_overlay: bool) -> Result<Surface, String> {
        let mut layout = self.config.layout();
        // The low-level crate re-exports the items of the `client` module.
        let (directory, root) = match (package, &layout.ergonomic) {
            (Crate::Client, Some(ergonomic)) => (ergonomic.directory.clone(), "mod"),
            _ => (layout.code.clone(), "client"),
        };
        let has_overlay = has_overlay && !self.is_empty;
        let wrapped = std::slice::from_ref(self.config.wrapped());
        if package == Crate::Client && find(&self.facts, wrapped).is_err() {
            return Ok(Surface::default());
        }
        if let Some(files) = self.generated.filter(|_| has_overlay) {
            return surface(files, &directory, root);
        }
        let inputs = Inputs {
            facts: self.facts.clone(),
            overlay: if has_overlay {
                overlay().map_err(|error| format!("{error:#}"))?
            } else {
                None
            },
            source: None,
            strictness: Strictness::Draft,
        };
        if package == Crate::Api {
            layout.ergonomic = None;
        }
        let files = generate(&inputs, &layout);
        let files = files.map_err(|errors| format!("{} document: {}", self.name, first(&errors)))?;
        surface(&files, &directory, root)
    }
}

/// Reads the overlay, if it exists.
fn overlay() -> anyhow::Result<Option<Document>> {
    let exists = workspace::root()
        .join(workspace::OVERLAY)
        .try_exists()
        .context(workspace::OVERLAY)?;
    exists
        .then(|| workspace::document(workspace::OVERLAY))
        .transpose()
}

/// Returns the first error and the number of remaining errors.
fn first(errors: &Errors) -> String {
    match errors.as_slice() {
        [first, others @ ..] if !others.is_empty() => format!("{first} (and {} more errors)", others.len()),
        _ => errors.to_string(),
    }
}

/// Returns the items in the Rust files of a directory. The items of the module `root` belong to the crate root.
fn surface(files: &Files, directory: &Path, root: &str) -> Result<Surface, String> {
    let mut surface = Surface::default();
    for file in &files.outputs {
        let is_code =
            file.path.parent() == Some(directory) && file.path.extension().is_some_and(|end| end == "rs");
        if let Some(module) = file
            .path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .filter(|_| is_code)
        {
            let module = if module == root { "" } else { module };
            surface
                .add_file(module, &file.content)
                .map_err(|error| format!("{}: {error}", file.path.display()))?;
        }
    }
    Ok(surface)
}
