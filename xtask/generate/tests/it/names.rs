//! Names that map to the same identifier become distinct in the code, which still sends the original names.

use xtask_generate::RenamedOperation;

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
        assert!(code.contains(part), "{part} is missing in {code}");
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
fn a_property_named_extra_gets_a_different_field_name() {
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
fn required_properties_without_a_schema_keep_their_field_names() {
    let schema = "{type: object, properties: {_id: {type: boolean}}, required: [id]}";
    contains(
        &client(&with_body(schema, "{}")),
        &[
            "pub id: ::serde_json::Value",
            "rename = \"_id\"",
            "pub id_2: ::std::option::Option<bool>",
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
fn parameters_with_the_same_name_in_different_locations() {
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
fn path_item_parameters_and_referenced_parameters() {
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

/// Generates code for a body that refers to all the given component schemas.
fn client_of_components(names: &[&str], schemas: &str) -> String {
    let properties = names
        .iter()
        .map(|name| format!("'the {name}': {{$ref: '#/components/schemas/{name}'}}"));
    let properties = properties.collect::<Vec<_>>().join(", ");
    client(&with_body(
        &format!("{{type: object, properties: {{{properties}}}}}"),
        schemas,
    ))
}

#[test]
fn a_component_named_like_a_nested_type() {
    let nested = "Room: {type: object, properties: {type: {type: string, enum: [a, b]}}}";
    let component = "RoomType: {type: object, properties: {x: {type: string}}}";
    for schemas in [format!("{nested}, {component}"), format!("{component}, {nested}")] {
        contains(
            &client_of_components(&["Room", "RoomType"], &format!("{{{schemas}}}")),
            &[
                "pub enum RoomType2 {",
                "pub type_: ::std::option::Option<RoomType2>",
                "pub struct RoomType {",
                "pub the_room_type: ::std::option::Option<RoomType>",
            ],
        );
    }
}

#[test]
fn a_component_named_like_an_inline_body() {
    let body = "{type: object, properties: {x: {$ref: '#/components/schemas/AddPetBody'}}}";
    let schemas = "{AddPetBody: {type: object, properties: {y: {type: string}}}}";
    contains(
        &client(&with_body(body, schemas)),
        &[
            "pub struct AddPetBody {",
            "pub y: ::std::option::Option<::std::string::String>",
            "pub struct AddPetBody2 {",
            "pub x: ::std::option::Option<AddPetBody>",
            "body: Result<types::builder::AddPetBody2",
        ],
    );
}

#[test]
fn a_component_named_like_a_nested_type_of_an_intersection() {
    let kind = "RoomKind: {type: object, properties: {kind: {type: string, enum: [a, b]}}}";
    let room = "Room: {allOf: [{$ref: '#/components/schemas/RoomKind'}, {type: object, properties: {x: {type: string}}}]}";
    contains(
        &client_of_components(&["Room", "RoomKind"], &format!("{{{room}, {kind}}}")),
        &[
            "pub struct RoomKind2 {",
            "pub enum RoomKind {",
            "pub the_room_kind: ::std::option::Option<RoomKind2>",
            "pub kind: ::std::option::Option<RoomKind>",
        ],
    );
}

#[test]
fn recursive_intersections() {
    let child = "child: {allOf: [{$ref: '#/components/schemas/Room'}, {type: object}]}";
    let base = format!("{{type: object, properties: {{{child}, type: {{type: string, enum: [a, b]}}}}}}");
    let schemas = format!("{{Room: {{allOf: [{{$ref: '#/components/schemas/Base'}}]}}, Base: {base}}}");
    contains(
        &client_of_components(&["Room", "Base"], &schemas),
        &["pub struct Room", "pub struct Base {"],
    );
}

#[test]
fn parts_of_an_intersection_may_limit_the_same_property() {
    let kind =
        |values: &str| format!("{{type: object, properties: {{kind: {{type: string, enum: [{values}]}}}}}}");
    let parts = format!("[{{$ref: '#/components/schemas/Base'}}, {}]", kind("a"));
    let schemas = format!("{{Room: {{allOf: {parts}}}, Base: {}}}", kind("a, b"));
    let code = client_of_components(&["Room", "Base"], &schemas);
    contains(&code, &["pub enum RoomKind {", "pub enum BaseKind {"]);
    assert!(!code.contains("Kind2"), "{code}");
}

/// Asserts that the field of one type and the type called `RoomType`, in either order, have different types.
#[test]
fn any_nested_type_can_be_named_like_a_component() {
    for schema in [
        "{type: integer, enum: [1, 2]}",
        "{type: object, additionalProperties: false}",
        "{type: object, required: [x]}",
        "{oneOf: [{type: object, properties: {p: {type: string}}}]}",
        "{type: object, title: RoomType, properties: {p: {type: string}}}",
    ] {
        let room = format!("Room: {{type: object, properties: {{type: {schema}}}}}");
        let component = "RoomType: {type: object, properties: {q: {type: string}}}";
        for schemas in [format!("{room}, {component}"), format!("{component}, {room}")] {
            let code = client_of_components(&["Room", "RoomType"], &format!("{{{schemas}}}"));
            let (_, field) = code.split_once("pub type_: ::std::option::Option<").unwrap();
            let other = "pub the_room_type: ::std::option::Option<";
            let (_, component) = code.split_once(other).unwrap();
            let [field, component] = [field, component].map(|text| text.split('>').next().unwrap());
            assert_ne!(field, component, "{schemas}");
        }
    }
}

#[test]
fn items_and_values_with_the_same_name() {
    let object = |name: &str| format!("{{type: object, properties: {{{name}: {{type: string}}}}}}");
    let array = |name: &str| format!("{{type: array, items: {}}}", object(name));
    let map = |name: &str| format!("{{type: object, additionalProperties: {}}}", object(name));
    for schemas in [
        format!(
            "Room: {{type: object, properties: {{seat: {}}}}}, RoomSeat: {}",
            array("p"),
            array("q")
        ),
        format!(
            "Room: {{type: object, properties: {{seat: {}}}}}, RoomSeat: {}",
            map("p"),
            map("q")
        ),
        format!(
            "Room: {{type: object, properties: {{seat_row: {}}}}}, RoomSeat: {{type: object, properties: {{row: {}}}}}",
            array("p"),
            array("q")
        ),
    ] {
        let code = client_of_components(&["Room", "RoomSeat"], &format!("{{{schemas}}}"));
        contains(
            &code,
            &["pub p: ::std::option::Option<", "pub q: ::std::option::Option<"],
        );
    }
}

#[test]
fn a_component_named_like_a_merged_type() {
    let object = |name: &str, schema: &str| format!("{{type: object, properties: {{{name}: {schema}}}}}");
    let leaf = |name: &str| object(name, "{type: string}");
    let base = object("kind", &leaf("p"));
    let room = format!(
        "{{allOf: [{{$ref: '#/components/schemas/Base'}}, {}]}}",
        object("kind", &leaf("q"))
    );
    let schemas = format!("{{Base: {base}, RoomKind: {}, Room: {room}}}", leaf("z"));
    let code = client_of_components(&["Base", "Room", "RoomKind"], &schemas);
    contains(
        &code,
        &[
            "pub kind: ::std::option::Option<BaseKind>",
            "pub kind: ::std::option::Option<RoomKind>",
            "pub the_room_kind: ::std::option::Option<RoomKind2>",
            "pub q: ::std::option::Option<",
        ],
    );
}

#[test]
fn nested_types_with_the_same_name() {
    let object = |name: &str, ty: &str| format!("{{type: object, properties: {{{name}: {ty}}}}}");
    let leaf = |name: &str| object(name, "{type: string}");
    let schemas = format!(
        "{{Room: {}, RoomSeat: {}, Hall: {}, HallSeat: {}}}",
        object("seat_row", &leaf("x")),
        object("row", &format!("{{type: array, items: {}}}", leaf("y"))),
        object("seat_row", &leaf("z")),
        object("row", &leaf("z")),
    );
    let code = client_of_components(&["Room", "RoomSeat", "Hall", "HallSeat"], &schemas);
    contains(
        &code,
        &[
            "pub seat_row: ::std::option::Option<RoomSeatRow>",
            "pub row: ::std::option::Option<::std::vec::Vec<RoomSeatRowItem>>",
            "pub seat_row: ::std::option::Option<HallSeatRow>",
            "pub row: ::std::option::Option<HallSeatRow>",
        ],
    );
    assert!(!code.contains("HallSeatRow2"), "{code}");
}

#[test]
fn types_named_like_names_in_the_generated_code() {
    for name in ["Default", "Err", "None", "Ok", "Some"] {
        let code = client_of_components(
            &[name],
            &format!("{{{name}: {{type: string, format: date-time}}}}"),
        );
        contains(&code, &[&format!("pub struct {name}2(")]);
    }
}

#[test]
fn parameters_named_like_variables_and_functions_of_the_generated_code() {
    let parameter =
        |name: &str, place: &str| format!("{{name: {name}, in: {place}, schema: {{type: string}}}}");
    let names = ["header_map", "body_map", "with_body", "decode-response"];
    let parameters = names.map(|name| parameter(name, "query")).join(", ");
    let code = client(&with_operation(&format!(
        "{{operationId: a, parameters: [{}, {parameters}], responses: {{}}}}",
        parameter("H", "header")
    )));
    contains(
        &code,
        &[
            "\"header_map\", &header_map_2",
            "\"decode-response\", &decode_response_2",
        ],
    );
}

#[test]
fn new_names_differ_from_all_strings() {
    let schema =
        "{type: object, properties: {foo_bar: {type: string}, fooBar: {type: string, enum: [fooBar 2]}}}";
    let code = client(&with_body(schema, "{}"));
    contains(
        &code,
        &["rename = \"fooBar\"", "rename = \"fooBar 2\"", "pub foo_bar_3:"],
    );
}

#[test]
fn nullable_unions_are_split() {
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
fn nullable_intersections_are_split() {
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
    // A single reference doesn't need this, because the referenced schema already has its own name.
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

/// Returns a document with empty operations, given their method, path and operationId.
fn with_operations(operations: &[(&str, &str, Option<&str>)]) -> String {
    let paths = operations.iter().map(|(method, path, id)| {
        let id = id.map_or_else(String::new, |id| format!("operationId: {id}, "));
        format!("  {path}: {{{method}: {{{id}responses: {{}}}}}}\n")
    });
    format!(
        "openapi: 3.1.0\ninfo: {{title: Pets, version: '1'}}\npaths:\n{}",
        paths.collect::<String>()
    )
}

/// Generates code and returns the method, path, operationId and new operationId of each renamed operation. Asserts that
/// the code contains exactly the operations in `names`.
#[track_caller]
fn renamed(text: &str, names: &[&str]) -> Vec<[String; 4]> {
    let files = generate_from(text).unwrap();
    let client = content(&files, "client.rs");
    let (_, methods) = client.split_once("impl Client").unwrap();
    for name in names {
        assert_eq!(
            methods.matches(&format!("pub fn {name}(&self)")).count(),
            1,
            "{name}: {client}"
        );
    }
    let of = |operation: &RenamedOperation| {
        let RenamedOperation {
            method,
            path,
            id,
            new_id,
            ..
        } = operation.clone();
        [method, path, id, new_id]
    };
    files.renamed_operations.iter().map(of).collect()
}

#[test]
fn the_order_of_operations_has_no_effect_on_names() {
    let mut operations = [
        ("get", "/a", Some("list")),
        ("get", "/b", Some("list")),
        ("get", "/c", Some("List")),
        ("get", "/d", Some("other")),
    ];
    let names = ["list", "list_2", "list_3", "other"];
    let expected = [["get", "/b", "list", "list_2"], ["get", "/c", "List", "List_3"]];
    assert_eq!(renamed(&with_operations(&operations), &names), expected);
    operations.reverse();
    assert_eq!(renamed(&with_operations(&operations), &names), expected);
    operations.swap(0, 2);
    assert_eq!(renamed(&with_operations(&operations), &names), expected);
}

#[test]
fn a_new_name_is_not_the_id_of_another_operation() {
    let operations = [
        ("get", "/a", Some("list")),
        ("get", "/b", Some("list")),
        ("get", "/c", Some("list_2")),
        ("get", "/d", Some("list-3")),
        ("get", "/e", Some("list")),
    ];
    let names = ["list", "list_2", "list_3", "list_4", "list_5"];
    assert_eq!(
        renamed(&with_operations(&operations), &names),
        [["get", "/b", "list", "list_4"], ["get", "/e", "list", "list_5"]]
    );
}

/// The builders for `list_2` and `list2` would have the same name.
#[test]
fn builders_have_distinct_names() {
    let operations = [
        ("get", "/a", Some("list")),
        ("get", "/b", Some("list")),
        ("get", "/c", Some("list2")),
        ("get", "/d", Some("list_2")),
    ];
    let names = ["list", "list2", "list_3", "list_2_2"];
    assert_eq!(
        renamed(&with_operations(&operations), &names),
        [
            ["get", "/b", "list", "list_3"],
            ["get", "/d", "list_2", "list_2_2"]
        ]
    );
}

#[test]
fn a_default_name_is_not_the_id_of_another_operation() {
    let operations = [
        ("get", "/a", None),
        ("get", "/b", Some("get_a")),
        ("get", "/c-d", None),
        ("get", "/c/d", None),
    ];
    let names = ["get_a", "get_a_2", "get_c_d", "get_c_d_2"];
    assert_eq!(
        renamed(&with_operations(&operations), &names),
        [
            ["get", "/a", "get_a", "get_a_2"],
            ["get", "/c/d", "get_c_d", "get_c_d_2"]
        ]
    );
}

#[test]
fn distinct_names_are_not_reported() {
    let operations = [
        ("get", "/a", Some("list")),
        ("get", "/b", Some("lists")),
        ("get", "/c", None),
    ];
    let none: [[String; 4]; 0] = [];
    assert_eq!(
        renamed(&with_operations(&operations), &["list", "lists", "get_c"]),
        none
    );
}

#[test]
fn operations_named_like_names_in_the_generated_code() {
    for id in ["exec", "post", "default", "Error", "response_value"] {
        let files = generate_from(&with_operations(&[("get", "/a", Some(id))])).unwrap();
        let [renamed] = &files.renamed_operations[..] else {
            panic!("{id} must be renamed");
        };
        assert_eq!(
            renamed.to_string(),
            format!("GET /a: `{id}` is also used by the generated code; generated as `{id}_2`")
        );
        let name = id.to_lowercase();
        contains(content(&files, "client.rs"), &[&format!("pub fn {name}_2(")]);
    }
}

#[test]
fn a_renamed_operation_is_reported_with_the_operation_that_keeps_the_name() {
    let operations = [("post", "/b", Some("list")), ("get", "/a", Some("list"))];
    let files = generate_from(&with_operations(&operations)).unwrap();
    let reported: Vec<String> = files.renamed_operations.iter().map(ToString::to_string).collect();
    assert_eq!(
        reported,
        ["POST /b: `list` is also used by GET /a; generated as `list_2`"]
    );
}
