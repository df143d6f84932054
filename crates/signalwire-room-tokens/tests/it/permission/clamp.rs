//! Tests for clamping requested permissions to the permissions that a server allows.

use proptest::prelude::*;
use signalwire_room_tokens::{Permission, PermissionSet};

#[test]
fn permissions_above_the_ceiling_are_refused() {
    let requested = PermissionSet::from([
        Permission::SelfAudioMute,
        Permission::MemberRemove,
        Permission::unchecked("room.from_the_future"),
    ]);
    let clamped = requested.clamp_to(&PermissionSet::PARTICIPANT);
    assert_eq!(clamped.granted, PermissionSet::from([Permission::SelfAudioMute]));
    assert_eq!(
        clamped.refused,
        PermissionSet::from([
            Permission::MemberRemove,
            Permission::unchecked("room.from_the_future")
        ])
    );
}

#[test]
fn unknown_permissions_are_granted_only_if_the_ceiling_has_them() {
    let confetti = PermissionSet::from([Permission::unchecked("room.from_the_future")]);
    assert!(confetti.clamp_to(&PermissionSet::ALL).granted.is_empty());
    let ceiling = PermissionSet::PARTICIPANT | confetti.clone();
    assert_eq!(confetti.clamp_to(&ceiling).granted, confetti);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn granted_and_refused_permissions_partition_the_request(
        requested in proptest::collection::vec(proptest::sample::select(Permission::ALL), 0..20),
        ceiling in proptest::collection::vec(proptest::sample::select(Permission::ALL), 0..20),
    ) {
        let (requested, ceiling): (PermissionSet, PermissionSet) =
            (requested.into_iter().collect(), ceiling.into_iter().collect());
        let clamped = requested.clamp_to(&ceiling);
        prop_assert!(clamped.granted.is_subset(&ceiling));
        prop_assert!(clamped.granted.intersection(&clamped.refused).is_empty());
        prop_assert_eq!(clamped.granted.union(&clamped.refused), requested);
    }
}
