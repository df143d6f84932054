//! The set of validators that accept a request.

/// The validators that accept a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Acceptance {
    pub(super) library: bool,
    pub(super) schema: bool,
    pub(super) mock: bool,
}

impl Acceptance {
    pub(super) fn all(accept: bool) -> Self {
        Self {
            library: accept,
            schema: accept,
            mock: accept,
        }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            library: self.library && other.library,
            schema: self.schema && other.schema,
            mock: self.mock && other.mock,
        }
    }
}
