//! Tests for room names: validation, and slugs of arbitrary strings.

use std::collections::HashSet;

use proptest::prelude::*;
use signalwire_room_tokens::{RoomName, RoomTokenRequest, Rule};

#[test]
fn only_documented_names_are_accepted() {
    let long = "x".repeat(100);
    for name in ["a", "Z", "0", "_", "-", "stand-up_2026", &long] {
        let room = RoomName::new(name).unwrap();
        assert_eq!(room.as_str(), name);
        assert_eq!(room.to_string(), name);
        assert_eq!(String::from(&room), name);
        assert_eq!(name.parse(), Ok(room.clone()));
        assert_eq!(RoomName::try_from(name.to_owned()), Ok(room.clone()));
        assert_eq!(serde_json::to_value(&room).unwrap(), name);
        assert_eq!(serde_json::from_value::<RoomName>(name.into()).unwrap(), room);
    }
    let too_long = "x".repeat(101);
    let cases = [
        ("", Rule::MinLength, 0),
        (too_long.as_str(), Rule::MaxLength, 101),
        ("stand up", Rule::Pattern, 8),
        ("standup\n", Rule::Pattern, 8),
        ("a.b", Rule::Pattern, 3),
        ("a/b", Rule::Pattern, 3),
        ("é", Rule::Pattern, 1),
        ("ａ", Rule::Pattern, 1),
        ("\0", Rule::Pattern, 1),
    ];
    for (name, rule, size) in cases {
        let violation = RoomName::new(name).unwrap_err();
        assert_eq!(violation.field(), "room_name");
        assert_eq!(violation.rule(), rule, "{name:?}");
        assert_eq!(violation.size(), Some(size), "{name:?}");
        assert!(serde_json::from_value::<RoomName>(name.into()).is_err());
        assert_eq!(RoomTokenRequest::new(name).validate().unwrap_err(), [violation]);
    }
}

#[test]
fn slugs_are_readable_and_stable() {
    // The expected hashes were computed by an independent implementation.
    let long = "x".repeat(300);
    let truncated = format!("{}-1n72saf9sf7df", "x".repeat(86));
    let cases = [
        ("", "werc8gmrzge19"),
        ("standup", "standup-r3xxre5herm53"),
        ("Équipe A: point du lundi", "quipe-A-point-du-lundi-r3hqdj894rq48"),
        ("日本", "swnby32vwckcq"),
        ("a_b - c", "a_b-c-3w4txcgwv3ec9"),
        (&long, &truncated),
    ];
    for (text, name) in cases {
        assert_eq!(RoomName::slug(text).as_str(), name, "{text:?}");
    }
}

#[test]
fn room_names_implement_as_ref_str() {
    let name: &dyn AsRef<str> = &RoomName::new("standup").unwrap();
    assert_eq!(name.as_ref(), "standup");
}

#[test]
fn similar_strings_have_different_slugs() {
    let long = "x".repeat(300);
    let texts = [
        "",
        " ",
        "-",
        "a",
        "A",
        "a ",
        "a b",
        "a-b",
        "a_b",
        "ä",
        "é",
        "e\u{301}",
        "日本",
        "日本語",
        "🦀",
        &long,
        &long[1..],
    ];
    let names: HashSet<_> = texts.map(RoomName::slug).into_iter().collect();
    assert_eq!(names.len(), texts.len());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn slugs_are_valid_names(text in any::<String>()) {
        let room = RoomName::slug(&text);
        prop_assert!(RoomName::new(room.as_str()).is_ok());
        prop_assert_eq!(RoomName::slug(&text), room);
    }

    #[test]
    fn slugs_of_long_strings_are_truncated(text in "[a-zA-Z0-9_ äß]{0,300}") {
        let room = RoomName::slug(&text);
        prop_assert!(RoomName::new(room.as_str()).is_ok(), "{}", room);
    }

    #[test]
    fn different_strings_have_different_slugs(left in any::<String>(), right in any::<String>()) {
        prop_assert_eq!(left == right, RoomName::slug(&left) == RoomName::slug(&right));
    }

    #[test]
    fn names_are_accepted_if_and_only_if_they_match(name in "[a-zA-Z0-9_\\- .é]{0,110}") {
        let has_valid_characters = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        let expected = has_valid_characters && (1..=100).contains(&name.chars().count());
        prop_assert_eq!(RoomName::new(name).is_ok(), expected);
    }
}
