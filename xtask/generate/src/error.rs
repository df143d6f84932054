//! Code generation errors, each with its file and location.

use std::fmt;

use xtask_openapi::Error;

/// One or more errors, in the order in which they were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errors {
    pub(crate) found: Vec<Error>,
    pub(crate) remedy: Option<String>,
}

/// The result of a generation step.
pub type Result<T> = std::result::Result<T, Errors>;

impl Errors {
    /// Returns `Ok` if `found` is empty.
    ///
    /// # Errors
    /// Returns all errors in `found` if it is not empty.
    pub fn none_of(found: Vec<Error>) -> Result<()> {
        if found.is_empty() {
            Ok(())
        } else {
            Err(Self { found, remedy: None })
        }
    }

    /// Returns the errors.
    #[must_use]
    pub fn as_slice(&self) -> &[Error] {
        &self.found
    }

    /// Returns overlay actions that fix the errors, with empty strings to fill in.
    #[must_use]
    pub fn remedy(&self) -> Option<&str> {
        self.remedy.as_deref()
    }
}

impl From<Error> for Errors {
    fn from(error: Error) -> Self {
        Self {
            found: vec![error],
            remedy: None,
        }
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.found.iter().enumerate() {
            write!(f, "{}{error}", if index == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Errors {}
