//! Names that would map to the same identifier: the code has distinct names and sends the original ones.

use crate::support::{content, generate_from, with_body, with_operation};

fn client(text: &str) -> String {
    let files = generate_from(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let client = content(&files, "client.rs").to_owned();
    assert!(syn::parse_file(&client).is_ok());
    client
}

#[track_caller]
fn contains(code: &str, parts: &[&str]) {
    let code: String = code.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in parts {
        assert!(code.contains(part), "no {part} in {code}");
    }
}

#[test]
fn properties() {
    let schema = "{type: object, required: [fooBar], properties: {foo_bar: {type: string}, fooBar: {type: string}, FOO_BAR: {type: integer}}}";
    let code = client(&with_body(
        "{$ref: '#/components/schemas/Pet'}",
        &format!("{{Pet: {schema}}}"),
    ));
    contains(
        &code,
        &[
            "pub foo_bar: ::std::option::Option<::std::string::String>",
            "#[serde(rename = \"fooBar\")] pub foo_bar_2: ::std::string::String",
            "rename = \"FOO_BAR\"",
            "pub foo_bar_3: ::std::option::Option<i64>",
        ],
    );
    assert!(
        !code.contains("fooBar 2") && !code.contains("FOO_BAR 2"),
        "{code}"
    );
}

#[test]
fn new_names_differ_from_all_properties() {
    let schema =
        "{type: object, properties: {a_b: {type: string}, aB: {type: string}, 'aB 2': {type: boolean}}}";
    let code = client(&with_body(schema, "{}"));
    contains(
        &code,
        &[
            "rename = \"aB\"",
            "rename = \"aB 2\"",
            "pub a_b_2: ::std::option::Option<bool>",
            "pub a_b_3: ::std::option::Option<::std::string::String>",
        ],
    );
}

#[test]
fn a_property_with_the_name_of_the_field_for_other_properties() {
    let schema = "{type: object, properties: {extra: {type: boolean}}, additionalProperties: {type: string}}";
    contains(
        &client(&with_body(schema, "{}")),
        &[
            "rename = \"extra\"",
            "pub extra_2: ::std::option::Option<bool>",
            "#[serde(flatten)] pub extra:",
        ],
    );
}

#[test]
fn parameters() {
    let names = ["a_b", "aB", "send", "new", "client", "body"];
    let parameters = names.map(|name| format!("{{name: {name}, in: query, schema: {{type: string}}}}"));
    let parameters = format!(
        "{}, {{name: a-b, in: header, schema: {{type: string}}}}",
        parameters.join(", ")
    );
    let code = client(&with_operation(&format!(
        "{{operationId: a, responses: {{}}, parameters: [{parameters}]}}"
    )));
    contains(
        &code,
        &[
            "pub fn a_b<V>",
            "pub fn a_b_2<V>",
            "pub fn send_2<V>",
            "pub fn new_2<V>",
            "pub fn client_2<V>",
            "pub fn body_2<V>",
            "QueryParam::new(\"a_b\", &a_b)",
            "QueryParam::new(\"aB\", &a_b_2)",
            "QueryParam::new(\"send\", &send_2)",
            "QueryParam::new(\"new\", &new_2)",
            "\"a-b\"",
        ],
    );
    assert!(
        !code.contains("\"aB 2\"") && !code.contains("\"send 2\""),
        "{code}"
    );
}

#[test]
fn parameters_of_one_name_in_two_places() {
    let parameters = "{name: id, in: path, required: true, schema: {type: string}}, {name: id, in: query, schema: {type: string}}, {name: id, in: header, schema: {type: string}}";
    let text = with_operation(&format!(
        "{{operationId: a, responses: {{}}, parameters: [{parameters}]}}"
    ))
    .replace("/pets", "/pets/{id}");
    contains(
        &client(&text),
        &[
            "pub fn id<V>",
            "pub fn id_2<V>",
            "pub fn id_3<V>",
            "QueryParam::new(\"id\", &id_2)",
        ],
    );
}

#[test]
fn parameters_of_the_path_and_by_reference() {
    let text = "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    parameters: [{name: a_b, in: query, schema: {type: string}}]
    get:
      operationId: a
      parameters: [{$ref: '#/components/parameters/Other'}, {name: a_b, in: query, schema: {type: integer}}]
      responses: {}
components: {parameters: {Other: {name: aB, in: query, schema: {type: string}}}}
";
    let code = client(text);
    contains(
        &code,
        &[
            "QueryParam::new(\"a_b\", ",
            "QueryParam::new(\"aB\", ",
            "pub fn a_b<V>",
            "pub fn a_b_2<V>",
        ],
    );
}

#[test]
fn types() {
    let schemas = "{a_b: {type: object, properties: {x: {type: string}}}, aB: {type: object, properties: {y: {type: string}}}, default: {type: object, properties: {z: {type: string}}}}";
    let body = "{type: object, properties: {a: {$ref: '#/components/schemas/a_b'}, b: {$ref: '#/components/schemas/aB'}, c: {$ref: '#/components/schemas/default'}}}";
    contains(
        &client(&with_body(body, schemas)),
        &[
            "pub struct AB {",
            "pub struct AB2 {",
            "pub struct Default2 {",
            "pub a: ::std::option::Option<AB>",
            "pub b: ::std::option::Option<AB2>",
            "pub c: ::std::option::Option<Default2>",
        ],
    );
}

#[test]
fn a_type_and_the_type_of_a_property() {
    let schemas = "{Room: {type: object, properties: {type: {type: string, enum: [a, b]}}}, RoomType: {type: object, properties: {x: {type: string}}}}";
    let body = "{type: object, properties: {room: {$ref: '#/components/schemas/Room'}, type: {$ref: '#/components/schemas/RoomType'}}}";
    contains(
        &client(&with_body(body, schemas)),
        &[
            "pub enum RoomType {",
            "pub struct RoomType2 {",
            "pub type_: ::std::option::Option<RoomType2>",
        ],
    );
}

#[test]
fn a_nullable_union_and_the_union_without_null() {
    let union = "oneOf: [{type: string}, {type: boolean}, {type: object, properties: {a: {type: string}}}]";
    let schemas = format!("{{Value: {{nullable: true, {union}}}, NonNullValue: {{type: string}}}}");
    let body = "{type: object, properties: {a: {$ref: '#/components/schemas/Value'}, b: {$ref: '#/components/schemas/NonNullValue'}}}";
    let code = client(&with_body(body, &schemas));
    contains(
        &code,
        &[
            "pub enum NonNullValue2 {",
            "pub struct Value(",
            "pub struct NonNullValue(",
        ],
    );
}

#[test]
fn a_nullable_intersection_and_the_intersection_without_null() {
    for parts in [
        "allOf: [{$ref: '#/components/schemas/Base'}, {type: object, additionalProperties: true}]",
        "allOf: [{type: object, properties: {a: {type: string}}}]",
    ] {
        let schemas = format!(
            "{{Value: {{nullable: true, {parts}}}, Base: {{type: object, properties: {{b: {{type: string}}}}}}}}"
        );
        let body = "{type: object, properties: {a: {$ref: '#/components/schemas/Value'}}}";
        let code = client(&with_body(body, &schemas));
        contains(&code, &["pub struct NonNullValue {", "pub struct Value("]);
    }
    // One referenced part has its own name.
    let schemas = "{Value: {nullable: true, allOf: [{$ref: '#/components/schemas/Base'}]}, Base: {type: object, properties: {b: {type: string}}}}";
    let body = "{type: object, properties: {a: {$ref: '#/components/schemas/Value'}}}";
    let code = client(&with_body(body, schemas));
    assert!(!code.contains("NonNull"), "{code}");
}

#[test]
fn operations() {
    let text = with_operation(
        "{operationId: a_b, responses: {}}, put: {operationId: a-b, responses: {}}, post: {operationId: aB, requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {}}",
    );
    let files = generate_from(&text).unwrap();
    contains(
        content(&files, "client.rs"),
        &["pub fn a_b(&self)", "pub fn a_b_2(&self)", "pub fn a_b_3(&self)"],
    );
    contains(
        content(&files, "constants.rs"),
        &["pub mod a_b {", "pub mod a_b_2 {", "pub mod a_b_3 {"],
    );
    content(&files, "a_b_3.schema.json");
}
