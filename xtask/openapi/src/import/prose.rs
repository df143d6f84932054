//! Removes prose, which is text meant only for people, based on the OpenAPI grammar.

use serde_json::{Map, Value};

use crate::grammar::{Content, Kind};
use crate::walk::change_object;

/// Removes descriptions, summaries, schema titles, examples, contacts, licenses and links to external documentation.
/// Responses keep an empty description, because OpenAPI requires one.
pub fn strip(document: &mut Value) {
    strip_object(document, Kind::OpenApi);
}

/// Removes prose from an object of the given kind.
pub fn strip_object(value: &mut Value, kind: Kind) {
    change_object(value, kind, &mut strip_fields);
}

fn strip_fields(kind: Kind, object: &mut Map<String, Value>) {
    if kind.can_be_reference() && object.get("$ref").is_some_and(Value::is_string) {
        // OpenAPI 3.1 allows both fields next to any `$ref`.
        object.retain(|name, _| name != "summary" && name != "description");
    }
    object.retain(|name, _| kind.content(name) != Some(Content::Prose) && !is_prose_extension(name));
    if kind == Kind::Response && !object.contains_key("$ref") {
        object.shift_insert(0, "description".to_owned(), Value::String(String::new()));
    }
    if kind == Kind::SecurityScheme {
        empty_scopes(object);
    }
}

/// Empties the descriptions of OAuth scopes. OpenAPI requires descriptions, but they may be empty.
fn empty_scopes(scheme: &mut Map<String, Value>) {
    let flows = scheme.get_mut("flows").and_then(Value::as_object_mut);
    for flow in flows.into_iter().flat_map(Map::values_mut) {
        let scopes = flow.get_mut("scopes").and_then(Value::as_object_mut);
        for description in scopes.into_iter().flat_map(Map::values_mut) {
            *description = Value::String(String::new());
        }
    }
}

/// Returns `true` if an extension contains prose, judging by its name. All other extensions are facts.
fn is_prose_extension(name: &str) -> bool {
    const WORDS: [&str; 8] = [
        "description",
        "descriptions",
        "summary",
        "title",
        "example",
        "examples",
        "samples",
        "displayname",
    ];
    name.strip_prefix("x-").is_some_and(|name| {
        let name = name.to_ascii_lowercase();
        WORDS.iter().any(|word| name.ends_with(word))
    })
}
