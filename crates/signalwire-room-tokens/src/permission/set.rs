//! Sets of permissions: constants, set algebra.

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
/// Known permissions are bits of one word, so sets can be constants and the operations on them allocate nothing.
/// Names that this version does not know ride along. Iteration is in the order of the OpenAPI document, unknown
/// names last; a request that is given a list instead keeps the list's order.
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
    // Owned, it has each unknown name once. Borrowed, it is the list that a constant was made of, with the known
    // permissions and repetitions that it has: they are skipped.
    unknown: Cow<'static, [Permission]>,
}

impl PermissionSet {
    /// No permission at all: a participant who sees and hears, and controls nothing.
    pub const EMPTY: Self = Self {
        known: 0,
        unknown: Cow::Borrowed(&[]),
    };

    /// Every permission that this version knows.
    pub const ALL: Self = Self::of(Permission::ALL);

    /// The set of these permissions; usable in constants.
    ///
    /// For lists that are not `'static`, collect them: `list.into_iter().collect::<PermissionSet>()`.
    #[must_use]
    pub const fn of(permissions: &'static [Permission]) -> Self {
        let (known, complete) = Self::bits(permissions);
        let unknown: &'static [Permission] = if complete { &[] } else { permissions };
        Self {
            known,
            unknown: Cow::Borrowed(unknown),
        }
    }

    /// The set of the known permissions of several lists.
    pub(super) const fn of_known(mut lists: &[&[Permission]]) -> Self {
        let mut known = 0;
        while let [first, rest @ ..] = lists {
            known |= Self::bits(first).0;
            lists = rest;
        }
        Self {
            known,
            unknown: Cow::Borrowed(&[]),
        }
    }

    /// The bits of the known permissions, and whether all are known.
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

    /// Whether the permission is in the set.
    #[must_use]
    pub fn contains(&self, permission: &Permission) -> bool {
        match permission.index() {
            Some(index) => self.known & (1 << index) != 0,
            None => self.unknown.contains(permission),
        }
    }

    /// How many permissions are in the set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether no permission is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known == 0 && self.unknown_names().next().is_none()
    }

    /// Whether every permission of this set is in `other` too.
    #[must_use]
    pub fn is_subset(&self, other: &Self) -> bool {
        self.known & !other.known == 0 && self.unknown_names().all(|name| other.contains(name))
    }

    /// Whether every permission of `other` is in this set too.
    #[must_use]
    pub fn is_superset(&self, other: &Self) -> bool {
        other.is_subset(self)
    }

    /// Whether no permission is in both sets.
    #[must_use]
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.known & other.known == 0 && !self.unknown_names().any(|name| other.contains(name))
    }

    /// What is in this set, in `other`, or in both. Also written `a | b`.
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

    /// What is in both sets. Also written `a & b`.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self {
            known: self.known & other.known,
            unknown: self.unknown_where(|name| other.contains(name)),
        }
    }

    /// What is in this set and not in `other`. Also written `a - b`.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        Self {
            known: self.known & !other.known,
            unknown: self.unknown_where(|name| !other.contains(name)),
        }
    }

    /// Adds a permission; says whether it was new.
    pub fn insert(&mut self, permission: Permission) -> bool {
        let new = !self.contains(&permission);
        match permission.index() {
            Some(index) => self.known |= 1 << index,
            None if new => self.unknown_mut().push(permission),
            None => {}
        }
        new
    }

    /// Takes a permission out; says whether it was there.
    pub fn remove(&mut self, permission: &Permission) -> bool {
        let had = self.contains(permission);
        match permission.index() {
            Some(index) => self.known &= !(1 << index),
            None => self.unknown_mut().retain(|name| name != permission),
        }
        had
    }

    /// The permissions, in the order of the OpenAPI document, unknown names last.
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

/// Iterates over a [`PermissionSet`]; made by [`PermissionSet::iter`].
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
            if !permission.is_known() && !self.has_had(permission) {
                return Some(permission);
            }
        }
    }
}

impl Iter<'_> {
    /// Whether the name that was taken last stands earlier in the list of a constant.
    fn has_had(&self, permission: &Permission) -> bool {
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
        // Lists come from outside, and may be long: what is there already is looked up, not searched for.
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
    /// The empty set: a default that grants would be a trap. What SignalWire grants by default is
    /// [`PermissionSet::DEFAULT`].
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
