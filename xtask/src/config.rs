//! The configuration in `spec/config.yaml`: the published document, the operations and the crates.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use xtask_generate::{Ergonomic, Layout};
use xtask_openapi::operation::{Selector, list, select};
use xtask_openapi::{Document, Error};

use crate::workspace;

/// The configuration file, relative to the workspace root.
const CONFIG: &str = "spec/config.yaml";

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
    directory: PathBuf,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Client {
    name: Name,
    directory: PathBuf,
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

    /// Returns the selector of the operation that the ergonomic crate wraps.
    pub(crate) fn wrapped(&self) -> &Selector {
        &self.crates.client.operation
    }

    /// Returns the locations of the checked-in generated files.
    pub(crate) fn layout(&self) -> Layout {
        let Crates { api, client, mock } = &self.crates;
        let [code, ergonomic, schemas] =
            [&api.directory, &client.directory, &mock.directory].map(|directory| generated(directory));
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
