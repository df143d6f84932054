//! Documents for which code generation must fail without panicking, with an error that contains the location and
//! reason.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{generate_from, messages, value, with_body, with_operation};

#[test]
fn unsupported_documents_are_rejected_with_location() {
    let operation = |fields: &str| with_operation(&format!("{{operationId: a, responses: {{}}, {fields}}}"));
    let cases = [
        ("[]".to_owned(), "pets.yaml: is not an OpenAPI document"),
        ("{swagger: '2.0'}".to_owned(), "pets.yaml: at /swagger: "),
        (
            with_operation("{responses: {}}").replace("3.0.3", "3.2.0"),
            "pets.yaml: at /openapi: version \"3.2.0\" is not supported; only OpenAPI 3.0 and 3.1 are supported",
        ),
        (
            with_operation("{responses: {}}").replace("{title: Pets, version: '1'}", "1"),
            "pets.yaml: at /info: ",
        ),
        (with_operation("[]"), "pets.yaml: at /paths/~1pets/get: "),
        (
            with_operation("{responses: {}}").replace("get:", "trace:"),
            "pets.yaml: at /paths/~1pets/trace: ",
        ),
        (
            operation("unknown: 1"),
            "pets.yaml: at /paths/~1pets/get/unknown: ",
        ),
        (
            operation("parameters: [{name: id, in: path, required: true, schema: {type: string}}]"),
            "pets.yaml: at /paths/~1pets/get: the path parameter `id` does not occur in",
        ),
        (
            operation("").replace("/pets", "/pets/{id}"),
            "pets.yaml: at /paths/~1pets~1{id}/get: `/pets/{id}` uses the undeclared parameter `id`",
        ),
        (
            operation("").replace("/pets", "/pets/{id"),
            "pets.yaml: at /paths/~1pets~1{id/get: ",
        ),
        (
            operation("").replace("/pets", "/pets}/{id}"),
            "pets.yaml: at /paths/~1pets}~1{id}/get: `/pets}/{id}` has unpaired braces",
        ),
        (
            operation("").replace("/pets", "/pets/{{id}}"),
            "pets.yaml: at /paths/~1pets~1{{id}}/get: `/pets/{{id}}` has unpaired braces",
        ),
        (
            operation("").replace("/pets", "/{id}/{id}"),
            "pets.yaml: at /paths/~1{id}~1{id}/get: `/{id}/{id}` contains the parameter `id` twice",
        ),
        (
            operation("parameters: [{name: id, in: path, schema: {type: string}}]")
                .replace("/pets", "/pets/{id}"),
            "pets.yaml: at /paths/~1pets~1{id}/get/parameters/0: a path parameter must be marked `required: true`",
        ),
        (
            operation("parameters: [{name: id, in: cookie, schema: {type: string}}]"),
            "pets.yaml: at /paths/~1pets/get/parameters/0/in: progenitor does not support cookie parameters",
        ),
        (
            operation("parameters: [{name: id, in: query, style: deepObject, schema: {type: object}}]"),
            "pets.yaml: at /paths/~1pets/get/parameters/0/style: progenitor supports only the `form` style",
        ),
        (
            operation("parameters: [{name: id, in: header, style: form, schema: {type: string}}]"),
            "pets.yaml: at /paths/~1pets/get/parameters/0/style: progenitor supports only the `simple` style",
        ),
        (
            operation("parameters: [{name: id, in: query, content: {application/json: {schema: {}}}}]"),
            "pets.yaml: at /paths/~1pets/get/parameters/0/content: progenitor does not support parameters with a media type",
        ),
        (
            operation("requestBody: {content: {image/png: {schema: {type: string, format: binary}}}}"),
            "pets.yaml: at /paths/~1pets/get/requestBody/content/image~1png: progenitor supports JSON, forms",
        ),
        (
            operation("requestBody: {content: {multipart/form-data: {schema: {type: object}}}}"),
            "pets.yaml: at /paths/~1pets/get/requestBody/content/multipart~1form-data: progenitor supports JSON",
        ),
        (
            with_body("{$ref: '#/components/schemas/Gone'}", "{}"),
            "/paths/~1pets/post/requestBody/content/application~1json/schema",
        ),
        (
            with_body("{$ref: 'other.yaml#/Pet'}", "{}"),
            "/paths/~1pets/post/requestBody/content/application~1json/schema",
        ),
        (
            with_body(
                "{type: object}",
                "{A: {allOf: [{$ref: '#/components/schemas/B'}]}, B: {oneOf: [{$ref: '#/components/schemas/A'}]}}",
            ),
            "contains itself: A > B > A",
        ),
        (
            with_body("{type: colour}", "{}"),
            "/paths/~1pets/post/requestBody/content/application~1json/schema",
        ),
        // `allOf` merges the properties of its subschemas, so only the generated code shows this clash.
        (
            with_body(
                "{allOf: [{type: object, properties: {a_b: {type: string}}}, {type: object, properties: {aB: {type: string}}}]}",
                "{}",
            ),
            "duplicate field `a_b`",
        ),
        (
            operation("parameters: [{name: new, in: path, required: true, schema: {type: string}}]")
                .replace("/pets", "/pets/{new}"),
            "duplicate method `new` in `A`",
        ),
    ];
    for (text, expected) in cases {
        let errors = messages(generate_from(&text));
        assert!(
            errors.iter().any(|error| error.contains(expected)),
            "{expected}\n{errors:#?}\n{text}"
        );
        assert!(
            errors
                .iter()
                .all(|error| error.starts_with("pets.yaml") && !error.contains("panicked")),
            "{errors:?}"
        );
    }
}

#[test]
fn the_smallest_failing_part_is_reported() {
    let schemas = "{Fine: {type: string}, Outer: {type: object, properties: {inner: {$ref: '#/components/schemas/Odd'}}}, \
                    Odd: {not: {type: string}}}";
    let errors = messages(generate_from(&with_body(
        "{$ref: '#/components/schemas/Outer'}",
        schemas,
    )));
    assert_eq!(
        errors,
        [
            "pets.yaml: at /components/schemas/Odd: progenitor failed to generate code for this; possible causes: `not`"
        ]
    );

    let operation = "{operationId: a, responses: {}, requestBody: {content: {application/json: {schema: {not: {type: string}}}}}}";
    let errors = messages(generate_from(&with_operation(operation)));
    assert_eq!(
        errors,
        [
            "pets.yaml: at /paths/~1pets/get: progenitor failed to generate code for this; possible causes: `not`"
        ]
    );
}

/// A document that contains operations of all kinds and every keyword that needs a workaround.
const ODD: &str = r##"
openapi: 3.0.3
info: {title: Pets, version: "1", description: d}
servers: [{url: "https://{host}", variables: {host: {default: h}}}]
paths:
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    post:
      operationId: pet
      parameters: [{name: q, in: query, schema: {type: array, items: {type: string}}}, {name: H, in: header, schema: {type: string}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
      responses:
        "200": {description: "", content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
        "404": {description: "", content: {text/plain: {schema: {type: string}}}}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      additionalProperties: false
      properties:
        name: {type: string, maxLength: 3, pattern: a, x-sensitive: true}
        kind: {allOf: [{$ref: "#/components/schemas/Kind"}], default: a}
        tags: {type: array, items: {anyOf: [{$ref: "#/components/schemas/Kind"}, {type: string}]}, minItems: 1}
        age: {type: integer, format: int32, minimum: 0, exclusiveMinimum: true}
        next: {$ref: "#/components/schemas/Pet"}
        shape: {oneOf: [{type: object, properties: {a: {type: string}}}, {type: number}], nullable: true}
    Kind: {type: string, enum: [a, b], x-enumDescriptions: {a: A}}
"##;

/// Collects the JSON pointers to all values.
fn places(value: &Value, place: &str, found: &mut Vec<String>) {
    found.push(place.to_owned());
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                places(value, &xtask_openapi::pointer::child(place, name), found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                places(value, &format!("{place}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// Returns unusual values of all types.
fn odd_values() -> Vec<Value> {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    vec![
        json!(null),
        json!(true),
        json!(false),
        json!(-1),
        json!(1e300),
        json!(18_446_744_073_709_551_615_u64),
        json!(""),
        json!("a \"quoted\" */ text\nwith lines"),
        json!("ünïcödé 🦀"),
        json!("{"),
        json!([]),
        json!([[]]),
        json!({}),
        json!({ "": {} }),
        json!({ "type": "object" }),
        json!({ "type": "null" }),
        json!({ "enum": [null, 1, "a", {}] }),
        json!({ "not": {} }),
        json!({ "type": "string", "format": "uuid", "nullable": true }),
        json!({ "allOf": [{ "type": "string" }, { "type": "integer" }] }),
        json!({ "oneOf": [] }),
        json!({ "properties": { "a": true } }),
        reference("Pet"),
        reference("Kind"),
        reference("Nobody"),
        json!({ "$ref": "#/paths" }),
        json!({ "$ref": 1 }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_document_causes_a_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..4)) {
        let mut document = value(ODD);
        for (place, odd) in changes {
            let mut found = Vec::new();
            places(&document, "", &mut found);
            let place: &String = place.get(&found);
            *document.pointer_mut(place).unwrap() = odd.get(&odd_values()).clone();
        }
        let text = document.to_string();
        if let Ok(files) = generate_from(&text) {
            for output in files.outputs.iter().filter(|output| output.path.extension().is_some_and(|e| e == "rs")) {
                prop_assert!(syn::parse_file(&output.content).is_ok(), "{}", output.content);
            }
        }
    }
}
