//! Lists from a browser under the server's ceiling.

use proptest::prelude::*;
use signalwire_room_tokens::{Permission, PermissionSet};

#[test]
fn what_the_ceiling_lacks_is_refused_and_named() {
    let asked = PermissionSet::from([
        Permission::SelfAudioMute,
        Permission::MemberRemove,
        Permission::unchecked("room.from_the_future"),
    ]);
    let clamped = asked.clamp_to(&PermissionSet::PARTICIPANT);
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
fn an_unknown_name_passes_only_a_ceiling_that_has_it() {
    let confetti = PermissionSet::from([Permission::unchecked("room.from_the_future")]);
    assert!(confetti.clamp_to(&PermissionSet::ALL).granted.is_empty());
    let ceiling = PermissionSet::PARTICIPANT | confetti.clone();
    assert_eq!(confetti.clamp_to(&ceiling).granted, confetti);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_invented_and_nothing_is_lost(
        asked in proptest::collection::vec(proptest::sample::select(Permission::ALL), 0..20),
        ceiling in proptest::collection::vec(proptest::sample::select(Permission::ALL), 0..20),
    ) {
        let (asked, ceiling): (PermissionSet, PermissionSet) =
            (asked.into_iter().collect(), ceiling.into_iter().collect());
        let clamped = asked.clamp_to(&ceiling);
        prop_assert!(clamped.granted.is_subset(&ceiling));
        prop_assert!(clamped.granted.intersection(&clamped.refused).is_empty());
        prop_assert_eq!(clamped.granted.union(&clamped.refused), asked);
    }
}
