//! The record of the published document from which the facts were imported.

use serde::Serialize;
use serde_json::json;

use crate::document::Fields as _;
use crate::escape::code_span;
use crate::{Document, Error, yaml};

const HEADER: &str = "# Written by `cargo xtask import`; do not edit.\n";
const BEGIN: &str = "<!-- source:begin -->";
const END: &str = "<!-- source:end -->";

/// A published document and what is known about its origin.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The file name, or the URL if the document was fetched.
    pub document: String,
    /// The URL where people can view the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The commit that published the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// The date of that commit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The SHA-256 hash of the document's bytes.
    pub sha256: String,
}

impl Source {
    /// Creates a record with only the name and hash of a document. Directories are removed from the name.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let name = document.name();
        let short = if name.contains("://") {
            name
        } else {
            name.rsplit(['/', '\\']).next().unwrap_or(name)
        };
        Self {
            document: short.to_owned(),
            sha256: document.sha256().to_owned(),
            ..Self::default()
        }
    }

    /// Reads a record written by [`Source::to_yaml`].
    ///
    /// # Errors
    /// Returns an error if `text` is not a source record. `name` identifies the file in the message.
    pub fn from_yaml(name: &str, text: &str) -> Result<Self, Error> {
        let record = Document::parse(name, text.as_bytes())?;
        let field = |name: &str| record.value().text(name).map(str::to_owned);
        let missing = |name: &str| {
            let message = format!("`{name}` is missing; run the import again to write it");
            record.error("", message)
        };
        let required = |name: &str| field(name).ok_or_else(|| missing(name));
        Ok(Self {
            document: required("document")?,
            url: field("url"),
            commit: field("commit"),
            date: field("date"),
            sha256: required("sha256")?,
        })
    }

    /// Fills in missing details from an earlier record if that record describes the same bytes.
    #[must_use]
    pub fn or(self, recorded: Option<&Self>) -> Self {
        let Some(recorded) = recorded.filter(|recorded| recorded.sha256 == self.sha256) else {
            return self;
        };
        Self {
            document: recorded.document.clone(),
            url: self.url.or_else(|| recorded.url.clone()),
            commit: self.commit.or_else(|| recorded.commit.clone()),
            date: self.date.or_else(|| recorded.date.clone()),
            sha256: self.sha256,
        }
    }

    /// Returns the record as YAML.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        format!("{HEADER}{}", yaml::to_string(&json!(self)))
    }

    /// Replaces the text between the two markers with a table that shows the record.
    ///
    /// # Errors
    /// Returns an error unless each marker occurs exactly once and they are in the right order. `name` identifies the
    /// file in the message.
    pub fn refresh_block(&self, name: &str, text: &str) -> Result<String, Error> {
        let parts = || {
            let (before, rest) = text.split_once(BEGIN)?;
            let (block, after) = rest.split_once(END)?;
            let is_once = |text: &str| !text.contains(BEGIN) && !text.contains(END);
            (is_once(before) && is_once(block) && is_once(after)).then_some((before, after))
        };
        let Some((before, after)) = parts() else {
            return Err(Error::new(
                name,
                format!("does not contain `{BEGIN}` followed by `{END}`, each exactly once"),
            ));
        };
        let mut table = "| what | value |\n|---|---|\n".to_owned();
        for (name, value) in json!(self).as_object().into_iter().flatten() {
            let value = value.as_str().unwrap_or_default();
            table.push_str(&format!("| {name} | {} |\n", cell(name, value)));
        }
        Ok(format!("{before}{BEGIN}\n{table}{END}{after}"))
    }
}

/// Formats a table cell. The URL becomes a link, and other values become code spans.
fn cell(name: &str, value: &str) -> String {
    let is_link = value.starts_with("https://") && value.chars().all(|c| c.is_ascii_graphic() && c != '>');
    let cell = if name == "url" && is_link {
        format!("<{value}>")
    } else {
        code_span(value)
    };
    cell.replace('|', "\\|")
}
