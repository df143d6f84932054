//! A parsed document: its content, its source and the hash of its bytes.

mod error;
mod fields;
pub mod pointer;
mod stack;
pub mod yaml;

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

pub use self::error::Error;
pub use self::fields::Fields;
pub use self::stack::on_deep_stack;

/// The maximum size of a document, in bytes. The largest known document is 2 MB.
pub const MAX_BYTES: u64 = 64 << 20;

/// A parsed YAML or JSON document. The order of keys is preserved.
#[derive(Debug, Clone)]
pub struct Document {
    name: String,
    value: Value,
    sha256: String,
}

/// The supported OpenAPI versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// OpenAPI 3.0, which has its own JSON Schema dialect.
    V3_0,
    /// OpenAPI 3.1, which uses JSON Schema 2020-12.
    V3_1,
}

impl Document {
    /// Reads a file.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, is larger than [`MAX_BYTES`], or is not valid UTF-8 YAML or JSON.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let name = path.display().to_string();
        let bytes =
            read_bounded(path).map_err(|error| Error::new(&name, format!("failed to read: {error}")))?;
        Self::parse(name, &bytes)
    }

    /// Parses the bytes of a document. `name` identifies its source in messages.
    ///
    /// # Errors
    /// Returns an error if there are more than [`MAX_BYTES`] bytes, if they are not valid UTF-8 YAML or JSON, contain
    /// duplicate keys or several documents, or exceed the limits for nesting and alias expansion.
    pub fn parse(name: impl Into<String>, bytes: &[u8]) -> Result<Self, Error> {
        let name = name.into();
        match parse_value(bytes) {
            Ok(value) => Ok(Self {
                name,
                value,
                sha256: sha256(bytes),
            }),
            Err(message) => Err(Error::new(name, message)),
        }
    }

    /// Returns a modified document with a new name and the hash of the original.
    #[must_use]
    pub fn changed(&self, name: impl Into<String>, value: Value) -> Self {
        Self {
            name: name.into(),
            value,
            sha256: self.sha256.clone(),
        }
    }

    /// Returns the file or URL from which the document was read.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the content.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Returns the content without copying it.
    #[must_use]
    pub fn into_value(self) -> Value {
        self.value
    }

    /// Returns the SHA-256 hash of the bytes, in lowercase hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Returns the OpenAPI version that the document declares.
    ///
    /// # Errors
    /// Returns an error if this is not an OpenAPI document, or if its version is neither 3.0 nor 3.1.
    pub fn version(&self) -> Result<Version, Error> {
        let readable = "OpenAPI 3.0 and 3.1 are supported";
        let Some(root) = self.value.as_object() else {
            return Err(Error::new(
                &self.name,
                format!("is not an OpenAPI document: expected an object; {readable}"),
            ));
        };
        match root.get("openapi") {
            Some(Value::String(version)) if version.starts_with("3.0.") => Ok(Version::V3_0),
            Some(Value::String(version)) if version.starts_with("3.1.") => Ok(Version::V3_1),
            Some(short) if short.is_number() || *short == "3.0" || *short == "3.1" => {
                let message = format!(
                    "must be a version string with three parts such as `'3.1.0'`, not {short}; {readable}"
                );
                Err(self.error("/openapi", message))
            }
            Some(other) => Err(self.error(
                "/openapi",
                format!("version {other} is not supported; only {readable}"),
            )),
            None if root.contains_key("swagger") => Err(self.error(
                "/swagger",
                format!("OpenAPI 2.0 (Swagger) is not supported; only {readable}"),
            )),
            None => Err(Error::new(
                &self.name,
                format!("is not an OpenAPI document: `openapi` is missing; {readable}"),
            )),
        }
    }

    /// Creates an error about a location in this document.
    pub fn error(&self, pointer: impl Into<String>, message: impl Into<String>) -> Error {
        Error::at(&self.name, pointer, message)
    }
}

/// Parses the bytes of a document, or returns a message.
fn parse_value(bytes: &[u8]) -> Result<Value, String> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("is larger than {} MiB", MAX_BYTES >> 20));
    }
    let text =
        std::str::from_utf8(bytes).map_err(|error| format!("is not UTF-8 (byte {})", error.valid_up_to()))?;
    // A YAML parser may accept an HTML page, such as a server's error page, as a plain string.
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return Err("is an HTML or XML page, not an OpenAPI document".to_owned());
    }
    yaml::from_str(text).map_err(|message| format!("is not valid YAML or JSON: {message}"))
}

/// Reads at most one byte more than the limit, so that endless files are rejected too.
fn read_bounded(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Returns the SHA-256 hash of the bytes, in lowercase hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
