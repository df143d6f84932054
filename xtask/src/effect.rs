//! The effect of a change on the Rust crates, measured by generating their code from both documents in memory.

use std::path::Path;

use anyhow::Context as _;
use serde_json::json;
use xtask_diff::{Crate, Report, Surface, Unmeasured, selected};
use xtask_generate::files::Files;
use xtask_generate::workaround::Strictness;
use xtask_generate::{Errors, Inputs, Layout, generate};
use xtask_openapi::operation::{Operation, Selector, find};
use xtask_openapi::{Document, import_operations};

use crate::config::Config;
use crate::workspace;

/// The maximum size of the facts for which code is generated, in bytes of compact JSON. The facts of SignalWire's whole
/// API have 0.7 MiB and take about 5 seconds.
const MAX_BYTES: usize = 2 << 20;

/// The documents of a comparison and the operations that are compared.
pub(crate) struct Sides<'a> {
    pub(crate) config: &'a Config,
    pub(crate) old: &'a Document,
    pub(crate) new: &'a Document,
    pub(crate) selectors: &'a [Selector],
    /// `true` if both documents consist of the selected operations, as imported.
    pub(crate) are_facts: bool,
    /// The files that were generated from `new` and the checked-in overlay, if that was done before.
    pub(crate) generated: Option<&'a Files>,
}

impl Sides<'_> {
    /// Adds the effect on the crates to the report of a comparison. If the code of a side cannot be generated, adds the
    /// reason instead.
    ///
    /// # Errors
    /// Returns an error if the operations of a document cannot be listed.
    pub(crate) fn measure(&self, report: Report) -> anyhow::Result<Report> {
        if self.old.value() == self.new.value() {
            return Ok(report);
        }
        let [old, new] = selected(self.old, self.new, self.selectors)?;
        let is_ours = self.is_ours(self.old, &old)?
            && self.is_ours(self.new, &new)?
            && !(old.is_empty() && new.is_empty());
        let old = Side::of("old", self.old, &old, self.are_facts);
        let new = Side::of("new", self.new, &new, self.are_facts).map(|new| Side {
            generated: self.generated,
            ..new
        });
        let (old, new) = match (old, new) {
            (Ok(old), Ok(new)) if old.facts.value() == new.facts.value() => return Ok(report),
            (Ok(old), Ok(new)) => Side::codes(&old, &new, self.config, is_ours),
            (Err(reason), _) | (_, Err(reason)) => (Code::failed(&reason), Code::failed(&reason)),
        };
        let (mut effects, mut unmeasured) = (Vec::new(), Vec::new());
        let packages = [
            (Crate::Api, old.api, new.api),
            (Crate::Client, old.client, new.client),
        ];
        for (package, old, new) in packages
            .into_iter()
            .filter(|(package, ..)| is_ours || *package == Crate::Api)
        {
            match (old, new) {
                (Ok(old), Ok(new)) => effects.extend(old.effects(&new, package)),
                (Err(reason), _) | (_, Err(reason)) => unmeasured.push(Unmeasured { package, reason }),
            }
        }
        Ok(report.with_rust(effects, unmeasured))
    }

    /// Returns `true` if the selected operations of a document are those of the configuration.
    fn is_ours(&self, document: &Document, selected: &[Operation]) -> anyhow::Result<bool> {
        let ours = self.config.selectors_in(&[document])?;
        Ok(match ours.is_empty() {
            true => selected.is_empty(),
            false => find(document, &ours).is_ok_and(|ours| ours == selected),
        })
    }
}

/// A document of a comparison: `old` or `new`.
struct Side<'a> {
    name: &'static str,
    facts: Document,
    is_empty: bool,
    /// The files that were generated from the facts and the overlay, if that was done before.
    generated: Option<&'a Files>,
}

/// The public items of the crates, or the reasons why their code cannot be generated.
struct Code {
    api: Result<Surface, String>,
    client: Result<Surface, String>,
}

impl Code {
    fn failed(reason: &str) -> Self {
        let failed = || Err(reason.to_owned());
        Self {
            api: failed(),
            client: failed(),
        }
    }
}

impl Side<'_> {
    /// Imports the selected operations.
    fn of(
        name: &'static str,
        document: &Document,
        selected: &[Operation],
        is_facts: bool,
    ) -> Result<Self, String> {
        let in_side = |error: &dyn std::fmt::Display| format!("{name} document: {error}");
        let facts = if selected.is_empty() {
            json!({ "openapi": "3.0.3", "info": { "title": "", "version": "" }, "paths": {} })
        } else if is_facts {
            document.value().clone()
        } else {
            let imported = import_operations(document, selected);
            imported.map_err(|error| in_side(&error))?.facts
        };
        let bytes = facts.to_string().len();
        if bytes > MAX_BYTES {
            let message = format!(
                "{}: code is only generated for facts of at most {MAX_BYTES} bytes, not {bytes}",
                document.name()
            );
            return Err(in_side(&message));
        }
        Ok(Self {
            name,
            facts: document.changed(document.name(), facts),
            is_empty: selected.is_empty(),
            generated: None,
        })
    }

    /// Generates the code of both documents. If the overlay does not fit one of them, the code of the low-level crate is
    /// generated without the overlay.
    fn codes(old: &Self, new: &Self, config: &Config, is_ours: bool) -> (Code, Code) {
        let generate = |is_ours| {
            std::thread::scope(|scope| {
                let new = scope.spawn(move || new.code(config, is_ours));
                let old = old.code(config, is_ours);
                let panicked = |_| Code::failed("the generator panicked");
                (old, new.join().unwrap_or_else(panicked))
            })
        };
        let (mut before, mut after) = generate(is_ours);
        if is_ours && (before.api.is_err() || after.api.is_err()) {
            let (old, new) = generate(false);
            (before.api, after.api) = (old.api, new.api);
        }
        (before, after)
    }

    /// Generates the code. The code of the ergonomic crate is only generated if the document has the operation that it
    /// wraps.
    fn code(&self, config: &Config, is_ours: bool) -> Code {
        let layout = config.layout();
        let without_client = Layout {
            ergonomic: None,
            ..layout.clone()
        };
        let has_overlay = is_ours && !self.is_empty;
        let has_client = has_overlay && find(&self.facts, std::slice::from_ref(config.wrapped())).is_ok();
        if let Some(files) = self.generated.filter(|_| has_client) {
            return Code {
                api: api(files, &layout),
                client: client(files, &layout),
            };
        }
        let overlay = if has_overlay { overlay() } else { Ok(None) };
        let inputs = match overlay {
            Ok(overlay) => Inputs {
                facts: self.facts.clone(),
                overlay,
                source: None,
                strictness: Strictness::Draft,
            },
            Err(error) => return Code::failed(&format!("{error:#}")),
        };
        if !has_client {
            return Code {
                api: self
                    .generate(&inputs, &without_client)
                    .and_then(|files| api(&files, &layout)),
                client: Ok(Surface::default()),
            };
        }
        match self.generate(&inputs, &layout) {
            Ok(files) => Code {
                api: api(&files, &layout),
                client: client(&files, &layout),
            },
            // The reason may only concern the ergonomic crate.
            Err(reason) => Code {
                api: self
                    .generate(&inputs, &without_client)
                    .and_then(|files| api(&files, &layout)),
                client: Err(reason),
            },
        }
    }

    fn generate(&self, inputs: &Inputs, layout: &Layout) -> Result<Files, String> {
        generate(inputs, layout).map_err(|errors| format!("{} document: {}", self.name, first(&errors)))
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

/// Returns the first error and the number of the others.
fn first(errors: &Errors) -> String {
    match errors.as_slice() {
        [first, others @ ..] if !others.is_empty() => format!("{first} (and {} more errors)", others.len()),
        _ => errors.to_string(),
    }
}

fn api(files: &Files, layout: &Layout) -> Result<Surface, String> {
    // The crate re-exports the items of the module `client`.
    surface(files, &layout.code, "client")
}

fn client(files: &Files, layout: &Layout) -> Result<Surface, String> {
    let directory = layout
        .ergonomic
        .as_ref()
        .map(|ergonomic| ergonomic.directory.as_path());
    surface(files, directory.unwrap_or_else(|| Path::new("")), "mod")
}

/// Returns the items of the Rust files in a directory. The items of the module `root` belong to the root of the crate.
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
