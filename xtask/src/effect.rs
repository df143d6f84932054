//! Measures how a change affects the Rust crates by generating their code from both documents in memory.

use std::path::Path;

use anyhow::Context as _;
use serde_json::json;
use xtask_diff::{Crate, Report, RustEffect, Surface, Unmeasured, selected};
use xtask_generate::files::Files;
use xtask_generate::workaround::Strictness;
use xtask_generate::{Errors, Inputs, Layout, generate};
use xtask_openapi::operation::{Operation, Selector, find, operations, select};
use xtask_openapi::{Document, import_operations};

use crate::config::Config;
use crate::workspace;

/// The maximum size of the facts, in bytes of compact JSON, for which code is generated. The facts for SignalWire's
/// entire API take up 0.6 MiB, and generating their code takes several seconds, much longer than comparing them.
const MAX_BYTES: usize = 256 << 10;

/// The documents to compare and the selected operations.
pub(crate) struct Sides<'a> {
    pub(crate) config: &'a Config,
    pub(crate) old: &'a Document,
    pub(crate) new: &'a Document,
    pub(crate) selectors: &'a [Selector],
    /// `true` if both documents are imports of the selected operations. A document that matches none of the `selectors`
    /// may also contain other operations.
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
        let without_client = (!is_ours).then(|| self.without_client(&old, &new)).flatten();
        let old = self.side("old", self.old, &old);
        let new = self.side("new", self.new, &new).map(|new| Side {
            generated: self.generated,
            ..new
        });
        Ok(match (old, new) {
            (Ok(old), Ok(new)) if old.facts.value() == new.facts.value() => report,
            (Ok(old), Ok(new)) => {
                let (effects, mut unmeasured) = effects(&old, &new, packages);
                unmeasured.extend(without_client);
                report.with_rust(effects, unmeasured)
            }
            (Err(reason), _) | (_, Err(reason)) => {
                let unmeasured = packages.iter().map(|package| unmeasured(*package, &reason));
                report.with_rust(Vec::new(), unmeasured.chain(without_client).collect())
            }
        })
    }

    /// Returns `true` if the selected operations in a document are those in the configuration.
    fn is_ours(&self, document: &Document, selected: &[Operation<'_>]) -> anyhow::Result<bool> {
        let ours = self.config.selectors_in(&[document])?;
        Ok(match ours.is_empty() {
            true => selected.is_empty(),
            false => {
                let places = |operations: &[Operation<'_>]| -> Vec<String> {
                    operations.iter().map(Operation::pointer).collect()
                };
                find(document, &ours).is_ok_and(|ours| places(&ours) == places(selected))
            }
        })
    }

    /// Returns why the client can't be measured, if its operation is selected in at least one of the documents but the
    /// selected operations are not those in the configuration.
    fn without_client(&self, old: &[Operation<'_>], new: &[Operation<'_>]) -> Option<Unmeasured> {
        let wrapped = self.config.wrapped();
        let mut sides = vec![("old", self.old, old), ("new", self.new, new)];
        sides.retain(|(_, _, selected)| select(selected, wrapped).is_empty());
        let reason = match sides[..] {
            [] => "the selected operations are not those in spec/config.yaml".to_owned(),
            [(side, document, _)] => format!(
                "{side} document: {}: none of the selected operations matches `{wrapped}`",
                document.name()
            ),
            _ => return None,
        };
        Some(unmeasured(Crate::Client, &reason))
    }

    /// Imports the selected operations.
    fn side(
        &self,
        name: &'static str,
        document: &Document,
        selected: &[Operation<'_>],
    ) -> Result<Side<'_>, String> {
        let in_side = |error: &dyn std::fmt::Display| format!("{name} document: {error}");
        let facts = if selected.is_empty() {
            json!({ "openapi": "3.0.3", "info": { "title": "", "version": "" }, "paths": {} })
        } else if self.are_facts && operations(document.value()).count() == selected.len() {
            document.value().clone()
        } else {
            let imported = import_operations(document, selected);
            imported.map_err(|error| in_side(&error))?.facts
        };
        let bytes = facts.to_string().len();
        if bytes > MAX_BYTES {
            let message = format!(
                "{}: the facts are {bytes} bytes long, but code is generated only for up to {MAX_BYTES} bytes",
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

/// Generates code from both documents and compares the crates. If that fails for the ergonomic crate, compares the
/// low-level crate alone.
fn effects(old: &Side<'_>, new: &Side<'_>, packages: &[Crate]) -> (Vec<RustEffect>, Vec<Unmeasured>) {
    let is_ours = packages.contains(&Crate::Client);
    let all = if is_ours {
        Scope::All
    } else {
        Scope::WithoutOverlay
    };
    let (packages, surfaces, failed) = match surfaces(old, new, all) {
        Err(reason) if is_ours => {
            // The overlay might not apply to one of the documents, but the low-level crate can be compared without it.
            let low_level =
                surfaces(old, new, Scope::LowLevel).or_else(|_| surfaces(old, new, Scope::WithoutOverlay));
            (
                &[Crate::Api][..],
                low_level,
                Some(unmeasured(Crate::Client, &reason)),
            )
        }
        found => (packages, found, None),
    };
    match surfaces {
        Ok((old, new)) => {
            let effects = packages
                .iter()
                .flat_map(|package| old.of(*package).effects(new.of(*package), *package));
            (effects.collect(), failed.into_iter().collect())
        }
        Err(reason) => {
            let others = packages.iter().map(|package| unmeasured(*package, &reason));
            (Vec::new(), others.chain(failed).collect())
        }
    }
}

fn unmeasured(package: Crate, reason: &str) -> Unmeasured {
    Unmeasured {
        package,
        reason: reason.to_owned(),
    }
}

/// Generates code from both documents, in parallel.
fn surfaces(old: &Side<'_>, new: &Side<'_>, scope: Scope) -> Result<(Surfaces, Surfaces), String> {
    std::thread::scope(|threads| {
        let new = threads.spawn(move || new.surfaces(scope));
        let old = old.surfaces(scope);
        let new = new.join().map_err(|_| "the generator panicked".to_owned())?;
        Ok((old?, new?))
    })
}

/// The code to generate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Both crates.
    All,
    /// The low-level crate.
    LowLevel,
    /// The low-level crate, from the facts alone.
    WithoutOverlay,
}

/// The public items of both crates.
struct Surfaces {
    api: Surface,
    client: Surface,
}

impl Surfaces {
    fn of(&self, package: Crate) -> &Surface {
        match package {
            Crate::Api => &self.api,
            Crate::Client => &self.client,
        }
    }
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
    /// Generates code and returns its public items.
    fn surfaces(&self, scope: Scope) -> Result<Surfaces, String> {
        let mut layout = self.config.layout();
        layout.schemas = None;
        let wrapped = std::slice::from_ref(self.config.wrapped());
        if scope != Scope::All || find(&self.facts, wrapped).is_err() {
            layout.ergonomic = None;
        }
        let has_overlay = scope != Scope::WithoutOverlay && !self.is_empty;
        let generated = match self.generated.filter(|_| has_overlay) {
            Some(files) => files,
            None => &self.generate(&layout, has_overlay)?,
        };
        Ok(Surfaces {
            // The low-level crate re-exports the items of the `client` module.
            api: surface(generated, &layout.code, "client")?,
            client: match &layout.ergonomic {
                Some(ergonomic) => surface(generated, &ergonomic.directory, "mod")?,
                None => Surface::default(),
            },
        })
    }

    fn generate(&self, layout: &Layout, has_overlay: bool) -> Result<Files, String> {
        let overlay = has_overlay.then(overlay).transpose();
        let inputs = Inputs {
            facts: self.facts.clone(),
            overlay: overlay.map_err(|error| format!("{error:#}"))?.flatten(),
            source: None,
            strictness: Strictness::Draft,
        };
        generate(&inputs, layout).map_err(|errors| format!("{} document: {}", self.name, first(&errors)))
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
