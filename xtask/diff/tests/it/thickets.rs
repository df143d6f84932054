//! Documents with more ways through them than could ever be gone.

use serde_json::{Value, json};

use crate::support::diff;

/// Schemas of which each refers to all; the last one has a value of this type.
fn thicket(count: usize, value: &str) -> Value {
    let reference = |index: usize| json!({ "$ref": format!("#/components/schemas/S{index}") });
    let schema = |index: usize| {
        let mut properties: serde_json::Map<String, Value> = (0..count)
            .map(|other| (format!("p{other}"), reference(other)))
            .collect();
        if index + 1 == count {
            properties.insert("value".to_owned(), json!({ "type": value }));
        }
        json!({ "type": "object", "properties": properties })
    };
    let schemas: serde_json::Map<String, Value> = (0..count)
        .map(|index| (format!("S{index}"), schema(index)))
        .collect();
    let content = json!({ "application/json": { "schema": reference(0) } });
    json!({
        "openapi": "3.0.3",
        "info": { "title": "", "version": "1" },
        "paths": { "/things": { "post": { "requestBody": { "content": content }, "responses": {} } } },
        "components": { "schemas": schemas },
    })
}

#[test]
fn a_change_that_can_be_reached_in_too_many_ways_is_told_and_what_is_left_out_too() {
    let report = diff(&thicket(12, "string"), &thicket(12, "boolean"));
    assert!(
        (1..5_000).contains(&report.changes.len()),
        "{}",
        report.changes.len()
    );
    assert!(
        report
            .changes
            .iter()
            .all(|change| change.id == "request-property-type-changed"
                && change.location.starts_with("request.body.")
                && change.location.ends_with(".value"))
    );
    assert_eq!(report.notes.len(), 1);
    assert!(report.notes[0].contains("reported in one"), "{}", report.notes[0]);
}

#[test]
fn a_thicket_without_a_change_is_identical_and_has_no_note() {
    let report = diff(&thicket(12, "string"), &thicket(12, "string"));
    assert!(
        report.changes.is_empty() && report.notes.is_empty(),
        "{:?}",
        report.notes
    );
}

#[test]
fn a_few_ways_are_all_gone() {
    let report = diff(&thicket(3, "string"), &thicket(3, "boolean"));
    let mut places: Vec<&str> = report
        .changes
        .iter()
        .map(|change| change.location.as_str())
        .collect();
    places.sort_unstable();
    assert_eq!(places, ["request.body.p1.p2.value", "request.body.p2.value"]);
    assert!(report.notes.is_empty());
}
