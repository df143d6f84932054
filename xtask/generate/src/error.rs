//! What keeps code from being generated: every reason at once, each with its file and place.

use std::fmt;

use xtask_openapi::Error;

/// One or more reasons, in the order in which they were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errors(Vec<Error>);

/// What a step gives, or why it could not.
pub type Result<T> = std::result::Result<T, Errors>;

impl Errors {
    /// Nothing, if nothing was found; else all of it.
    ///
    /// # Errors
    /// If `found` is not empty.
    pub fn none_of(found: Vec<Error>) -> Result<()> {
        if found.is_empty() {
            Ok(())
        } else {
            Err(Self(found))
        }
    }

    /// The reasons.
    #[must_use]
    pub fn as_slice(&self) -> &[Error] {
        &self.0
    }
}

impl From<Error> for Errors {
    fn from(error: Error) -> Self {
        Self(vec![error])
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            write!(f, "{}{error}", if index == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Errors {}
