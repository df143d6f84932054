//! The error type of this crate: a document, a location in it, and a message.

use std::fmt;

use crate::escape::Printable;

/// An error about a document, or about a location in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The file or URL that the document was read from.
    pub source_name: String,
    /// The JSON pointer of the location, if there is one.
    pub pointer: Option<String>,
    /// A description of the fault and of the expected value.
    pub message: String,
}

impl Error {
    /// Returns an error about a whole document.
    pub fn new(source_name: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            source_name: source_name.into(),
            pointer: None,
            message: message.into(),
        }
    }

    /// Returns an error about a location in a document.
    pub fn at(
        source_name: impl Into<String>,
        pointer: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            pointer: Some(pointer.into()),
            ..Self::new(source_name, message)
        }
    }
}

/// Formats the error on one line without characters that a terminal interprets, because it contains names and values of
/// the document.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", Printable(&self.source_name))?;
        if let Some(pointer) = &self.pointer {
            // The root pointer is an empty string, which would be confusing in a message.
            let place = if pointer.is_empty() {
                "the top level"
            } else {
                pointer
            };
            write!(f, "at {}: ", Printable(place))?;
        }
        write!(f, "{}", Printable(&self.message))
    }
}

impl std::error::Error for Error {}
