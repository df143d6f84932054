//! Sets of permissions.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{BitAnd, BitOr, Sub};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Permission;
use crate::generated::permissions::Bits;

/// A set of permissions.
///
/// Known permissions are stored as bits of an integer, so a set can be a constant and set operations do not allocate.
/// Unrecognized names are stored in a list. Iteration follows the order of the OpenAPI document, with unrecognized
/// names last. To send permissions in a specific order, pass a list to the request instead of a set.
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
#[derive(Clone)]
pub struct PermissionSet {
    known: Bits,
    // `Owned` contains each unrecognized name once. `Borrowed` is the list passed to `of`, which may also contain known
    // permissions and duplicates; iterators skip them.
    unknown: Cow<'static, [Permission]>,
}

impl PermissionSet {
    /// The empty set. The participant can watch and listen, but not control anything.
    pub const EMPTY: Self = Self {
        known: 0,
        unknown: Cow::Borrowed(&[]),
    };

    /// All permissions that this version recognizes.
    pub const ALL: Self = Self::of(Permission::ALL);

    /// Creates a set from a list of permissions. This function can be used in constants.
    ///
    /// To create a set from a list that is not `'static`, use `list.into_iter().collect::<PermissionSet>()`.
    #[must_use]
    pub const fn of(permissions: &'static [Permission]) -> Self {
        let (known, complete) = Self::bits(permissions);
        let unknown: &'static [Permission] = if complete { &[] } else { permissions };
        Self {
            known,
            unknown: Cow::Borrowed(unknown),
        }
    }

    /// Returns the bits of the known permissions, and whether all permissions are known.
    const fn bits(mut permissions: &[Permission]) -> (Bits, bool) {
        let mut bits = 0;
        let mut complete = true;
        while let [first, rest @ ..] = permissions {
            match first.index() {
                Some(index) => bits |= 1 << index,
                None => complete = false,
            }
            permissions = rest;
        }
        (bits, complete)
    }

    /// Returns `true` if the set contains the permission.
    #[must_use]
    pub fn contains(&self, permission: &Permission) -> bool {
        match permission.index() {
            Some(index) => self.known & (1 << index) != 0,
            None => self.unknown.contains(permission),
        }
    }

    /// Returns the number of permissions in the set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Returns `true` if the set contains no permissions.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known == 0 && self.unknown_names().next().is_none()
    }

    /// Returns `true` if `other` contains all permissions in this set.
    #[must_use]
    pub fn is_subset(&self, other: &Self) -> bool {
        self.known & !other.known == 0 && self.unknown_names().all(|name| other.contains(name))
    }

    /// Returns `true` if this set contains all permissions in `other`.
    #[must_use]
    pub fn is_superset(&self, other: &Self) -> bool {
        other.is_subset(self)
    }

    /// Returns `true` if the sets have no permissions in common.
    #[must_use]
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.known & other.known == 0 && !self.unknown_names().any(|name| other.contains(name))
    }

    /// Returns the permissions that are in this set, in `other`, or in both. Equivalent to `a | b`.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let unknown = if other.has_no_unknown() {
            self.unknown.clone()
        } else if self.has_no_unknown() {
            other.unknown.clone()
        } else {
            self.unknown_names()
                .chain(other.unknown_names().filter(|name| !self.contains(name)))
                .cloned()
                .collect()
        };
        Self {
            known: self.known | other.known,
            unknown,
        }
    }

    /// Returns the permissions that are in both sets. Equivalent to `a & b`.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self {
            known: self.known & other.known,
            unknown: self.unknown_where(|name| other.contains(name)),
        }
    }

    /// Returns the permissions that are in this set but not in `other`. Equivalent to `a - b`.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        Self {
            known: self.known & !other.known,
            unknown: self.unknown_where(|name| !other.contains(name)),
        }
    }

    /// Adds a permission. Returns `true` if the set did not contain it.
    pub fn insert(&mut self, permission: Permission) -> bool {
        let new = !self.contains(&permission);
        match permission.index() {
            Some(index) => self.known |= 1 << index,
            None if new => self.unknown_mut().push(permission),
            None => {}
        }
        new
    }

    /// Removes a permission. Returns `true` if the set contained it.
    pub fn remove(&mut self, permission: &Permission) -> bool {
        let had = self.contains(permission);
        match permission.index() {
            Some(index) => self.known &= !(1 << index),
            None => self.unknown_mut().retain(|name| name != permission),
        }
        had
    }

    /// Iterates over the permissions in the order of the OpenAPI document, with unrecognized names last.
    #[must_use]
    pub fn iter(&self) -> Iter<'_> {
        Iter {
            set: self,
            known: self.known,
            unknown: self.unknown.iter(),
        }
    }

    fn unknown_names(&self) -> Iter<'_> {
        Iter {
            set: self,
            known: 0,
            unknown: self.unknown.iter(),
        }
    }

    fn unknown_mut(&mut self) -> &mut Vec<Permission> {
        if let Cow::Borrowed(_) = self.unknown {
            self.unknown = self.unknown_names().cloned().collect();
        }
        self.unknown.to_mut()
    }

    fn has_no_unknown(&self) -> bool {
        self.unknown_names().next().is_none()
    }

    fn unknown_where(&self, keep: impl Fn(&Permission) -> bool) -> Cow<'static, [Permission]> {
        if self.has_no_unknown() {
            return Cow::Borrowed(&[]);
        }
        self.unknown_names().filter(|name| keep(name)).cloned().collect()
    }
}

/// An iterator over a [`PermissionSet`]. Returned by [`PermissionSet::iter`].
#[derive(Clone, Debug)]
pub struct Iter<'a> {
    set: &'a PermissionSet,
    known: Bits,
    unknown: std::slice::Iter<'a, Permission>,
}

impl<'a> Iterator for Iter<'a> {
    type Item = &'a Permission;

    fn next(&mut self) -> Option<Self::Item> {
        if self.known != 0 {
            let index = self.known.trailing_zeros() as usize;
            self.known &= self.known - 1;
            return Permission::ALL.get(index);
        }
        loop {
            let permission = self.unknown.next()?;
            if !permission.is_known() && !self.is_duplicate(permission) {
                return Some(permission);
            }
        }
    }
}

impl Iter<'_> {
    /// Returns `true` if the name that was read last also occurs earlier in a borrowed list.
    fn is_duplicate(&self, permission: &Permission) -> bool {
        let Cow::Borrowed(list) = self.set.unknown else {
            return false;
        };
        let earlier = list.len() - self.unknown.len() - 1;
        list.iter().take(earlier).any(|other| other == permission)
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
        let mut set = Self::EMPTY;
        set.extend(permissions);
        set
    }
}

impl<P: Into<Permission>> Extend<P> for PermissionSet {
    fn extend<I: IntoIterator<Item = P>>(&mut self, permissions: I) {
        // A hash set keeps this linear for long lists from untrusted sources.
        let mut names: HashSet<Permission> = self.unknown_names().cloned().collect();
        for permission in permissions {
            let permission = permission.into();
            match permission.index() {
                Some(index) => self.known |= 1 << index,
                None if names.insert(permission.clone()) => self.unknown_mut().push(permission),
                None => {}
            }
        }
    }
}

impl<P: Into<Permission>, const N: usize> From<[P; N]> for PermissionSet {
    fn from(permissions: [P; N]) -> Self {
        permissions.into_iter().collect()
    }
}

impl Default for PermissionSet {
    /// Returns the empty set. SignalWire's default permissions are in [`PermissionSet::DEFAULT`].
    fn default() -> Self {
        Self::EMPTY
    }
}

impl PartialEq for PermissionSet {
    fn eq(&self, other: &Self) -> bool {
        self.known == other.known && self.is_subset(other) && other.is_subset(self)
    }
}

impl Eq for PermissionSet {}

impl Hash for PermissionSet {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.known.hash(state);
        self.unknown_names().collect::<BTreeSet<_>>().hash(state);
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

impl<'de> Deserialize<'de> for PermissionSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Permission>::deserialize(deserializer)?
            .into_iter()
            .collect())
    }
}
