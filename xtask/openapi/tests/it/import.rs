//! Complete imports, from a published document to the facts.

use serde_json::Value;
use xtask_openapi::import::Imported;
use xtask_openapi::{Error, import};

use crate::support::{document, lowered, parts, value};

fn import_from(text: &str, selectors: &[&str]) -> Result<Imported, Error> {
    let selectors: Vec<_> = selectors
        .iter()
        .map(|selector| selector.parse().unwrap())
        .collect();
    import(&document(text), &selectors)
}

/// Imports the facts again.
fn again(facts: &Imported, selectors: &[&str]) -> Imported {
    import_from(&facts.yaml, selectors).unwrap()
}

const API: &str = "
openapi: 3.1.0
info: {version: '1', title: T, description: d, license: {name: L}}
tags: [{name: Rooms, description: d}, {name: Others}]
x-generator: g
security: [{Key: []}]
paths:
  /rooms/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string, format: uuid, description: d}}]
    post:
      operationId: make
      summary: s
      tags: [Rooms]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Types.Room'}}}}
      responses:
        '200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Types.Room'}}}}
        4XX: {$ref: '#/components/responses/Failed'}
  /others: {get: {operationId: others, responses: {'200': {description: d}}}}
servers: [{url: https://example.com/api/v1, description: d}]
components:
  responses:
    Failed: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/A.Problem'}}}}
  schemas:
    Types.Room:
      type: object
      title: t
      required: [name, kind]
      properties:
        name: {type: [string, 'null'], maxLength: 5, examples: [a]}
        kind: {allOf: [{$ref: '#/components/schemas/Kind'}], description: d}
        seconds: {type: integer, exclusiveMinimum: 0, default: 1}
      if: {$ref: '#/components/schemas/OnlyInCondition'}
    Kind: {type: string, enum: [b, a]}
    A.Problem: {properties: {b: {$ref: '#/components/schemas/B.Problem'}}}
    B.Problem: {type: 'null'}
    OnlyInCondition: {type: object}
    Unused: {type: string}
  securitySchemes:
    Key: {type: apiKey, in: header, name: k, description: d}
    Unused: {type: http, scheme: basic}
";

const FACTS: &str = r##"# Written by `cargo xtask import`; do not edit. Corrections belong in the overlay.
openapi: "3.1.0"
info:
  version: "1"
  title: T
servers:
- url: https://example.com
security:
- Key: []
tags:
- name: Rooms
paths:
  "/api/v1/rooms/{id}":
    parameters:
    - name: id
      in: path
      required: true
      schema:
        type: string
        format: uuid
    post:
      operationId: make
      tags:
      - Rooms
      requestBody:
        content:
          application/json:
            schema:
              $ref: "#/components/schemas/Room"
      responses:
        "200":
          description: ""
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/Room"
        4XX:
          $ref: "#/components/responses/Failed"
components:
  responses:
    Failed:
      description: ""
      content:
        application/json:
          schema:
            $ref: "#/components/schemas/A.Problem"
  schemas:
    A.Problem:
      properties:
        b:
          $ref: "#/components/schemas/B.Problem"
    B.Problem:
      type: "null"
    Kind:
      type: string
      enum:
      - b
      - a
    OnlyInCondition:
      type: object
    Room:
      type: object
      required:
      - name
      - kind
      properties:
        name:
          type:
          - string
          - "null"
          maxLength: 5
        kind:
          allOf:
          - $ref: "#/components/schemas/Kind"
        seconds:
          type: integer
          exclusiveMinimum: 0
          default: 1
      if:
        $ref: "#/components/schemas/OnlyInCondition"
  securitySchemes:
    Key:
      type: apiKey
      in: header
      name: k
x-generator: g
"##;

#[test]
fn a_document_is_cut_stripped_and_written() {
    let imported = import_from(API, &["make"]).unwrap();
    assert_eq!(imported.yaml, FACTS);
    assert_eq!(value(&imported.yaml), imported.facts);
}

#[test]
fn facts_keep_the_published_version() {
    for version in ["3.0.0", "3.0.3", "3.1.0", "3.1.1"] {
        let text = responding_with("{type: object}", "{}").replace("3.1.0", version);
        let imported = import_from(&text, &["a"]).unwrap();
        assert_eq!(imported.facts["openapi"], version);
    }
}

#[test]
fn imports_are_idempotent() {
    for selectors in [&["make"][..], &["others"], &["make", "others"]] {
        let facts = import_from(API, selectors).unwrap();
        let again = again(&facts, selectors);
        assert_eq!(again.yaml, facts.yaml);
    }
}

#[test]
fn several_operations_share_dependencies() {
    let imported = import_from(API, &["others", "POST /api/v1/rooms/{id}"]).unwrap();
    let paths: Vec<&String> = imported.facts["paths"].as_object().unwrap().keys().collect();
    assert_eq!(paths, ["/api/v1/rooms/{id}", "/api/v1/others"]);
}

/// Returns a document with the given component schemas, whose only operation responds with the given schema.
fn responding_with(schema: &str, schemas: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{operationId: a, responses: {{'200': \
         {{description: d, content: {{a/b: {{schema: {schema}}}}}}}}}}}}}}}\ncomponents: {{schemas: {schemas}}}"
    )
}

#[test]
fn locations_refer_to_the_published_document() {
    let reached = "{$ref: '#/components/schemas/A/$defs/Part'}";
    let wrong = responding_with(reached, "{A: {$defs: {Part: {items: {typ: string}}}}}");
    let error = import_from(&wrong, &["a"]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "test.yaml: at /components/schemas/A/$defs/Part/items/typ: `typ` is not a schema keyword; extensions must start with `x-`"
    );
}

#[test]
fn unused_parts_may_be_invalid() {
    assert!(
        import_from(
            &responding_with("{type: string}", "{Wrong: {typ: string}}"),
            &["a"]
        )
        .is_ok()
    );
}

#[test]
fn an_undeclared_security_scheme_is_rejected() {
    let text = responding_with("{}", "{}").replace("openapi:", "security: [{Key: []}]\nopenapi:");
    let (place, message) = parts(import_from(&text, &["a"]));
    assert_eq!(place, "/security");
    assert!(message.contains("undeclared security scheme `Key`"), "{message}");
}

#[test]
fn unique_names_lose_their_namespace() {
    let schema = "{oneOf: [{$ref: '#/components/schemas/X.Cat'}, {$ref: '#/components/schemas/X.Y.Dog'},
        {$ref: '#/components/schemas/Z.Dog'}, {$ref: '#/components/schemas/W.'}, {$ref: '#/components/schemas/V.Cow'}],
        discriminator: {propertyName: p, mapping: {moo: V.Cow}}}";
    let schemas =
        "{X.Cat: {type: object}, X.Y.Dog: {type: object}, Z.Dog: {type: object}, W.: {type: object},
        V.Cow: {type: object}}";
    let imported = import_from(&responding_with(schema, schemas), &["a"]).unwrap();
    let names: Vec<&String> = imported.facts["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    assert_eq!(names, ["Cat", "Cow", "W.", "X.Y.Dog", "Z.Dog"]);
    let discriminator = imported
        .facts
        .pointer("/paths/~1a/get/responses/200/content/a~1b/schema/discriminator");
    // The discriminator still uses the old schema name as a value.
    let expected =
        "{propertyName: p, mapping: {moo: '#/components/schemas/Cow', X.Cat: '#/components/schemas/Cat'}}";
    assert_eq!(discriminator, Some(&value(expected)));
}

#[test]
fn a_schema_that_is_selected_by_its_name_keeps_it() {
    let schemas = "{N.Pet: {type: object, discriminator: {propertyName: p, mapping: {cat: '#/components/schemas/N.Cat'}}},
        N.Cat: {allOf: [{$ref: '#/components/schemas/N.Pet'}]}, N.Dog: {allOf: [{$ref: '#/components/schemas/N.Pet'}]}}";
    let text = responding_with("{$ref: '#/components/schemas/N.Pet'}", schemas);
    let imported = import_from(&text, &["a"]).unwrap();
    let expected = "{Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]},
        N.Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]},
        Pet: {type: object, discriminator: {propertyName: p, mapping: {cat: '#/components/schemas/Cat'}}}}";
    assert_eq!(imported.facts["components"]["schemas"], value(expected));
    assert_eq!(again(&imported, &["a"]).yaml, imported.yaml);
}

#[test]
fn security_schemes_keep_their_names() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nsecurity: [{My.Auth: []}]\npaths: {/a: {get: \
                {operationId: a, responses: {}}}}\ncomponents: {securitySchemes: {My.Auth: {type: http, scheme: basic}}}";
    let imported = import_from(text, &["a"]).unwrap();
    assert_eq!(
        imported.facts["components"]["securitySchemes"],
        value("{My.Auth: {type: http, scheme: basic}}")
    );
    assert_eq!(again(&imported, &["a"]).yaml, imported.yaml);
}

#[test]
fn schemas_that_extend_another_are_found_next_to_siblings() {
    for beside in [
        "",
        "minProperties: 1",
        "deprecated: true",
        "x-a: 1",
        "description: d",
    ] {
        let schemas = format!(
            "{{Pet: {{type: object, discriminator: {{propertyName: kind}}}}, Bird: {{allOf: [{{$ref: \
             '#/components/schemas/Pet', {beside}}}, {{type: object, required: [wings]}}]}}}}"
        );
        let text = responding_with("{$ref: '#/components/schemas/Pet'}", &schemas);
        let imported = import_from(&text, &["a"]).unwrap();
        let bird = imported.facts.pointer("/components/schemas/Bird");
        assert!(bird.is_some(), "{beside}: {}", imported.yaml);
        assert_eq!(again(&imported, &["a"]).yaml, imported.yaml);
    }
}

/// A `not` that refers to a widened schema would exclude more values.
#[test]
fn a_negation_of_a_lossy_schema_is_dropped() {
    let schemas = "{Exact: {type: object, required: [a]}, Weak: {type: object, patternProperties: {^a: {type: string}}},
        Outer: {properties: {inner: {$ref: '#/components/schemas/Weak'}}},
        Own: {type: object, properties: {own: {not: {$ref: '#/components/schemas/Own'}}}}}";
    for (refused, stays) in [("Exact", true), ("Weak", false), ("Outer", false), ("Own", true)] {
        let schema = format!("{{not: {{$ref: '#/components/schemas/{refused}'}}}}");
        let imported = import_from(&responding_with(&schema, schemas), &["a"]).unwrap();
        let lowered = lowered(&imported);
        let found = lowered
            .value
            .pointer("/paths/~1a/get/responses/200/content/a~1b/schema");
        assert_eq!(
            found,
            Some(&value(if stays { &schema } else { "{}" })),
            "{refused}"
        );
        assert_eq!(
            lowered.lossy_conversions.is_empty(),
            stays,
            "{:?}",
            lowered.lossy_conversions
        );
    }
}

#[test]
fn links_to_unselected_operations_are_rejected() {
    let api = |link: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\nservers: [{{url: https://example.com/api}}]\npaths:\n  \
             /a: {{get: {{operationId: a, responses: {{'200': {{description: d, links: {{l: {link}}}}}}}}}}}\n  \
             /b: {{get: {{operationId: b, responses: {{}}}}, put: {{responses: {{}}}}}}"
        )
    };
    for link in ["{operationId: b}", "{operationRef: '#/paths/~1b/get'}"] {
        let imported = import_from(&api(link), &["a", "b"]).unwrap();
        let found = imported
            .facts
            .pointer("/paths/~1api~1a/get/responses/200/links/l");
        assert_eq!(found, Some(&value("{operationId: b}")));
        let error = import_from(&api(link), &["a"]).unwrap_err().to_string();
        assert!(
            error.contains("at /paths/~1a/get/responses/200/links/l/operation")
                && error.contains("doesn't exist or is not selected"),
            "{error}"
        );
    }
    let nameless = import_from(&api("{operationRef: '#/paths/~1b/put'}"), &["a", "PUT /b"]);
    let error = nameless.unwrap_err().to_string();
    assert!(error.contains("without an operationId"), "{error}");
    let elsewhere = "{operationRef: 'https://example.com/other.yaml#/paths/~1c/get'}";
    assert!(import_from(&api(elsewhere), &["a"]).is_ok());
}

#[test]
fn errors_in_referenced_path_items_have_their_location() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {$ref: '#/components/pathItems/P'}}\n\
                components: {pathItems: {P: {get: {operationId: a, responses: {}, FIELD}}}}";
    for (field, place) in [
        ("foo: 1", "at /components/pathItems/P/get/foo: "),
        (
            "parameters: [{$ref: '#/nowhere'}]",
            "at /components/pathItems/P/get/parameters/0/$ref: ",
        ),
    ] {
        let error = import_from(&text.replace("FIELD", field), &["a"])
            .unwrap_err()
            .to_string();
        assert!(error.contains(place), "{error}");
    }
}

/// Imports a document with the given servers and returns the resulting server URLs and path.
fn moved(servers: &str, path: &str) -> (Value, String) {
    let text = format!(
        "openapi: 3.0.0\ninfo: {{title: T, version: '1'}}\nservers: {servers}\npaths: {{{path}: {{get: {{operationId: a, \
         responses: {{}}}}}}}}"
    );
    let facts = import_from(&text, &["a"]).unwrap().facts;
    let path = facts["paths"].as_object().unwrap().keys().next().unwrap().clone();
    (facts["servers"].clone(), path)
}

#[test]
fn shared_server_paths_move_into_the_paths() {
    let space = "variables: {s: {default: d}}";
    for (servers, moved_servers, path) in [
        (
            "[{url: https://a.com/api/}]".to_owned(),
            "[{url: https://a.com}]".to_owned(),
            "/api/x",
        ),
        (
            "[{url: https://a.com/api}, {url: 'https://b.com/api/'}]".to_owned(),
            "[{url: https://a.com}, {url: https://b.com}]".to_owned(),
            "/api/x",
        ),
        (
            format!("[{{url: 'https://{{s}}.a.com/api', {space}}}]"),
            format!("[{{url: 'https://{{s}}.a.com', {space}}}]"),
            "/api/x",
        ),
        ("[{url: /api}]".to_owned(), "[{url: /}]".to_owned(), "/api/x"),
        (
            "[{url: https://a.com/}]".to_owned(),
            "[{url: https://a.com/}]".to_owned(),
            "/x",
        ),
        // Prefixes that differ or contain variables are kept.
        (
            "[{url: https://a.com/api}, {url: https://b.com}]".to_owned(),
            "[{url: https://a.com/api}, {url: https://b.com}]".to_owned(),
            "/x",
        ),
        (
            format!("[{{url: 'https://a.com/{{s}}', {space}}}]"),
            format!("[{{url: 'https://a.com/{{s}}', {space}}}]"),
            "/x",
        ),
    ] {
        assert_eq!(
            moved(&servers, "/x"),
            (value(&moved_servers), path.to_owned()),
            "{servers}"
        );
    }
}

#[test]
fn deeply_nested_schemas_are_imported() {
    let deep = |schema: &str| {
        (0..24).fold(schema.to_owned(), |inner, _| {
            format!("{{allOf: [{inner}, {{}}]}}")
        })
    };
    let imported = import_from(&responding_with(&deep("{type: [string, 'null']}"), "{}"), &["a"]).unwrap();
    assert!(lowered(&imported).value.to_string().contains("\"nullable\":true"));
}
