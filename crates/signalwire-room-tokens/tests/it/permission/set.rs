//! Tests that compare permission sets with a model, the standard library's `BTreeSet`.

use std::collections::BTreeSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::time::Instant;

use proptest::prelude::*;
use signalwire_room_tokens::{Permission, PermissionSet};

use crate::support::HANG_TIMEOUT;

/// Generates any known permission or one of only a few unknown ones, so that lists overlap.
fn permission() -> impl Strategy<Value = Permission> {
    prop_oneof![
        4 => proptest::sample::select(Permission::ALL),
        1 => "room\\.[a-d]".prop_map(Permission::unchecked),
    ]
}

fn list() -> impl Strategy<Value = Vec<Permission>> {
    proptest::collection::vec(permission(), 0..40)
}

fn model(list: &[Permission]) -> BTreeSet<Permission> {
    list.iter().cloned().collect()
}

fn model_of(set: &PermissionSet) -> BTreeSet<Permission> {
    set.iter().cloned().collect()
}

fn hash_of(set: &PermissionSet) -> u64 {
    let mut hasher = DefaultHasher::new();
    set.hash(&mut hasher);
    hasher.finish()
}

/// Creates a set the way a constant does: from a borrowed list that may contain duplicates.
fn constant(list: Vec<Permission>) -> PermissionSet {
    PermissionSet::of(Vec::leak(list))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn set_operations_match_the_model(left in list(), right in list(), left_is_constant: bool, right_is_constant: bool) {
        let make = |list: &Vec<_>, constant_list| {
            if constant_list { constant(list.clone()) } else { list.iter().collect() }
        };
        let (a, b) = (make(&left, left_is_constant), make(&right, right_is_constant));
        let (x, y) = (model(&left), model(&right));

        prop_assert_eq!(model_of(&a), x.clone());
        prop_assert_eq!(a.len(), x.len());
        prop_assert_eq!(a.iter().count(), x.len());
        prop_assert_eq!(a.is_empty(), x.is_empty());
        for (set, expected) in [
            (a.union(&b), &x | &y),
            (a.intersection(&b), &x & &y),
            (a.difference(&b), &x - &y),
            (a.clone() | b.clone(), &x | &y),
            (a.clone() & b.clone(), &x & &y),
            (a.clone() - b.clone(), &x - &y),
        ] {
            prop_assert_eq!(set.len(), expected.len(), "duplicates must be removed");
            prop_assert_eq!(model_of(&set), expected);
        }
        prop_assert_eq!(a.is_subset(&b), x.is_subset(&y));
        prop_assert_eq!(a.is_superset(&b), x.is_superset(&y));
        prop_assert_eq!(a.is_disjoint(&b), x.is_disjoint(&y));
        let (mut rest, mut expected) = (a.clone(), x.clone());
        for permission in &y {
            prop_assert_eq!(rest.remove(permission), expected.remove(permission));
        }
        prop_assert_eq!(model_of(&rest), expected);
        prop_assert_eq!(a == b, x == y);
        prop_assert_eq!(&(a.union(&b)), &b.union(&a));
        prop_assert_eq!(hash_of(&a.union(&b)), hash_of(&b.union(&a)), "equal sets must have equal hashes");
    }

    #[test]
    fn membership_and_insertion_match_the_model(list in list(), other in permission(), is_constant: bool) {
        let mut set = if is_constant { constant(list.clone()) } else { list.iter().collect() };
        let mut expected = model(&list);
        prop_assert_eq!(set.contains(&other), expected.contains(&other));
        prop_assert_eq!(set.insert(other.clone()), expected.insert(other.clone()));
        prop_assert!(set.contains(&other));
        prop_assert!(!set.insert(other));
        prop_assert_eq!(set.len(), expected.len());
        prop_assert_eq!(model_of(&set), expected);
    }

    #[test]
    fn iteration_is_in_document_order_with_unknown_names_last(list in list()) {
        let set: PermissionSet = list.iter().collect();
        let known: Vec<_> = Permission::ALL.iter().filter(|p| list.contains(p)).cloned().collect();
        let iterated: Vec<_> = set.iter().cloned().collect();
        let (first, rest) = iterated.split_at(known.len());
        prop_assert_eq!(first, known);
        prop_assert!(rest.iter().all(|permission| !permission.is_known()));
        prop_assert_eq!(set.clone().into_iter().collect::<Vec<_>>(), iterated.clone());
        prop_assert_eq!((&set).into_iter().cloned().collect::<Vec<_>>(), iterated);
    }

    #[test]
    fn sets_round_trip_through_json(list in list()) {
        let set: PermissionSet = list.into_iter().collect();
        let json = serde_json::to_string(&set).unwrap();
        prop_assert_eq!(serde_json::from_str::<PermissionSet>(&json).unwrap(), set);
    }
}

#[test]
fn sets_can_be_constants() {
    const HOST: PermissionSet = PermissionSet::of(&[Permission::RoomLock, Permission::MemberRemove]);
    static GUEST: PermissionSet = PermissionSet::EMPTY;
    assert_eq!(
        HOST.iter().collect::<Vec<_>>(),
        [&Permission::MemberRemove, &Permission::RoomLock]
    );
    assert!(GUEST.is_empty());
    assert!(GUEST.is_subset(&HOST));
}

#[test]
fn different_sets_are_not_equal() {
    let unknown = |names: &[&'static str]| -> PermissionSet {
        names.iter().map(|name| Permission::unchecked(*name)).collect()
    };
    let sets = [
        PermissionSet::EMPTY,
        PermissionSet::from([Permission::RoomLock]),
        PermissionSet::from([Permission::RoomUnlock]),
        unknown(&["room.from_the_future"]),
        unknown(&["room.from_the_future", "room.balloons"]),
    ];
    for (number, set) in sets.iter().enumerate() {
        for other in &sets[number + 1..] {
            assert_ne!(set, other);
            assert_ne!(other, set);
            assert_ne!(hash_of(set), hash_of(other), "{set:?} {other:?}");
        }
    }
}

#[test]
fn all_and_empty_have_all_and_no_permissions() {
    assert_eq!(PermissionSet::ALL.len(), Permission::ALL.len());
    assert!(PermissionSet::ALL.iter().eq(Permission::ALL));
    assert!(PermissionSet::EMPTY.is_empty());
    assert_eq!(
        PermissionSet::default(),
        PermissionSet::EMPTY,
        "the default set must be empty"
    );
}

#[test]
fn sets_are_serialized_as_names() {
    let set = PermissionSet::from([
        Permission::unchecked("room.from_the_future"),
        Permission::RoomLock,
    ]);
    assert_eq!(format!("{set:?}"), r#"{"room.lock", "room.from_the_future"}"#);
    assert_eq!(
        serde_json::to_string(&set).unwrap(),
        r#"["room.lock","room.from_the_future"]"#
    );
}

#[test]
fn large_untrusted_lists_are_processed_quickly() {
    // This is about as many entries as web frameworks accept by default. Searching a list on every insertion
    // would take minutes.
    let started = Instant::now();
    let names: Vec<_> = (0..200_000).map(|number| format!("{number}")).collect();
    let set: PermissionSet = serde_json::from_value(names.into()).unwrap();
    assert_eq!(set.len(), 200_000);
    let clamped = set.clamp_to(&PermissionSet::PARTICIPANT);
    assert!(clamped.granted.is_empty());
    assert_eq!(clamped.refused.len(), 200_000);
    assert!(started.elapsed() < HANG_TIMEOUT);
}
