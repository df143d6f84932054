//! Detection of properties that were probably renamed.

use serde_json::{Value, json};

use super::support::{Breaking, Edited, Expected, Info, REQUEST, RESPONSE, Warning, check};
use crate::support::diff;

#[test]
fn likely_renames_of_request_properties_are_reported() {
    let renamed = Edited::facts()
        .remove(&format!("{REQUEST}/properties/sync_audio_video"))
        .set(
            &format!("{REQUEST}/properties/audio_video_sync"),
            json!({ "type": "boolean" }),
        );
    let (old, new) = ("request.body.sync_audio_video", "request.body.audio_video_sync");
    let changes = |old, new| -> [Expected<'_>; 3] {
        [
            ("request-property-removed", Breaking, old),
            ("request-property-likely-renamed", Warning, old),
            ("new-optional-request-property", Info, new),
        ]
    };
    check(&Edited::facts(), &renamed, &changes(old, new), &changes(new, old));
}

#[test]
fn likely_renames_of_response_properties_are_reported() {
    let with = |name: &str| {
        Edited::facts().set(
            &format!("{RESPONSE}/properties/{name}"),
            json!({ "type": "string" }),
        )
    };
    let (old, new) = ("response.200.body.room_title", "response.200.body.roomTitle");
    let changes = |old, new| -> [Expected<'_>; 3] {
        [
            ("response-optional-property-removed", Warning, old),
            ("response-property-likely-renamed", Warning, old),
            ("response-optional-property-added", Info, new),
        ]
    };
    check(
        &with("room_title"),
        &with("roomTitle"),
        &changes(old, new),
        &changes(new, old),
    );
}

/// Returns `true` if removing one request property and adding another is reported as a rename.
fn is_rename(old: (&str, Value), new: (&str, Value)) -> bool {
    let probe =
        |(name, schema): (&str, Value)| Edited::facts().set(&format!("{REQUEST}/properties/{name}"), schema);
    let report = diff(&probe(old).0, &probe(new).0);
    let gone_and_new = report
        .changes
        .iter()
        .filter(|change| !change.id.ends_with("likely-renamed"))
        .count();
    assert_eq!(gone_and_new, 2, "{:#?}", report.changes);
    report.changes.len() == 3
}

#[test]
fn names_are_similar_in_words_or_letters() {
    let text = || json!({ "type": "string" });
    for (old, new, expected) in [
        ("waiting_room_size", "room_waiting_size", true),
        ("roomTitle", "room_title", true),
        ("room_title", "roomtitle", true),
        ("room-title", "ROOM_TITLE", true),
        ("participant", "participants", true),
        ("title", "heading", false),
        ("room_title", "title", false),
        ("max_rooms", "min_rooms", false),
    ] {
        assert_eq!(
            is_rename((old, text()), (new, text())),
            expected,
            "{old} to {new}"
        );
    }
}

#[test]
fn renamed_properties_have_the_same_shape() {
    let text = json!({ "type": "string" });
    for (old, new, expected) in [
        (
            text.clone(),
            json!({ "type": "string", "maxLength": 5, "default": "a" }),
            true,
        ),
        (text.clone(), json!({ "type": "integer" }), false),
        (text.clone(), json!({ "type": "string", "format": "uuid" }), false),
        (text.clone(), json!({ "type": "string", "enum": ["a"] }), false),
        (text.clone(), json!({ "type": "string", "const": "a" }), false),
        (json!({}), json!({ "maxLength": 5 }), false),
        (json!({}), json!({}), true),
        (
            json!({ "type": "array" }),
            json!({ "type": "array", "items": text }),
            false,
        ),
        (
            json!({ "type": "object" }),
            json!({ "type": "object", "properties": { "a": text } }),
            false,
        ),
        (
            json!({ "type": "string" }),
            json!({ "type": "string", "anyOf": [{ "minLength": 3 }, { "maxLength": 2 }] }),
            false,
        ),
        (
            json!({ "type": "array", "items": text }),
            json!({ "type": "array", "items": text }),
            true,
        ),
    ] {
        for (old, new) in [(&old, &new), (&new, &old)] {
            let is_rename = is_rename(("room_title", old.clone()), ("roomTitle", new.clone()));
            assert_eq!(is_rename, expected, "{old} to {new}");
        }
    }
}

#[test]
fn the_most_similar_name_is_used_once() {
    let with = |names: &[&str]| {
        let facts = Edited::facts();
        names.iter().fold(facts, |facts, name| {
            facts.set(
                &format!("{REQUEST}/properties/{name}"),
                json!({ "type": "string" }),
            )
        })
    };
    let renames = |old: &[&str], new: &[&str]| -> Vec<String> {
        let report = diff(&with(old).0, &with(new).0);
        let renames = report
            .changes
            .iter()
            .filter(|change| change.id.ends_with("likely-renamed"));
        renames
            .map(|change| format!("{} to {}", change.old, change.new))
            .collect()
    };
    assert_eq!(
        renames(
            &["participant_name"],
            &["participant_names2", "participant_names"]
        ),
        ["\"participant_name\" to \"participant_names\""]
    );
    assert_eq!(
        renames(&["participant_name", "participant_name_"], &["participant_names"]),
        ["\"participant_name\" to \"participant_names\""]
    );
}

#[test]
fn renames_are_not_detected_among_too_many_properties() {
    let with = |prefix: &str, count: usize| {
        (0..count).fold(Edited::facts(), |facts, index| {
            let name = format!("{prefix}_{index:03}");
            facts.set(
                &format!("{REQUEST}/properties/{name}"),
                json!({ "type": "string" }),
            )
        })
    };
    let renames = |count: usize| {
        let report = diff(&with("participant", count).0, &with("participants", count).0);
        let renames = report
            .changes
            .iter()
            .filter(|change| change.id.ends_with("likely-renamed"));
        renames.count()
    };
    assert_eq!((renames(200), renames(201)), (200, 0));
}
