//! Sets of permissions.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{BitAnd, BitOr, Sub};

use serde::{Deserialize, Serialize, Serializer};

use super::Permission;

/// A set of permissions.
///
/// Iteration follows the order of the OpenAPI document, with unrecognized names last. To send permissions in a specific
/// order, pass a list to the request instead of a set. The default set is empty; SignalWire's default permissions are in
/// [`PermissionSet::DEFAULT`].
///
/// ```
/// use signalwire_room_tokens::{Permission, PermissionSet};
///
/// const HOST: PermissionSet =
///     PermissionSet::of(&[Permission::MemberRemove, Permission::RoomLock]);
///
/// let host = PermissionSet::PARTICIPANT | HOST;
/// assert!(host.contains(&Permission::SelfAudioMute));
/// assert!(HOST.is_subset(&host));
/// assert_eq!(host - PermissionSet::PARTICIPANT, HOST);
/// ```
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct PermissionSet(
    // In any order and possibly with duplicates, because `of` borrows its list. `sorted` removes them.
    Cow<'static, [Permission]>,
);

impl PermissionSet {
    /// The empty set. The participant can watch and listen, but not control anything.
    pub const EMPTY: Self = Self::of(&[]);

    /// All permissions that this version recognizes.
    pub const ALL: Self = Self::of(Permission::ALL);

    /// Creates a set from a list of permissions. This function can be used in constants.
    ///
    /// To create a set from a list that is not `'static`, use `list.into_iter().collect::<PermissionSet>()`.
    #[must_use]
    pub const fn of(permissions: &'static [Permission]) -> Self {
        Self(Cow::Borrowed(permissions))
    }

    /// Returns the permissions in the order of their variants, which is that of the OpenAPI document.
    fn sorted(&self) -> Vec<&Permission> {
        let mut list = Vec::from_iter(self.0.iter());
        list.sort_unstable();
        list.dedup();
        list
    }

    /// Returns `true` if the set contains the permission.
    #[must_use]
    pub fn contains(&self, permission: &Permission) -> bool {
        self.0.contains(permission)
    }

    /// Returns the number of permissions in the set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sorted().len()
    }

    /// Returns `true` if the set contains no permissions.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns `true` if `other` contains all permissions in this set.
    #[must_use]
    pub fn is_subset(&self, other: &Self) -> bool {
        self.0.iter().all(|permission| other.contains(permission))
    }

    /// Returns `true` if this set contains all permissions in `other`.
    #[must_use]
    pub fn is_superset(&self, other: &Self) -> bool {
        other.is_subset(self)
    }

    /// Returns `true` if the sets have no permissions in common.
    #[must_use]
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.intersection(other).is_empty()
    }

    /// Returns the permissions that are in this set, in `other`, or in both. Equivalent to `a | b`.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.0.iter().chain(other.0.iter()).collect()
    }

    /// Returns the permissions that are in both sets. Equivalent to `a & b`.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let common = self.0.iter().filter(|permission| other.contains(permission));
        common.collect()
    }

    /// Returns the permissions that are in this set but not in `other`. Equivalent to `a - b`.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        let rest = self.0.iter().filter(|permission| !other.contains(permission));
        rest.collect()
    }

    /// Limits a set from an untrusted source, such as a browser, to the permissions in `ceiling`.
    ///
    /// Unrecognized names are added to [`Clamped::refused`], unless the ceiling contains them.
    ///
    /// ```
    /// use signalwire_room_tokens::{Permission, PermissionSet};
    ///
    /// let list = r#"["room.self.audio_mute", "room.member.remove"]"#;
    /// let asked: PermissionSet = serde_json::from_str(list)?;
    /// let clamped = asked.clamp_to(&PermissionSet::PARTICIPANT);
    ///
    /// assert_eq!(clamped.granted, [Permission::SelfAudioMute].into());
    /// assert_eq!(clamped.refused, [Permission::MemberRemove].into());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn clamp_to(&self, ceiling: &Self) -> Clamped {
        Clamped {
            granted: self.intersection(ceiling),
            refused: self.difference(ceiling),
        }
    }

    /// Adds a permission. Returns `true` if the set did not already contain it.
    pub fn insert(&mut self, permission: Permission) -> bool {
        let is_new = !self.contains(&permission);
        if is_new {
            self.0.to_mut().push(permission);
        }
        is_new
    }

    /// Removes a permission. Returns `true` if the set contained it.
    pub fn remove(&mut self, permission: &Permission) -> bool {
        let is_present = self.contains(permission);
        self.0.to_mut().retain(|other| other != permission);
        is_present
    }

    /// Iterates over the permissions in the order of the OpenAPI document, with unrecognized names last.
    #[must_use]
    pub fn iter(&self) -> Iter<'_> {
        Iter(self.sorted().into_iter())
    }
}

/// The result of [`PermissionSet::clamp_to`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use = "the permissions to grant are in `granted`"]
pub struct Clamped {
    /// The requested permissions that are in the ceiling.
    pub granted: PermissionSet,
    /// The requested permissions that are not in the ceiling.
    pub refused: PermissionSet,
}

/// An iterator over a [`PermissionSet`]. Returned by [`PermissionSet::iter`].
#[derive(Clone, Debug)]
pub struct Iter<'a>(std::vec::IntoIter<&'a Permission>);

impl<'a> Iterator for Iter<'a> {
    type Item = &'a Permission;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

impl<'a> IntoIterator for &'a PermissionSet {
    type Item = &'a Permission;
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for PermissionSet {
    type Item = Permission;
    type IntoIter = std::vec::IntoIter<Permission>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter().cloned().collect::<Vec<_>>().into_iter()
    }
}

impl<P: Into<Permission>> FromIterator<P> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = P>>(permissions: I) -> Self {
        let mut list: Vec<Permission> = permissions.into_iter().map(P::into).collect();
        list.sort_unstable();
        list.dedup();
        Self(list.into())
    }
}

impl<P: Into<Permission>> Extend<P> for PermissionSet {
    fn extend<I: IntoIterator<Item = P>>(&mut self, permissions: I) {
        let added: Self = permissions.into_iter().collect();
        *self = self.union(&added);
    }
}

impl<P: Into<Permission>, const N: usize> From<[P; N]> for PermissionSet {
    fn from(permissions: [P; N]) -> Self {
        permissions.into_iter().collect()
    }
}

impl PartialEq for PermissionSet {
    fn eq(&self, other: &Self) -> bool {
        self.sorted() == other.sorted()
    }
}

impl Eq for PermissionSet {}

impl Hash for PermissionSet {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.sorted().hash(state);
    }
}

impl fmt::Debug for PermissionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.iter().map(Permission::as_str))
            .finish()
    }
}

impl BitOr for PermissionSet {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.union(&other)
    }
}

impl BitAnd for PermissionSet {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.intersection(&other)
    }
}

impl Sub for PermissionSet {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self.difference(&other)
    }
}

impl Serialize for PermissionSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}
