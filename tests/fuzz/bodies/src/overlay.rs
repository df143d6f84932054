//! Fuzzes overlays with arbitrary bytes.

use serde_json::{Value, json};
use xtask_generate::Errors;
use xtask_generate::overlay::Overlay;
use xtask_generate::workaround::Strictness;
use xtask_openapi::{Document, yaml};

/// Parses the input as an overlay and applies it to a document.
pub fn overlay(input: &[u8]) {
    let Ok(document) = Document::parse("overlay.yaml", input) else {
        return;
    };
    let overlay = match Overlay::read(&document) {
        Ok(overlay) => overlay,
        Err(errors) => return assert_about_the_overlay(&errors),
    };
    let mut applied = facts();
    match overlay.apply(&mut applied, Strictness::EachMustApply) {
        Err(errors) => assert_about_the_overlay(&errors),
        // Parsing the result can fail only if it is nested too deeply.
        Ok(()) => {
            let text = yaml::to_string(&applied);
            if let Ok(again) = Document::parse("applied.yaml", text.as_bytes()) {
                assert_eq!(again.value(), &applied);
            }
        }
    }
}

fn facts() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Pets", "version": "1" },
        "paths": { "/pets": { "post": { "operationId": "add", "tags": ["a", "b"], "responses": {} } } },
        "components": { "schemas": { "Pet": { "type": "object", "required": ["name"], "properties": {
            "name": { "type": "string", "maxLength": 3 },
            "kind": { "enum": ["cat", "dog"] },
        } } } },
    })
}

fn assert_about_the_overlay(errors: &Errors) {
    assert!(!errors.as_slice().is_empty());
    for error in errors.as_slice() {
        assert_eq!(error.source_name, "overlay.yaml");
        assert!(error.pointer.is_some() && !error.message.is_empty(), "{error}");
    }
}
