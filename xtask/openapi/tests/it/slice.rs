//! Reduction of documents to selected operations and their dependencies.

use serde_json::Value;
use xtask_openapi::operation::{Selector, find};
use xtask_openapi::slice::{Slice, slice};
use xtask_openapi::{Document, Error};

use crate::support::{document, parts, value};

fn cut(document: &Document, selectors: &[&str]) -> Result<Slice, Error> {
    let selectors: Vec<Selector> = selectors
        .iter()
        .map(|selector| selector.parse().unwrap())
        .collect();
    slice(document, &find(document, &selectors).unwrap())
}

const API: &str = "
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: https://example.com}]
security: [{Key: []}]
tags: [{name: Used}, {name: Unused}]
webhooks: {hook: {post: {}}}
paths:
  /a:
    parameters: [{$ref: '#/components/parameters/P'}]
    get:
      tags: [Used]
      responses: {'200': {$ref: '#/components/responses/R'}}
    delete:
      responses: {'200': {description: '', content: {a/b: {schema: {$ref: '#/components/schemas/Unused'}}}}}
  /b:
    servers: [{url: https://b.example.com}]
    post:
      security: [{Token: []}, {}]
      requestBody: {$ref: '#/components/requestBodies/B'}
components:
  schemas:
    Zebra: {type: string}
    Tree: {properties: {child: {$ref: '#/components/schemas/Tree'}, zebra: {$ref: '#/components/schemas/Zebra'}}}
    Unused: {type: string}
    Example: {example: {$ref: '#/components/schemas/Unused'}, default: {$ref: nowhere}}
  parameters:
    P: {name: p, in: query, schema: {$ref: '#/components/schemas/Zebra'}}
    Unused: {name: u, in: query, schema: {}}
  responses:
    R: {description: '', headers: {H: {$ref: '#/components/headers/H'}}, content: {a/b: {schema: {$ref: '#/components/schemas/Tree'}}}}
  headers:
    H: {schema: {$ref: '#/components/schemas/Example'}}
  requestBodies:
    B: {content: {a/b: {schema: {type: string}}}}
  securitySchemes:
    Key: {type: apiKey, name: k, in: header}
    Token: {type: http, scheme: bearer}
";

#[test]
fn only_dependencies_are_kept() {
    let slice = cut(&document(API), &["GET /a"]).unwrap();
    let expected = "
        openapi: 3.1.0
        info: {title: T, version: '1'}
        servers: [{url: https://example.com}]
        security: [{Key: []}]
        tags: [{name: Used}]
        paths:
          /a:
            parameters: [{$ref: '#/components/parameters/P'}]
            get: {tags: [Used], responses: {'200': {$ref: '#/components/responses/R'}}}
        components:
          schemas:
            Example: {example: {$ref: '#/components/schemas/Unused'}, default: {$ref: nowhere}}
            Tree: {properties: {child: {$ref: '#/components/schemas/Tree'}, zebra: {$ref: '#/components/schemas/Zebra'}}}
            Zebra: {type: string}
          parameters: {P: {name: p, in: query, schema: {$ref: '#/components/schemas/Zebra'}}}
          responses:
            R: {description: '', headers: {H: {$ref: '#/components/headers/H'}}, content: {a/b: {schema: {$ref: '#/components/schemas/Tree'}}}}
          headers: {H: {schema: {$ref: '#/components/schemas/Example'}}}
          securitySchemes: {Key: {type: apiKey, name: k, in: header}}";
    assert_eq!(slice.value, value(expected));
    let names: Vec<&String> = slice.value["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    assert_eq!(names, ["Example", "Tree", "Zebra"]);
}

#[test]
fn unused_global_servers_and_security_are_removed() {
    let slice = cut(&document(API), &["POST /b"]).unwrap();
    let expected = "
        openapi: 3.1.0
        info: {title: T, version: '1'}
        tags: []
        paths:
          /b:
            servers: [{url: https://b.example.com}]
            post: {security: [{Token: []}, {}], requestBody: {$ref: '#/components/requestBodies/B'}}
        components:
          requestBodies: {B: {content: {a/b: {schema: {type: string}}}}}
          securitySchemes: {Token: {type: http, scheme: bearer}}";
    assert_eq!(slice.value, value(expected));
}

#[test]
fn several_operations_keep_their_dependencies() {
    let slice = cut(&document(API), &["DELETE /a", "POST /b"]).unwrap();
    assert!(slice.value["paths"]["/a"].get("get").is_none());
    assert!(slice.value["paths"]["/a"].get("delete").is_some());
    assert!(slice.value["paths"]["/b"].get("post").is_some());
    assert_eq!(
        slice.value["components"]["securitySchemes"]
            .as_object()
            .map(|schemes| schemes.len()),
        Some(2)
    );
}

/// Returns a document whose only operation responds with the given schema.
fn responding_with(schema: &str, components: &str) -> Document {
    document(&format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{responses: {{'200': {{description: '', \
         content: {{a/b: {{schema: {schema}}}}}}}}}}}}}}}\ncomponents: {components}"
    ))
}

const SCHEMA: &str = "/paths/~1a/get/responses/200/content/a~1b/schema";

#[test]
fn unresolved_and_unsupported_references() {
    let cases = [
        (
            "{$ref: '#/components/schemas/Missing'}",
            "/$ref",
            "the document has no /components/schemas/Missing",
        ),
        (
            "{items: {$ref: 'other.yaml#/S'}}",
            "/items/$ref",
            "unsupported reference",
        ),
        (
            "{items: {$ref: 'https://example.com/s.json'}}",
            "/items/$ref",
            "unsupported reference",
        ),
        ("{$ref: '#anchor'}", "/$ref", "unsupported reference"),
        ("{$ref: '#'}", "/$ref", "unsupported reference"),
        (
            "{$ref: '#/components/parameters/P'}",
            "/$ref",
            "does not refer to components/schemas",
        ),
        ("{$ref: [a]}", "/$ref", "must be a string"),
        (
            "{discriminator: {propertyName: p, mapping: {a: Missing}}}",
            "/discriminator/mapping/a",
            "unsupported reference",
        ),
    ];
    for (schema, place, message) in cases {
        let document = responding_with(schema, "{parameters: {P: {name: p, in: query, schema: {}}}}");
        let (found, text) = parts(cut(&document, &["GET /a"]));
        assert_eq!(found, format!("{SCHEMA}{place}"), "{schema}");
        assert!(text.contains(message), "{text}");
    }
}

#[test]
fn undeclared_security_is_reported() {
    let text = "openapi: 3.1.0\ninfo: {}\nsecurity: [{A: []}]\npaths: {/a: {get: {}}, /b: {get: {security: [{B: []}]}}}";
    let slice = cut(&document(text), &["GET /a", "GET /b"]).unwrap();
    let expected = [("A", "/security"), ("B", "/paths/~1b/get/security")];
    let expected = expected.map(|(name, place)| (name.to_owned(), place.to_owned()));
    assert_eq!(slice.undeclared_schemes, expected.into());
    let text = "openapi: 3.1.0\ninfo: {}\npaths: {/a: {get: {security: {A: []}}}}";
    assert_eq!(
        parts(cut(&document(text), &["GET /a"])).0,
        "/paths/~1a/get/security"
    );
}

#[test]
fn a_discriminator_reaches_the_schemas_of_its_mapping() {
    let schema = "{discriminator: {propertyName: p, mapping: {a: A, b: '#/components/schemas/B'}}}";
    let slice = cut(
        &responding_with(schema, "{schemas: {A: {}, B: {}, C: {}}}"),
        &["GET /a"],
    )
    .unwrap();
    assert_eq!(slice.value["components"], value("{schemas: {A: {}, B: {}}}"));
    assert_eq!(
        slice.value.pointer(&format!("{SCHEMA}/discriminator/mapping")),
        Some(&value(
            "{a: '#/components/schemas/A', b: '#/components/schemas/B'}"
        ))
    );
}

#[test]
fn a_discriminator_without_a_choice_reaches_the_schemas_that_extend_it() {
    let components = "{schemas: {
        Parent: {discriminator: {propertyName: p, mapping: {one: One}}},
        One: {allOf: [{$ref: '#/components/schemas/Parent'}]},
        Two: {allOf: [{$ref: '#/components/schemas/Parent'}, {type: object}]},
        Other: {allOf: [{$ref: '#/components/schemas/Two'}]}}}";
    let slice = cut(
        &responding_with("{$ref: '#/components/schemas/Parent'}", components),
        &["GET /a"],
    )
    .unwrap();
    let schemas = slice.value["components"]["schemas"].as_object().unwrap();
    assert_eq!(schemas.keys().collect::<Vec<_>>(), ["One", "Parent", "Two"]);
    assert_eq!(
        schemas["Parent"]["discriminator"]["mapping"],
        value("{one: '#/components/schemas/One'}")
    );
}

/// Returns the references in an array of schemas.
fn references(schema: &Value) -> Vec<&str> {
    schema["allOf"]
        .as_array()
        .unwrap()
        .iter()
        .map(|schema| schema["$ref"].as_str().unwrap())
        .collect()
}

#[test]
fn nested_reference_targets_become_components() {
    let schema =
        "{allOf: [{$ref: '#/components/schemas/A/$defs/Part'}, {$ref: '#/components/schemas/A/properties/A'},
        {$ref: '#/components/schemas/A/$defs/Part'}, {$ref: '#/paths/~1a/get/x-schema%20s'}]}";
    let components =
        "{schemas: {A: {$defs: {Part: {properties: {again: {$ref: '#/components/schemas/A/$defs/Part'}}}},
        properties: {A: {typ: string}}}}}";
    let text = responding_with(schema, components).value().clone();
    let mut text = serde_json::to_value(text).unwrap();
    text["paths"]["/a"]["get"]["x-schema s"] = value("{type: string}");
    let slice = cut(&document(&text.to_string()), &["GET /a"]).unwrap();
    let expected = [
        "#/components/schemas/Part",
        "#/components/schemas/properties_A",
        "#/components/schemas/Part",
        "#/components/schemas/x_schema_s",
    ];
    assert_eq!(references(slice.value.pointer(SCHEMA).unwrap()), expected);
    let reached =
        "{Part: {properties: {again: {$ref: '#/components/schemas/Part'}}}, properties_A: {typ: string},
        x_schema_s: {type: string}}";
    assert_eq!(slice.value["components"]["schemas"], value(reached));
    assert_eq!(
        slice.origin("/components/schemas/properties_A/typ"),
        "/components/schemas/A/properties/A/typ"
    );
    assert_eq!(slice.origin(SCHEMA), SCHEMA);
}

#[test]
fn callbacks_keep_their_dependencies() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {/a: {post: {responses: {}, callbacks: {done: \
                {'{$request.body#/url}': {post: {security: [{Key: []}], requestBody: {content: {a/b: {schema: {$ref: \
                '#/components/schemas/S'}}}}}}}}}}}\ncomponents: {schemas: {S: {}}, securitySchemes: {Key: {}}}";
    let slice = cut(&document(text), &["POST /a"]).unwrap();
    assert_eq!(
        slice.value["components"],
        value("{schemas: {S: {}}, securitySchemes: {Key: {}}}")
    );
}

#[test]
fn callbacks_use_the_global_security() {
    let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\nsecurity: [{Key: []}]\npaths: {/a: {post: {responses: {}, \
                security: [], callbacks: {done: {'{$request.body#/url}': {post: {responses: {}}}}}}}}\ncomponents: \
                {securitySchemes: {Key: {}}}";
    let slice = cut(&document(text), &["POST /a"]).unwrap();
    assert_eq!(slice.value["security"], value("[{Key: []}]"));
    assert_eq!(slice.value["components"], value("{securitySchemes: {Key: {}}}"));
}
