//! The configuration in `spec/config.yaml`: the published document, the operations and the crates.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::slice;

use serde::Deserialize;
use xtask_generate::{Ergonomic, Layout};
use xtask_openapi::operation::{Selector, find, list, select};
use xtask_openapi::{Document, Error};

use crate::workspace;

/// The configuration file, relative to the workspace root.
const CONFIG: &str = "spec/config.yaml";

/// The fix suggested by errors about facts whose operations differ from the configured ones.
const RUN_IMPORT: &str = "run `cargo xtask import` or `cargo xtask update`";

/// The settings that are specific to this repository.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    pub(crate) source: Published,
    operations: Vec<Selector>,
    crates: Crates,
}

/// The published document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Published {
    /// The URL of the document.
    pub(crate) url: String,
    /// The URL where people can view the document.
    pub(crate) page: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Crates {
    api: Crate,
    client: Client,
    mock: Crate,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Crate {
    name: Name,
    directory: Directory,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Client {
    name: Name,
    directory: Directory,
    operation: Selector,
}

/// The name of a crate.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct Name(String);

impl TryFrom<String> for Name {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(is_allowed) {
            Ok(Self(text))
        } else {
            Err(format!("`{text}` is not a valid crate name"))
        }
    }
}

/// The directory of a crate, relative to the workspace root. It must be inside the workspace, because orphaned files in
/// its `src/generated` directory are deleted.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "PathBuf")]
struct Directory(PathBuf);

impl TryFrom<PathBuf> for Directory {
    type Error = String;

    fn try_from(path: PathBuf) -> Result<Self, String> {
        let is_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
        if is_inside && !path.as_os_str().is_empty() {
            Ok(Self(path))
        } else {
            let message = "is not a valid crate directory: expected a relative path without `.` or `..`";
            Err(format!("`{}` {message}", path.display()))
        }
    }
}

impl Crates {
    /// Checks that each crate has its own directory.
    fn check_directories(&self) -> Result<(), Error> {
        let Self { api, client, mock } = self;
        let all = [
            ("api", &api.directory),
            ("client", &client.directory),
            ("mock", &mock.directory),
        ];
        let mut seen = BTreeMap::new();
        for (name, Directory(directory)) in all {
            if let Some(other) = seen.insert(directory, name) {
                let message = format!(
                    "`{}` is also the directory of `crates.{other}`",
                    directory.display()
                );
                return Err(Error::new(CONFIG, format!("crates.{name}.directory: {message}")));
            }
        }
        Ok(())
    }
}

impl Config {
    /// Reads the configuration.
    ///
    /// # Errors
    /// Returns an error that names the file and the key.
    pub(crate) fn read() -> anyhow::Result<Self> {
        let document = workspace::document(CONFIG)?;
        let config: Self = serde_path_to_error::deserialize(document.value()).map_err(|error| {
            let key = error.path().to_string();
            Error::new(CONFIG, format!("{key}: {}", error.into_inner()))
        })?;
        let wrapped = config.wrapped();
        if !config.operations.contains(wrapped) {
            let message = format!("crates.client.operation: `{wrapped}` is not listed in `operations`");
            return Err(Error::new(CONFIG, message).into());
        }
        config.crates.check_directories()?;
        Ok(config)
    }

    /// Returns the selectors of all operations.
    pub(crate) fn selectors(&self) -> &[Selector] {
        &self.operations
    }

    /// Returns the selectors of the operations that exist in at least one of the documents.
    ///
    /// # Errors
    /// Returns an error if the operations in a document can't be listed.
    pub(crate) fn selectors_in(&self, documents: &[&Document]) -> Result<Vec<Selector>, Error> {
        existing(&self.operations, documents)
    }

    /// Checks that each operation in a document is selected at most once.
    ///
    /// # Errors
    /// Returns an error that names the later entry if two entries select the same operation, or an error if the
    /// operations in the document can't be listed.
    pub(crate) fn check_distinct(&self, document: &Document) -> Result<(), Error> {
        let all = list(document)?;
        let mut selected = BTreeMap::new();
        for (index, selector) in self.operations.iter().enumerate() {
            let [position] = select(&all, selector)[..] else {
                continue;
            };
            if let Some(other) = selected.insert(position, selector) {
                let message =
                    format!("`{selector}` selects the same operation as `{other}`; remove one of them");
                return Err(Error::new(CONFIG, format!("operations[{index}]: {message}")));
            }
        }
        Ok(())
    }

    /// Checks that the facts contain exactly the configured operations.
    ///
    /// # Errors
    /// Returns an error that names the first missing or additional operation and the command that fixes it.
    pub(crate) fn check_facts(&self, facts: &Document) -> Result<(), Error> {
        self.check_distinct(facts)?;
        let all = list(facts)?;
        let mut selected = BTreeSet::new();
        for (index, selector) in self.operations.iter().enumerate() {
            let positions = select(&all, selector);
            if positions.is_empty() {
                let message = format!(
                    "`{selector}` is not in {}; to import it, {RUN_IMPORT}",
                    facts.name()
                );
                return Err(Error::new(CONFIG, format!("operations[{index}]: {message}")));
            }
            selected.extend(positions);
        }
        let additional = all
            .iter()
            .enumerate()
            .find(|(position, _)| !selected.contains(position));
        match additional {
            Some((_, operation)) => {
                let message = format!(
                    "`{operation}` is not one of the `operations` in {CONFIG}; to remove it, {RUN_IMPORT}"
                );
                Err(facts.error(operation.pointer(), message))
            }
            None => Ok(()),
        }
    }

    /// Returns an error for the first operation that is missing from a document, if there is one.
    ///
    /// # Errors
    /// Returns an error if the operations in the document can't be listed.
    pub(crate) fn missing_from(&self, document: &Document) -> Result<Option<Error>, Error> {
        let existing = self.selectors_in(&[document])?;
        let missing = self
            .operations
            .iter()
            .find(|selector| !existing.contains(selector));
        Ok(missing.and_then(|missing| find(document, slice::from_ref(missing)).err()))
    }

    /// Returns the selector of the operation that the ergonomic crate wraps.
    pub(crate) fn wrapped(&self) -> &Selector {
        &self.crates.client.operation
    }

    /// Returns the locations of the checked-in generated files.
    pub(crate) fn layout(&self) -> Layout {
        let Crates { api, client, mock } = &self.crates;
        let [code, ergonomic, schemas] =
            [&api.directory, &client.directory, &mock.directory].map(|Directory(path)| generated(path));
        Layout {
            document: "spec".into(),
            owned: vec![code.clone(), schemas.clone(), ergonomic.clone()],
            code,
            schemas: Some(schemas),
            ergonomic: Some(Ergonomic {
                directory: ergonomic,
                operation: self.wrapped().clone(),
                name: client.name.0.clone(),
                api: api.name.0.clone(),
            }),
        }
    }
}

fn generated(directory: &Path) -> PathBuf {
    directory.join("src/generated")
}

/// Returns the selectors of the operations that exist in at least one of the documents.
///
/// # Errors
/// Returns an error if the operations in a document can't be listed.
pub(crate) fn existing(selectors: &[Selector], documents: &[&Document]) -> Result<Vec<Selector>, Error> {
    let lists = documents.iter().map(|document| list(document));
    let lists = lists.collect::<Result<Vec<_>, _>>()?;
    let exists = |selector: &&Selector| lists.iter().any(|list| !select(list, selector).is_empty());
    Ok(selectors.iter().filter(exists).cloned().collect())
}
