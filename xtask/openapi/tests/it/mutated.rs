//! Documents with one mutation are either rejected with an error that names the document, or imported to a result that
//! can be imported again.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use xtask_openapi::{Document, import};

use crate::support::{cases, lowered, value};

/// Returns a document that uses most OpenAPI features and is the basis for mutations.
fn rich() -> Value {
    value(
        "
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://{s}.example.com/api', variables: {s: {default: a, enum: [a, b]}}}]
security: [{Key: []}, {}]
tags: [{name: t}]
paths:
  /video/room_tokens:
    parameters: [{$ref: '#/components/parameters/P'}]
    post:
      operationId: o
      tags: [t]
      requestBody: {required: true, content: {a/b: {schema: {$ref: '#/components/schemas/N.S'}, encoding: {a: {style: form}}}}}
      responses:
        '200': {description: d, headers: {H: {schema: {type: [integer, 'null']}}}, content: {a/b: {schema: {
          oneOf: [{$ref: '#/components/schemas/N.S'}, {$ref: '#/components/schemas/T'}],
          discriminator: {propertyName: p, mapping: {s: N.S}}}}}, links: {L: {operationId: o}}}
        default: {$ref: '#/components/responses/R'}
      callbacks: {c: {'{$request.body#/u}': {post: {responses: {'200': {description: d}}}}}}
components:
  parameters: {P: {name: p, in: query, schema: {anyOf: [{type: string}, {type: 'null'}]}}}
  responses: {R: {description: d, content: {a/b: {schema: {$ref: '#/components/schemas/N.S/properties/a'}}}}}
  securitySchemes: {Key: {type: apiKey, name: k, in: header}}
  schemas:
    N.S: {type: object, required: [p], properties: {p: {const: s}, a: {type: [string, integer, 'null'], enum: [x, 1, null]},
      b: {type: array, prefixItems: [{type: string}], items: false}, c: {$ref: '#/components/schemas/T', default: {}}},
      patternProperties: {'^x': {type: number, exclusiveMaximum: 3}}, unevaluatedProperties: {not: {}}}
    T: {type: object, allOf: [{if: {required: [a]}, then: {required: [b]}}], properties: {t: {$ref: '#/components/schemas/T'},
      u: {type: string, contentEncoding: base64}}, dependentRequired: {t: [u]}}
",
    )
}

/// Collects JSON pointers to all values inside a value.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(entries) => {
            for (name, entry) in entries {
                pointers(entry, &xtask_openapi::pointer::child(at, name), found);
            }
        }
        _ => {}
    }
}

fn mutated_document() -> impl Strategy<Value = Value> {
    let odd = prop::sample::select(vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("/"),
        json!("#/components/schemas/T"),
        json!("#/components/schemas/N.S/properties/c"),
        json!("https://{x.example.com/}"),
        json!([]),
        json!([null]),
        json!(["null"]),
        json!({}),
        json!({ "$ref": "#/components/schemas/T" }),
        json!({ "$ref": "#/components/parameters/P" }),
        json!({ "$ref": "#/paths/~1video~1room_tokens" }),
        json!({ "type": "null" }),
        json!({ "not": {} }),
    ]);
    // Replace one value with an unusual value or with a copy of another part of the document.
    (any::<Index>(), any::<Index>(), odd, any::<bool>()).prop_map(|(place, part, odd, copies)| {
        let mut document = rich();
        let mut places: Vec<String> = Vec::new();
        pointers(&document, "", &mut places);
        let instead = match copies {
            true => document.pointer(part.get::<String>(&places)).cloned().unwrap(),
            false => odd,
        };
        *document.pointer_mut(place.get::<String>(&places)).unwrap() = instead;
        document
    })
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn mutated_documents_are_rejected_or_imported_stably(document in mutated_document()) {
        let document = Document::parse("mutated.json", document.to_string().as_bytes()).unwrap();
        match import(&document, &[]) {
            Err(error) => prop_assert_eq!(error.source_name, "mutated.json"),
            Ok(imported) => {
                let facts = Document::parse("facts.yaml", imported.yaml.as_bytes()).unwrap();
                let again = import(&facts, &[]);
                prop_assert!(again.is_ok(), "{}\n{again:?}", imported.yaml);
                prop_assert_eq!(again.unwrap().yaml, imported.yaml);
            }
        }
    }
}

#[test]
fn the_unmutated_document_imports() {
    let document = Document::parse("rich.json", rich().to_string().as_bytes()).unwrap();
    let imported = import(&document, &[]).unwrap();
    let lowered = lowered(&imported);
    let constructs: Vec<&str> = lowered
        .lossy_conversions
        .iter()
        .map(|conversion| conversion.construct.as_str())
        .collect();
    assert_eq!(
        constructs,
        ["prefixItems", "patternProperties", "if", "dependentRequired"]
    );
}
