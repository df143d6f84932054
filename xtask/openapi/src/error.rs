//! The one error of this crate: which document, where in it, and what is wrong there.

use std::fmt;

use crate::escape::Printable;

/// What a document cannot be used for, and the place in it that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// The file or URL that the document came from.
    pub source_name: String,
    /// The JSON pointer of the place, where there is one.
    pub pointer: Option<String>,
    /// What is wrong, and what is allowed instead.
    pub message: String,
}

impl Error {
    /// An error about a document as a whole.
    pub fn new(source_name: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            source_name: source_name.into(),
            pointer: None,
            message: message.into(),
        }
    }

    /// An error about one place in a document.
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

/// On one line, without characters that a terminal interprets: names and values of the document are part of it.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", Printable(&self.source_name))?;
        if let Some(pointer) = &self.pointer {
            // The pointer of the whole document is empty, which reads like a mistake.
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
