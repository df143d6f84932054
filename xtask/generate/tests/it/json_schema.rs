//! The JSON Schema for a request body, taken from OpenAPI 3.1 or converted from 3.0.

use serde_json::Value;

use crate::support::{content, generate_from, value, with_body};

fn schema(body: &str, schemas: &str) -> Value {
    schema_of(&with_body(body, schemas))
}

fn schema_of(document: &str) -> Value {
    let files = generate_from(document).unwrap();
    let mut schema: Value = serde_json::from_str(content(&files, "add_pet.schema.json")).unwrap();
    let fields = schema.as_object_mut().unwrap();
    assert_eq!(
        fields.shift_remove("$schema"),
        Some("https://json-schema.org/draft/2020-12/schema".into())
    );
    assert!(
        fields
            .shift_remove("$comment")
            .is_some_and(|comment| comment.as_str().unwrap().contains("cargo xtask generate"))
    );
    schema
}

#[test]
fn openapi_keywords_are_converted() {
    let cases = [
        (
            "{type: integer, minimum: 0, exclusiveMinimum: true}",
            "{type: integer, exclusiveMinimum: 0}",
        ),
        (
            "{type: integer, maximum: 9, exclusiveMaximum: false}",
            "{type: integer, maximum: 9}",
        ),
        (
            "{type: integer, maximum: 9, exclusiveMaximum: true}",
            "{type: integer, exclusiveMaximum: 9}",
        ),
        ("{type: string, nullable: true}", "{type: [string, 'null']}"),
        (
            "{type: string, nullable: true, enum: [a]}",
            "{type: [string, 'null'], enum: [a, null]}",
        ),
        (
            "{nullable: true, allOf: [{type: string}]}",
            "{anyOf: [{allOf: [{type: string}]}, {type: 'null'}]}",
        ),
        // Like the import, this treats `nullable` as allowing null regardless of adjacent keywords.
        (
            "{type: string, nullable: true, allOf: [{maxLength: 5}]}",
            "{anyOf: [{type: string, allOf: [{maxLength: 5}]}, {type: 'null'}]}",
        ),
        (
            "{type: object, additionalProperties: true, x-note: a}",
            "{type: object}",
        ),
        (
            "{type: object, additionalProperties: {type: string, nullable: true}}",
            "{type: object, additionalProperties: {type: [string, 'null']}}",
        ),
        (
            "{type: string, description: words, example: a, default: b}",
            "{type: string, default: b}",
        ),
        (
            "{type: object, properties: {nullable: {type: string}, description: {type: string, nullable: true}}}",
            "{type: object, properties: {nullable: {type: string}, description: {type: [string, 'null']}}}",
        ),
    ];
    for (openapi, expected) in cases {
        let body = format!("{{type: object, properties: {{field: {openapi}}}}}");
        let found = schema(&body, "{}");
        assert_eq!(
            found.pointer("/properties/field"),
            Some(&value(expected)),
            "{openapi}"
        );
    }
}

#[test]
fn schemas_of_3_1_are_kept_without_prose() {
    let kept = "{type: [string, 'null'], exclusiveMinimum: 0, const: a, prefixItems: [{$ref: '#/$defs/Kind', maxLength: 3}],
        if: {type: string}, then: {minLength: 1}, unevaluatedProperties: {not: {}}, contentEncoding: base64}";
    let published = kept.replace("#/$defs/", "#/components/schemas/");
    let published = published.replacen('{', "{description: d, title: t, examples: [a], x-note: a, ", 1);
    let body = format!("{{type: object, properties: {{field: {published}}}}}");
    let document = with_body(&body, "{Kind: {type: string, description: d}}").replace("3.0.3", "3.1.0");
    let found = schema_of(&document);
    assert_eq!(found.pointer("/properties/field"), Some(&value(kept)));
    assert_eq!(found.pointer("/$defs"), Some(&value("{Kind: {type: string}}")));
}

#[test]
fn referenced_schemas_are_in_defs() {
    let found = schema(
        "{$ref: '#/components/schemas/Pet'}",
        "{Unused: {type: string}, Kind: {type: string}, \
          Pet: {type: object, properties: {kind: {$ref: '#/components/schemas/Kind'}, parent: {$ref: '#/components/schemas/Pet'}}}}",
    );
    let pet = "{type: object, properties: {kind: {$ref: '#/$defs/Kind'}, parent: {$ref: '#/$defs/Pet'}}}";
    assert_eq!(found.get("properties"), value(pet).get("properties"));
    assert_eq!(
        found.get("$defs"),
        Some(&value(&format!("{{Kind: {{type: string}}, Pet: {pet}}}")))
    );
}

#[test]
fn operations_without_a_json_body_have_no_schema() {
    let text = with_body("{type: string}", "{}").replace("application/json", "text/plain");
    let files = generate_from(&text).unwrap();
    let names: Vec<_> = files
        .outputs
        .iter()
        .map(|output| output.path.to_str().unwrap())
        .collect();
    assert_eq!(names, ["openapi.yaml", "client.rs", "constants.rs"]);
}
