//! Permission names that this version doesn't recognize.

use std::borrow::Cow;
use std::fmt;

/// An unrecognized permission name.
///
/// Created by [`Permission::unchecked`](crate::Permission::unchecked) and by deserialization. It is never equal to the
/// name of a known permission.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownPermission(pub(super) Cow<'static, str>);

impl UnknownPermission {
    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownPermission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
