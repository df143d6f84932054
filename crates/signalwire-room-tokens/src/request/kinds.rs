//! Names that are not among the values of an enum.

use std::fmt;

/// A name that is not among the values of an enum of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseKindError {
    allowed: &'static [&'static str],
}

impl ParseKindError {
    pub(crate) const fn new(allowed: &'static [&'static str]) -> Self {
        Self { allowed }
    }
}

impl fmt::Display for ParseKindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown value; allowed are ")?;
        for (index, name) in self.allowed.iter().enumerate() {
            let separator = match index {
                0 => "",
                _ if index + 1 == self.allowed.len() => " and ",
                _ => ", ",
            };
            write!(f, "{separator}`{name}`")?;
        }
        Ok(())
    }
}

impl std::error::Error for ParseKindError {}
