//! A published document as it was read: its content, where it came from, and the hash of its bytes.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::{Error, yaml};

/// The largest document that is read, in bytes. The largest known one has 2 MB.
pub const MAX_BYTES: u64 = 64 << 20;

/// A YAML or JSON document, held as JSON in the document's own order.
#[derive(Debug, Clone)]
pub struct Document {
    name: String,
    value: Value,
    sha256: String,
}

/// The OpenAPI versions that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// OpenAPI 3.0: schemas in its own dialect of JSON Schema.
    V3_0,
    /// OpenAPI 3.1: schemas in JSON Schema 2020-12.
    V3_1,
}

impl Document {
    /// Reads a file.
    ///
    /// # Errors
    /// If it cannot be read, is larger than [`MAX_BYTES`], or is no YAML or JSON in UTF-8.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let name = path.display().to_string();
        let bytes = read_bounded(path).map_err(|error| Error::new(&name, format!("cannot read: {error}")))?;
        Self::parse(name, &bytes)
    }

    /// Parses the bytes of a document; `name` says in messages where they came from.
    ///
    /// # Errors
    /// If they are more than [`MAX_BYTES`] or no YAML or JSON in UTF-8: duplicate keys, nesting and alias
    /// expansion beyond any honest document, more than one document.
    pub fn parse(name: impl Into<String>, bytes: &[u8]) -> Result<Self, Error> {
        let name = name.into();
        if bytes.len() as u64 > MAX_BYTES {
            return Err(Error::new(
                name,
                format!("is larger than {} MiB", MAX_BYTES >> 20),
            ));
        }
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("is not UTF-8 (byte {})", error.valid_up_to());
                return Err(Error::new(name, message));
            }
        };
        // To a YAML parser, a page that a server sends in place of the document may be a text like any other.
        if text.trim_start().starts_with('<') {
            return Err(Error::new(
                name,
                "is an HTML or XML page, not an OpenAPI document",
            ));
        }
        match yaml::from_str(text) {
            Ok(value) => Ok(Self {
                name,
                value,
                sha256: hex_sha256(bytes),
            }),
            Err(message) => Err(Error::new(name, format!("is not valid YAML or JSON: {message}"))),
        }
    }

    /// The same document in another form: messages name the same source.
    pub(crate) fn with_value(&self, value: Value) -> Self {
        Self {
            name: self.name.clone(),
            value,
            sha256: self.sha256.clone(),
        }
    }

    /// The file or URL that the document came from.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The content.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The SHA-256 of the bytes, in lower-case hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The version of OpenAPI that the document says it is written in.
    ///
    /// # Errors
    /// If it is no OpenAPI document, or of a version other than 3.0 and 3.1.
    pub fn version(&self) -> Result<Version, Error> {
        let readable = "OpenAPI 3.0 and 3.1 can be read";
        let Some(root) = self.value.as_object() else {
            return Err(Error::new(
                &self.name,
                format!("is no OpenAPI document: no mapping; {readable}"),
            ));
        };
        match root.get("openapi") {
            Some(Value::String(version)) if version.starts_with("3.0.") => Ok(Version::V3_0),
            Some(Value::String(version)) if version.starts_with("3.1.") => Ok(Version::V3_1),
            Some(short) if short.is_number() || *short == "3.0" || *short == "3.1" => {
                let message =
                    format!("must be text of three parts such as `'3.1.0'`, and not {short}; {readable}");
                Err(self.error("/openapi", message))
            }
            Some(other) => Err(self.error("/openapi", format!("version {other}: only {readable}"))),
            None if root.contains_key("swagger") => {
                Err(self.error("/swagger", format!("OpenAPI 2.0 (Swagger): only {readable}")))
            }
            None => Err(Error::new(
                &self.name,
                format!("is no OpenAPI document: no `openapi`; {readable}"),
            )),
        }
    }

    /// An error about a place in this document.
    pub fn error(&self, pointer: impl Into<String>, message: impl Into<String>) -> Error {
        Error::at(&self.name, pointer, message)
    }
}

/// Reads no more than one byte beyond the limit, so that an endless file ends here too.
fn read_bounded(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn hex_sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
