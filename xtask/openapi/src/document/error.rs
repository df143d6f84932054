//! The error type of this crate: a document, a location in it, and a message.

use std::fmt;

use crate::escape::Printable;

/// An error in a document, optionally at a specific location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The file or URL from which the document was read.
    pub source_name: String,
    /// The JSON pointer to the location, if there is one.
    pub pointer: Option<String>,
    /// A description of what is wrong and what was expected.
    pub message: String,
}

impl Error {
    /// Creates an error about a whole document.
    pub fn new(source_name: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            source_name: source_name.into(),
            pointer: None,
            message: message.into(),
        }
    }

    /// Creates an error about a location in a document.
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

/// Formats the error as one line without characters that a terminal would interpret, because an error may contain names
/// and values from the document.
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
