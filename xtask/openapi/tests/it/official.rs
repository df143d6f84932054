//! Validates documents with the official JSON Schema for OpenAPI 3.1.
//!
//! `openapi-3.1.schema.json` is a copy of <https://spec.openapis.org/oas/3.1/schema/2022-10-07>, which the OpenAPI
//! Initiative licenses under the Apache License 2.0.

use std::path::Path;
use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::{Value, json};
use xtask_openapi::Document;

/// A validator for documents and the schemas in them.
static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| {
    let official: Value = serde_json::from_str(include_str!("../openapi-3.1.schema.json")).unwrap();
    // The official schema validates nested schemas with the schema that has this anchor.
    let schemas = json!({
        "$dynamicAnchor": "meta",
        "$ref": "https://json-schema.org/draft/2020-12/schema",
    });
    let whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://example.com/openapi-with-schemas",
        "$ref": official["$id"],
        "$defs": { "official": official, "schemas": schemas },
    });
    jsonschema::validator_for(&whole).unwrap()
});

/// Returns the location and description of each violation in a document.
pub(crate) fn faults(document: &Value) -> Vec<String> {
    let errors = VALIDATOR.iter_errors(document);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn checked_in(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../spec")
        .join(name);
    Document::read(&path).unwrap().into_value()
}

#[test]
fn the_checked_in_documents_are_valid() {
    for name in ["facts.yaml", "openapi.yaml"] {
        assert_eq!(faults(&checked_in(name)), [""; 0], "{name}");
    }
}

#[test]
fn faults_in_documents_and_schemas_are_found() {
    let operation = "/paths/~1api~1video~1room_tokens/post";
    for (place, value) in [
        ("/openapi", json!("3.0.3")),
        ("/info/title", json!(1)),
        (&format!("{operation}/responses/200/description"), json!(null)),
        ("/components/schemas/JoinAsType/type", json!("text")),
        (
            "/components/schemas/CreateRoomTokenRequest/properties/user_name/maxLength",
            json!(-1),
        ),
    ] {
        let mut document = checked_in("facts.yaml");
        *document.pointer_mut(place).unwrap() = value;
        assert_ne!(faults(&document), [""; 0], "{place}");
    }
}
