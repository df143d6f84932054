//! Documents with too many schemas, paths or alternatives to compare in full.

use serde_json::{Value, json};
use xtask_diff::{Severity, Verdict};

use crate::support::diff;

/// Returns a document in which every schema refers to all others. `value` is the type of a property in the last schema.
fn dense_graph(count: usize, value: &str) -> Value {
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
fn omitted_locations_of_a_change_are_noted() {
    let report = diff(&dense_graph(12, "string"), &dense_graph(12, "boolean"));
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
    let note = &report.notes[0];
    assert!(
        note.contains("reported at only one of them") && note.contains("Locations not compared again ("),
        "{note}"
    );
    assert!(
        note.contains("`request.body.p") && note.contains("` of `POST /things`"),
        "{note}"
    );
}

#[test]
fn an_unchanged_dense_graph_has_no_note() {
    let report = diff(&dense_graph(12, "string"), &dense_graph(12, "string"));
    assert!(
        report.changes.is_empty() && report.notes.is_empty(),
        "{:?}",
        report.notes
    );
}

#[test]
fn few_paths_are_all_compared() {
    let report = diff(&dense_graph(3, "string"), &dense_graph(3, "boolean"));
    let mut places: Vec<&str> = report
        .changes
        .iter()
        .map(|change| change.location.as_str())
        .collect();
    places.sort_unstable();
    assert_eq!(places, ["request.body.p1.p2.value", "request.body.p2.value"]);
    assert!(report.notes.is_empty());
}

/// Returns a document with the given request body.
fn with_body(schema: &Value) -> Value {
    let content = json!({ "application/json": { "schema": schema } });
    json!({
        "openapi": "3.0.3",
        "info": { "title": "", "version": "1" },
        "paths": { "/things": { "post": { "requestBody": { "content": content }, "responses": {} } } },
    })
}

/// After many changes, each schema is compared only once in each direction.
#[test]
fn schemas_are_compared_in_both_directions() {
    let document = |limit: u32, value: &str| {
        let reference = json!({ "$ref": "#/components/schemas/Shared" });
        let mut properties: serde_json::Map<String, Value> = (0..2_001)
            .map(|index| {
                (
                    format!("p{index}"),
                    json!({ "type": "string", "maxLength": limit }),
                )
            })
            .collect();
        properties.insert("shared".to_owned(), reference.clone());
        let mut document = with_body(&json!({ "type": "object", "properties": properties }));
        let content = json!({ "application/json": { "schema": reference } });
        let response = json!({ "description": "", "content": content });
        document["paths"]["/things"]["post"]["responses"] = json!({ "200": response });
        let shared = json!({ "type": "object", "properties": { "value": { "type": value } } });
        document["components"] = json!({ "schemas": { "Shared": shared } });
        document
    };
    let report = diff(&document(10, "integer"), &document(11, "number"));
    let breaking = report
        .changes
        .iter()
        .filter(|change| change.severity == Severity::Breaking);
    let places: Vec<&str> = breaking.map(|change| change.location.as_str()).collect();
    assert_eq!(places, ["response.200.body.value"]);
}

/// Returns a union of `count` alternatives, each with a property of type `kind`.
fn union(count: usize, kind: &str, is_reversed: bool) -> Value {
    let alternative = |index: usize| json!({ "type": "object", "properties": { format!("p{index}"): { "type": kind }, "id": {} } });
    let mut alternatives: Vec<Value> = (0..count).map(alternative).collect();
    if is_reversed {
        alternatives.reverse();
    }
    with_body(&json!({ "oneOf": alternatives }))
}

#[test]
fn too_many_changed_alternatives_are_noted() {
    let matched = diff(&union(100, "string", false), &union(100, "integer", true));
    assert!(matched.notes.is_empty(), "{:?}", matched.notes);
    assert_eq!(matched.changes.len(), 100);
    assert!(
        matched
            .changes
            .iter()
            .all(|change| change.id == "request-property-type-changed")
    );

    let report = diff(&union(101, "string", false), &union(101, "integer", true));
    let expected = "`request.body` of `POST /things` was not compared in full: there are too many changed \
                    alternatives to match the old ones with the new ones.";
    assert_eq!(report.notes, [expected]);
    assert_eq!(report.changes.len(), 202);
}

#[test]
fn many_unchanged_alternatives_have_no_note() {
    let report = diff(&union(1_000, "string", false), &union(1_000, "string", true));
    assert!(
        report.changes.is_empty() && report.notes.is_empty(),
        "{:?}",
        report.notes
    );
}

#[test]
fn alternatives_that_replace_a_schema_after_many_changes_count_as_breaking() {
    let lone = json!({ "type": "object", "properties": { "q": { "type": "string" } } });
    let document = |count: usize, kind: &str, last: &Value| {
        let mut properties: serde_json::Map<String, Value> = (0..count)
            .map(|index| (format!("p{index}"), json!({ "type": kind })))
            .collect();
        properties.insert("z".to_owned(), last.clone());
        with_body(&json!({ "type": "object", "properties": properties }))
    };
    let union = json!({ "oneOf": [lone, { "type": "array" }] });
    for (count, severity, notes) in [(1_990, Severity::Info, 0), (2_000, Severity::Breaking, 1)] {
        let report = diff(
            &document(count, "string", &lone),
            &document(count, "integer", &union),
        );
        let replaced: Vec<_> = report
            .changes
            .iter()
            .filter(|change| change.location == "request.body.z")
            .collect();
        let worst = replaced.iter().map(|change| change.severity).max();
        assert_eq!((worst, report.notes.len()), (Some(severity), notes), "{count}");
    }
    // The number of alternatives is not limited.
    let many: Vec<Value> = (0..300)
        .map(|index| json!({ "type": "object", "required": [format!("p{index}")] }))
        .collect();
    let report = diff(&with_body(&lone), &with_body(&json!({ "oneOf": many })));
    assert_eq!((report.verdict, report.notes.len()), (Verdict::Breaking, 0));
}

#[test]
fn too_many_properties_for_rename_detection_are_noted() {
    let object = |count: usize, suffix: &str| {
        let properties: serde_json::Map<String, Value> = (0..count)
            .map(|index| {
                (
                    format!("room_number_{index}_{suffix}"),
                    json!({ "type": "string" }),
                )
            })
            .collect();
        with_body(&json!({ "type": "object", "properties": properties }))
    };
    for (count, notes) in [(200, 0), (201, 1)] {
        let report = diff(&object(count, "a"), &object(count, "b"));
        assert_eq!(report.notes.len(), notes, "{:?}", report.notes);
    }
    // If no properties were added, none can have been renamed.
    assert!(diff(&object(201, "a"), &object(0, "b")).notes.is_empty());
}

/// Merging a large schema into each of the many schemas that refer to it would take too much memory.
#[test]
fn a_large_schema_that_many_others_extend() {
    let document = |kind: &str| {
        let count = 600;
        let mut large: serde_json::Map<String, Value> = (0..count)
            .map(|index| (format!("p{index}"), json!({ "type": "integer" })))
            .collect();
        large.insert("value".to_owned(), json!({ "type": kind }));
        let extended: serde_json::Map<String, Value> = (0..count)
            .map(|index| {
                let schema = json!({ "$ref": "#/components/schemas/Large", "x-index": index });
                (format!("e{index}"), schema)
            })
            .collect();
        let content =
            json!({ "application/json": { "schema": { "type": "object", "properties": extended } } });
        json!({
            "openapi": "3.1.0",
            "info": { "title": "", "version": "1" },
            "paths": { "/things": { "post": { "requestBody": { "content": content }, "responses": {} } } },
            "components": { "schemas": { "Large": { "type": "object", "properties": large } } },
        })
    };
    assert_eq!(
        diff(&document("string"), &document("string")).verdict,
        Verdict::Identical
    );
    let report = diff(&document("string"), &document("boolean"));
    let is_expected = |change: &xtask_diff::Change| {
        change.id == "request-property-type-changed" && change.location.ends_with(".value")
    };
    assert_eq!(
        report.changes.iter().filter(|change| is_expected(change)).count(),
        600
    );
    assert_eq!(report.changes.len(), 600);
    assert!(report.notes.len() == 1 && report.notes[0].contains("without merging"));
}

/// After many changes, a schema that was already compared elsewhere is not compared again, so a `not` that contains it
/// can't be classified.
#[test]
fn a_negation_that_is_not_compared_again_counts_as_breaking() {
    let document = |count: usize, limit: usize| {
        let reference = json!({ "$ref": "#/components/schemas/Shared" });
        let properties: serde_json::Map<String, Value> = (0..count)
            .map(|index| {
                (
                    format!("p{index}"),
                    json!({ "type": "string", "maxLength": limit }),
                )
            })
            .chain([("shared".to_owned(), reference.clone())])
            .collect();
        let mut document = with_body(&json!({ "type": "object", "properties": properties }));
        let content = json!({ "application/json": { "schema": { "not": reference } } });
        let response = json!({ "description": "", "content": content });
        document["paths"]["/things"]["post"]["responses"] = json!({ "200": response });
        let shared = json!({ "type": "string", "minLength": limit });
        document["components"] = json!({ "schemas": { "Shared": shared } });
        document
    };
    for count in [10, 2_001] {
        let report = diff(&document(count, 4), &document(count, 5));
        let negation = report
            .changes
            .iter()
            .find(|change| change.location.starts_with("response.200.body"));
        let severity = negation.map(|change| change.severity);
        assert_eq!(severity, Some(Severity::Breaking), "{count} changes");
    }
}

/// The response for a removed status is compared with the default response, however deep its schemas are.
#[test]
fn deep_bodies_of_removed_statuses_are_compared() {
    let document = |statuses: &[(&str, &str)]| {
        let mut schemas = serde_json::Map::new();
        for (_, kind) in statuses {
            for index in 0..1_000 {
                let next = json!({ "$ref": format!("#/components/schemas/{kind}{}", index + 1) });
                let schema = json!({ "type": "object", "properties": { "next": next } });
                schemas.insert(format!("{kind}{index}"), schema);
            }
            schemas.insert(format!("{kind}1000"), json!({ "type": kind }));
        }
        let response = |kind: &str| {
            let schema = json!({ "$ref": format!("#/components/schemas/{kind}0") });
            json!({ "description": "", "content": { "application/json": { "schema": schema } } })
        };
        let responses: serde_json::Map<String, Value> = statuses
            .iter()
            .map(|(status, kind)| ((*status).to_owned(), response(kind)))
            .collect();
        json!({
            "openapi": "3.0.3",
            "info": { "title": "", "version": "1" },
            "paths": { "/things": { "get": { "responses": responses } } },
            "components": { "schemas": schemas },
        })
    };
    let old = document(&[("200", "string"), ("404", "string"), ("default", "integer")]);
    let new = document(&[("200", "string"), ("default", "integer")]);
    assert_eq!(diff(&old, &new).verdict, Verdict::Breaking);
}

/// A callback of a callback is opaque. If it refers to many schemas, they are compared without being copied.
#[test]
fn opaque_fields_that_refer_to_many_schemas_are_compared() {
    let document = |count: usize, last: Value| {
        let reference = |index: usize| json!({ "$ref": format!("#/components/schemas/S{index}") });
        let schema = |index| json!({ "type": "object", "properties": { "next": reference(index + 1) } });
        let mut schemas: serde_json::Map<String, Value> = (0..count)
            .map(|index| (format!("S{index}"), schema(index)))
            .collect();
        schemas.insert(format!("S{count}"), last);
        let call = |callbacks: Value| {
            let content = json!({ "application/json": { "schema": reference(0) } });
            json!({ "post": { "requestBody": { "content": content }, "responses": {}, "callbacks": callbacks } })
        };
        let inner = json!({ "inner": { "{$url}": call(json!({})) } });
        json!({
            "openapi": "3.1.0",
            "info": { "title": "", "version": "1" },
            "paths": { "/things": { "get": { "responses": {} } } },
            "webhooks": { "outer": call(inner) },
            "components": { "schemas": schemas },
        })
    };
    for count in [10, 200] {
        let string = || document(count, json!({ "type": "string" }));
        let described = document(count, json!({ "type": "string", "description": "Some text." }));
        assert!(
            diff(&string(), &described).verdict <= Verdict::Cosmetic,
            "{count}"
        );
        let changed = diff(&string(), &document(count, json!({ "type": "integer" })));
        let is_opaque = |change: &xtask_diff::Change| change.location.ends_with("outer.post.callbacks");
        assert!(
            changed.changes.iter().any(is_opaque),
            "{count}: {:#?}",
            changed.changes
        );
    }
}

/// The number of paths through these schemas doubles with each level.
#[test]
fn tuple_items_with_many_paths_are_compared() {
    const LEVELS: usize = 25;
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let document = |is_added: bool, limit: u64| {
        let mut schemas: serde_json::Map<String, Value> = (0..LEVELS)
            .map(|level| {
                let next = reference(&format!("D{}", level + 1));
                let schema = json!({ "type": "object", "properties": { "a": next, "b": next } });
                (format!("D{level}"), schema)
            })
            .collect();
        schemas.insert(
            format!("D{LEVELS}"),
            json!({ "type": "object", "properties": { "s": reference("S") } }),
        );
        schemas.insert("S".to_owned(), json!({ "type": "string", "maxLength": limit }));
        let mut first = vec![json!({ "type": "string" })];
        first.extend(is_added.then(|| reference("D0")));
        let tuple = json!({ "type": "array", "prefixItems": first, "items": reference("D0") });
        let properties = json!({ "shared": reference("S"), "z": tuple });
        let mut document = with_body(&json!({ "type": "object", "properties": properties }));
        document["openapi"] = json!("3.1.0");
        document["components"] = json!({ "schemas": schemas });
        document
    };
    assert_eq!(
        diff(&document(false, 4), &document(true, 5)).verdict,
        Verdict::Additive
    );
    assert_eq!(
        diff(&document(false, 5), &document(true, 4)).verdict,
        Verdict::Breaking
    );
}

/// Returns a document in which each of 1,500 schemas refers to the next one, and the last one has the given type.
fn chain(link: fn(usize, Value) -> Value, is_response: bool, last: &str) -> Value {
    const LENGTH: usize = 1_500;
    let reference = |index: usize| json!({ "$ref": format!("#/components/schemas/S{index}") });
    let mut schemas: serde_json::Map<String, Value> = (0..LENGTH)
        .map(|index| (format!("S{index}"), link(index, reference(index + 1))))
        .collect();
    schemas.insert(format!("S{LENGTH}"), json!({ "type": last }));
    let mut document = with_body(&reference(0));
    let operation = &mut document["paths"]["/things"]["post"];
    if is_response {
        let mut response = operation["requestBody"].take();
        response["description"] = json!("");
        *operation = json!({ "responses": { "200": response } });
    }
    document["components"] = json!({ "schemas": schemas });
    document
}

/// This takes minutes if the time grows with the square of the length.
#[test]
fn long_chains_are_compared() {
    let links: [fn(usize, Value) -> Value; 6] = [
        |_, next| json!({ "allOf": [next] }),
        |_, next| json!({ "oneOf": [next] }),
        |index, next| json!({ "oneOf": [next, { "type": "object", "minProperties": index }] }),
        |index, next| json!({ "allOf": [next, { "x-index": index }] }),
        |_, next| json!({ "type": "array", "items": next }),
        |_, next| json!({ "type": "object", "properties": { "next": next } }),
    ];
    for (index, link) in links.into_iter().enumerate() {
        let same = diff(&chain(link, false, "string"), &chain(link, false, "string"));
        assert_eq!(same.verdict, Verdict::Identical, "{index}");
        for (is_response, old, new) in [(false, "string", "integer"), (true, "integer", "string")] {
            let report = diff(&chain(link, is_response, old), &chain(link, is_response, new));
            assert_eq!(report.verdict, Verdict::Breaking, "{index} {is_response}");
        }
    }
}
