//! Workarounds that change a document.

use serde_json::Value;
use xtask_generate::workaround::{apply_document_workarounds, document};

use crate::support::{content, generate_from, value, with_body, with_operation};

/// Applies one workaround, and asserts that it changes the document and that applying it again changes nothing.
fn apply(id: &str, text: &str) -> Value {
    let workaround = document::ALL.iter().find(|workaround| workaround.id == id);
    let apply = workaround.unwrap_or_else(|| panic!("no workaround `{id}`")).apply;
    let mut document = value(text);
    assert!(apply(&mut document) > 0, "{id} changes nothing: {text}");
    assert_eq!(
        apply(&mut document.clone()),
        0,
        "{id} must be idempotent: {document:#}"
    );
    document
}

fn at<'a>(document: &'a Value, pointer: &str) -> &'a Value {
    document
        .pointer(pointer)
        .unwrap_or_else(|| panic!("{pointer}: {document:#}"))
}

fn client(text: &str) -> String {
    content(
        &generate_from(text).unwrap_or_else(|error| panic!("{error}\n{text}")),
        "client.rs",
    )
    .to_owned()
}

#[test]
fn an_operation_without_an_id_is_named_after_method_and_path() {
    let document =
        with_operation("{responses: {'200': {description: ''}}}").replace("/pets", "/pets/all-of-them");
    let adjusted = apply("distinct-operation-names", &document);
    assert_eq!(
        at(&adjusted, "/paths/~1pets~1all-of-them/get/operationId"),
        "get_pets_all_of_them"
    );
    assert!(client(&document).contains("pub fn get_pets_all_of_them(&self)"));
}

#[test]
fn json_bodies_are_preferred() {
    let body =
        "{content: {text/plain: {schema: {type: string}}, application/json: {schema: {type: integer}}}}";
    let document = with_operation(&format!(
        "{{operationId: a, requestBody: {body}, responses: {{}}}}"
    ));
    let adjusted = apply("one-kind-of-body", &document);
    let content = at(&adjusted, "/paths/~1pets/get/requestBody/content")
        .as_object()
        .unwrap();
    assert_eq!(content.keys().collect::<Vec<_>>(), ["application/json"]);
    assert!(client(&document).contains(".json(body)"));
}

#[test]
fn the_first_media_type_is_kept_without_json() {
    let body = "{content: {text/plain: {schema: {type: string}}, application/xml: {schema: {type: string}}}}";
    let document = with_operation(&format!(
        "{{operationId: a, requestBody: {body}, responses: {{}}}}"
    ));
    apply("one-kind-of-body", &document);
    assert!(client(&document).contains("from_static(\"text/plain\")"));
}

#[test]
fn encoding_is_removed() {
    let content =
        "{application/x-www-form-urlencoded: {schema: {type: object}, encoding: {a: {style: form}}}}";
    let operation = format!("{{operationId: a, requestBody: {{content: {content}}}, responses: {{}}}}");
    let document = with_operation(&operation);
    apply("no-encoding", &document);
    assert!(client(&document).contains(".form_urlencoded(body)?"));
}

#[test]
fn forms_without_a_schema_accept_anything() {
    let text = with_body("{}", "{}").replace(
        "application/json: {schema: {}}",
        "application/x-www-form-urlencoded: {}",
    );
    assert!(content(&generate_from(&text).unwrap(), "client.rs").contains(".form_urlencoded("));
}

#[test]
fn json_without_a_schema_accepts_any_value() {
    let document = with_operation(
        "{operationId: a, responses: {'200': {description: '', content: {application/json: {}}}}}",
    );
    apply("bodies-have-a-schema", &document);
    assert!(client(&document).contains("ResponseValue<::serde_json::Value>"));
}

#[test]
fn responses_accept_unknown_fields_but_requests_do_not() {
    let schemas = "{Closed: {type: object, additionalProperties: false, properties: {inner: {$ref: '#/components/schemas/Inner'}}}, \
                    Inner: {type: object, additionalProperties: false, properties: {}}, \
                    Asked: {type: object, additionalProperties: false, properties: {name: {type: string}}}}";
    let answer =
        "{description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Closed'}}}}";
    let document = with_body("{$ref: '#/components/schemas/Asked'}", schemas)
        .replace("'200': {description: ''}", &format!("'200': {answer}"));
    let adjusted = apply("responses-open", &document);
    let schema =
        |name: &str| at(&adjusted, &format!("/components/schemas/{name}")).get("additionalProperties");
    assert_eq!((schema("Closed"), schema("Inner")), (None, None));
    assert_eq!(schema("Asked"), Some(&Value::Bool(false)));
    assert_eq!(client(&document).matches("deny_unknown_fields").count(), 1);
}

#[test]
fn error_responses_are_removed_but_their_types_are_kept() {
    let json = |name: &str| {
        format!(
            "{{description: '', content: {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}}}"
        )
    };
    let responses = format!(
        "{{'200': {{description: ''}}, '400': {}, '4XX': {}, default: {}, x-a: 1}}",
        json("Bad"),
        json("Worse"),
        json("Bad")
    );
    let document = with_body("{type: object}", "{Bad: {type: object, properties: {a: {type: string}}}, Worse: {type: object, properties: {b: {type: string}}}}")
        .replace("{'200': {description: ''}}", &responses);
    let adjusted = apply("errors-undecoded", &document);
    let left = at(&adjusted, "/paths/~1pets/post/responses").as_object().unwrap();
    assert_eq!(left.keys().collect::<Vec<_>>(), ["200", "x-a"]);
    let client = client(&document);
    assert!(client.contains("pub struct Bad {") && client.contains("pub struct Worse {"));
    assert!(client.contains("_ => Err(Error::UnexpectedResponse(response))"));
}

#[test]
fn default_is_the_success_response_if_there_is_no_other() {
    let document =
        with_operation("{operationId: a, responses: {'404': {description: ''}, default: {description: ''}}}");
    let adjusted = apply("errors-undecoded", &document);
    let left = at(&adjusted, "/paths/~1pets/get/responses").as_object().unwrap();
    assert_eq!(left.keys().collect::<Vec<_>>(), ["default"]);
    assert!(client(&document).contains("200..=299"));
}

#[test]
fn every_2xx_is_a_success() {
    let answer = "{description: '', content: {application/json: {schema: {type: string}}}}";
    let document = with_operation(&format!(
        "{{operationId: a, responses: {{'200': {answer}, '201': {answer}}}}}"
    ));
    let adjusted = apply("any-2xx-is-success", &document);
    let left = at(&adjusted, "/paths/~1pets/get/responses").as_object().unwrap();
    assert_eq!(left.keys().collect::<Vec<_>>(), ["2XX"]);
    let client = client(&document);
    assert!(
        client.contains("200..=299 => {") && client.contains("match Self::decode_response(&body) {"),
        "{client}"
    );
}

#[test]
fn successes_with_different_bodies_are_bytes() {
    let document = with_operation(
        "{operationId: a, responses: {'200': {description: '', content: {application/json: {schema: {type: string}}}}, '204': {description: ''}}}",
    );
    apply("any-2xx-is-success", &document);
    let client = client(&document);
    assert!(
        client.contains("200..=299 => Ok(ResponseValue::stream(response))"),
        "{client}"
    );
}

#[test]
fn non_object_alternatives_become_an_enum() {
    let document = with_body(
        "{$ref: '#/components/schemas/Name'}",
        "{Name: {anyOf: [{$ref: '#/components/schemas/Known'}, {type: string}]}, Known: {type: string, enum: [rex, tom]}}",
    );
    let adjusted = apply("any-of-scalars", &document);
    assert!(at(&adjusted, "/components/schemas/Name/oneOf").is_array());
    let client = client(&document);
    assert!(
        client.contains("#[serde(untagged)]\n    pub enum Name {"),
        "{client}"
    );
}

#[test]
fn object_alternatives_are_unchanged() {
    let document = value(&with_body(
        "{anyOf: [{type: object}, {$ref: '#/components/schemas/Pet'}]}",
        "{Pet: {type: object}}",
    ));
    let mut adjusted = document.clone();
    apply_document_workarounds(&mut adjusted);
    let place = "/paths/~1pets/post/requestBody/content/application~1json/schema";
    assert_eq!(at(&adjusted, place), at(&document, place));
}

#[test]
fn enums_whose_values_differ_only_in_case_become_strings() {
    let document = with_body(
        "{$ref: '#/components/schemas/Tone'}",
        "{Tone: {type: string, enum: [CNG, cng]}}",
    );
    let adjusted = apply("supported-enums", &document);
    assert_eq!(
        at(&adjusted, "/components/schemas/Tone"),
        &value("{type: string}")
    );
    assert!(client(&document).contains("pub struct Tone(pub ::std::string::String)"));
    // typify adds an `X` to names that start with a digit.
    assert!(client(&document.replace("[CNG, cng]", "['5H', X5H]")).contains("pub struct Tone("));
    // typify gives these two values distinct names.
    assert!(client(&document.replace("[CNG, cng]", "[a-b, a_b_]")).contains("pub enum Tone"));
}

#[test]
fn enums_with_values_of_other_types_are_open() {
    for (schema, expected) in [
        ("{type: integer, enum: [1, a]}", "pub struct Level(pub i64)"),
        ("{type: integer, enum: [a, b]}", "pub struct Level(pub i64)"),
        (
            "{type: string, enum: [1, 2]}",
            "pub struct Level(pub ::std::string::String)",
        ),
        ("{type: integer, enum: [1, null]}", "pub struct Level(pub i64)"),
        (
            "{enum: [true, false, 0, 1]}",
            "pub struct Level(pub ::serde_json::Value)",
        ),
        ("{nullable: true, enum: [1, 2]}", "pub struct Level("),
    ] {
        let document = with_body(
            "{$ref: '#/components/schemas/Level'}",
            &format!("{{Level: {schema}}}"),
        );
        let code = client(&document);
        assert!(code.contains(expected), "{schema}\n{code}");
    }
    let document = with_body(
        "{$ref: '#/components/schemas/Level'}",
        "{Level: {type: string, nullable: true, enum: [a, null]}}",
    );
    assert!(client(&document).contains("pub enum LevelInner"));
}

#[test]
fn enums_of_strings_keep_null() {
    let body = "{type: object, required: [level], properties: {level: {type: string, enum: [a, b, null]}}}";
    let code = client(&with_body(body, "{}"));
    assert!(code.contains("pub level: ::std::option::Option<"), "{code}");
}

#[test]
fn formats_of_types_without_formats_are_ignored() {
    for (schema, expected) in [
        ("{type: object, format: uri-map}", "pub value: ::serde_json::Map<"),
        (
            "{type: array, items: {type: string}, format: csv}",
            "pub value: ::std::vec::Vec<",
        ),
        ("{type: boolean, format: byte}", "pub value: bool"),
        ("{format: date-time}", "pub value: ::serde_json::Value"),
        ("{enum: [true], format: flag}", "pub value: "),
        (
            "{type: string, format: unheard-of}",
            "pub value: ::std::string::String",
        ),
    ] {
        let body = format!("{{type: object, required: [value], properties: {{value: {schema}}}}}");
        let code = client(&with_body(&body, "{}"));
        assert!(code.contains(expected), "{schema}\n{code}");
    }
}

/// Returns a document whose request body has an optional field with the given schema.
fn with_field(schema: &str) -> String {
    with_body(
        &format!("{{type: object, properties: {{field: {schema}}}}}"),
        "{}",
    )
}

#[test]
fn properties_that_refer_to_plain_scalars_have_no_types_of_their_own() {
    let schemas = "{Id: {type: string, format: date-time, maxLength: 5}, Size: {type: string, enum: [a]}, \
                   Age: {type: integer, nullable: true}}";
    let field = |name: &str| {
        let client = client(&with_body(
            &format!(
                "{{type: object, required: [field], properties: {{field: {{$ref: '#/components/schemas/{name}'}}}}}}"
            ),
            schemas,
        ));
        let (_, after) = client.split_once("pub field: ").unwrap();
        after.split_once(",\n").unwrap().0.to_owned()
    };
    assert_eq!(field("Id"), "::chrono::DateTime<::chrono::offset::Utc>");
    assert_eq!(field("Age"), "::std::option::Option<i64>");
    assert_eq!(field("Size"), "Size");
}

/// Returns the Rust type of an optional field with the given schema.
fn type_of_field(schema: &str) -> String {
    let client = client(&with_field(schema));
    let (_, after) = client
        .split_once("pub field: ")
        .unwrap_or_else(|| panic!("{client}"));
    after.split_once('\n').unwrap().0.trim_end_matches(',').to_owned()
}

#[test]
fn unset_fields_are_not_sent() {
    apply("defaults-not-sent", &with_field("{type: boolean, default: true}"));
    assert_eq!(
        type_of_field("{type: boolean, default: true}"),
        "::std::option::Option<bool>"
    );
    // A property named `default` is not a keyword.
    let document = with_body(
        "{type: object, properties: {default: {type: string, default: a}}}",
        "{}",
    );
    let adjusted = apply("defaults-not-sent", &document);
    let schema = at(
        &adjusted,
        "/paths/~1pets/post/requestBody/content/application~1json/schema",
    );
    assert_eq!(
        schema,
        &value("{type: object, properties: {default: {type: string}}}")
    );
}

#[test]
fn empty_collections_can_be_sent() {
    for collection in [
        "{type: array, items: {type: string}}",
        "{type: object}",
        "{type: object, additionalProperties: {type: string}}",
    ] {
        let adjusted = apply("empty-is-sent", &with_field(collection));
        let schema = at(
            &adjusted,
            "/paths/~1pets/post/requestBody/content/application~1json/schema",
        );
        assert_eq!(at(schema, "/properties/field/nullable"), true);
        assert!(
            type_of_field(collection).starts_with("::std::option::Option<"),
            "{collection}"
        );
    }
    // Required fields remain collections, and an object with properties gets its own type.
    let required = with_body(
        "{type: object, required: [field], properties: {field: {type: array, items: {type: string}}}}",
        "{}",
    );
    assert!(client(&required).contains("pub field: ::std::vec::Vec<::std::string::String>"));
}

#[test]
fn limits_do_not_create_types() {
    let cases = [
        (
            "strings-unchecked",
            "{type: string, minLength: 1, maxLength: 9, pattern: '^a+$'}",
            "::std::string::String",
        ),
        (
            "numbers-unchecked",
            "{type: integer, format: int32, minimum: 0, exclusiveMinimum: true, maximum: 9, multipleOf: 3}",
            "i32",
        ),
        (
            "collections-unchecked",
            "{type: array, items: {type: string}, minItems: 2, maxItems: 2, uniqueItems: true}",
            "::std::vec::Vec<::std::string::String>",
        ),
    ];
    for (id, schema, expected) in cases {
        apply(id, &with_field(schema));
        assert_eq!(
            type_of_field(schema),
            format!("::std::option::Option<{expected}>"),
            "{schema}"
        );
    }
}

/// Returns the code generated for an operation with one parameter.
fn with_parameter(parameter: &str, schemas: &str) -> String {
    let operation = format!("{{operationId: a, responses: {{}}, parameters: [{parameter}]}}");
    client(&format!(
        "{}components: {{schemas: {schemas}}}\n",
        with_operation(&operation)
    ))
}

#[test]
fn query_objects_become_maps() {
    let pet = "{Pet: {type: object, properties: {name: {type: string}}}}";
    let reference = "{$ref: '#/components/schemas/Pet'}";
    for schema in [
        "{type: object, properties: {name: {type: string}}}",
        "{type: object, properties: {}, additionalProperties: false}",
        reference,
        &format!("{{allOf: [{reference}]}}"),
        &format!("{{nullable: true, allOf: [{reference}]}}"),
        &format!("{{anyOf: [{reference}, {{type: object, properties: {{a: {{type: string}}}}}}]}}"),
    ] {
        for required in [false, true] {
            let parameter = format!("{{name: filter, in: query, required: {required}, schema: {schema}}}");
            let code = with_parameter(&parameter, pet);
            assert!(code.contains("serde_json::Map<"), "{schema}\n{code}");
        }
        let code = with_parameter(&format!("{{name: filter, in: header, schema: {schema}}}"), pet);
        assert!(
            code.contains("filter: Result<Option<::std::string::String>, String>"),
            "{schema}\n{code}"
        );
    }
    // Other parameters keep their types.
    for schema in [
        "{type: string}",
        "{oneOf: [{type: string}, {type: integer}]}",
        "{type: array, items: {type: string}}",
    ] {
        let code = with_parameter(&format!("{{name: filter, in: query, schema: {schema}}}"), "{}");
        assert!(!code.contains("serde_json::Map<"), "{schema}\n{code}");
    }
}

#[test]
fn arrays_in_paths_and_headers_become_strings() {
    let list = "{type: array, items: {type: string}}";
    let code = with_parameter(&format!("{{name: ids, in: header, schema: {list}}}"), "{}");
    assert!(
        code.contains("ids: Result<Option<::std::string::String>, String>"),
        "{code}"
    );
    let operation = format!(
        "{{operationId: a, responses: {{}}, parameters: [{{name: ids, in: path, required: true, schema: {list}}}]}}"
    );
    let code = client(&with_operation(&operation).replace("/pets", "/pets/{ids}"));
    assert!(
        code.contains("ids: Result<::std::string::String, String>"),
        "{code}"
    );
}

#[test]
fn bodies_of_bytes_and_text_ignore_their_schema() {
    let body = |media_type: &str, schema: &str| {
        client(&with_operation(&format!(
            "{{operationId: a, responses: {{}}, requestBody: {{content: {{{media_type}: {{schema: {schema}}}}}}}}}"
        )))
    };
    for schema in [
        "{type: string, format: binary}",
        "{type: string, maxLength: 5}",
        "{}",
    ] {
        assert!(
            body("application/octet-stream", schema).contains("reqwest::Body"),
            "{schema}"
        );
    }
    for schema in [
        "{type: string}",
        "{type: string, format: uuid}",
        "{type: string, enum: [a]}",
    ] {
        assert!(body("text/plain", schema).contains("\"text/plain\""), "{schema}");
    }
    // If no media type is JSON, the first supported one is kept.
    let several = "{operationId: a, responses: {}, requestBody: {content: {multipart/form-data: {schema: {type: object}}, application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}}}}}}";
    assert!(client(&with_operation(several)).contains("form_urlencoded"));
}

#[test]
fn uuids_are_strings() {
    let document = with_body(
        "{type: object, properties: {id: {type: string, format: uuid}, owner: {$ref: '#/components/schemas/Uuid'}}}",
        "{Uuid: {type: string, format: uuid, nullable: true}}",
    );
    apply("supported-formats", &document);
    let code = client(&document);
    assert!(
        code.contains("pub id: ::std::option::Option<::std::string::String>"),
        "{code}"
    );
    assert!(!code.contains("uuid::"), "{code}");
}

#[test]
fn all_of_next_to_enum_is_removed() {
    let kinds = "{Kind: {oneOf: [{type: integer, enum: [1]}, {type: integer, enum: [2]}]}}";
    for schema in [
        "{type: integer, enum: [1], allOf: [{$ref: '#/components/schemas/Kind'}]}",
        "{enum: [1], allOf: [{$ref: '#/components/schemas/Kind'}]}",
        "{type: integer, nullable: true, enum: [1, null], allOf: [{$ref: '#/components/schemas/Kind'}]}",
    ] {
        let code = client(&with_body(
            &format!("{{type: object, properties: {{kind: {schema}}}}}"),
            kinds,
        ));
        assert!(code.contains("pub kind: "), "{code}");
    }
    // An enum with values of several types keeps its `allOf`, which may define the type.
    let mixed = "{properties: {kind: {enum: [1, a], allOf: [{type: string}]}}}";
    let mut document = value(&with_body(mixed, "{}"));
    let workaround = document::ALL
        .iter()
        .find(|workaround| workaround.id == "plain-enums");
    assert_eq!((workaround.unwrap().apply)(&mut document), 0);
}

#[test]
fn an_enum_with_null_gets_a_type() {
    for schema in [
        "{nullable: true, enum: [null, a, b]}",
        "{nullable: true, enum: [a, null]}",
    ] {
        let schemas = format!("{{Owner: {schema}}}");
        let body = "{type: object, properties: {owner: {$ref: '#/components/schemas/Owner'}}}";
        let code = client(&with_body(body, &schemas));
        assert!(code.contains("pub struct Owner("), "{code}");
    }
    // These values have no common type.
    let mut document = value(&with_body("{nullable: true, enum: [1, a, null]}", "{}"));
    let workaround = document::ALL
        .iter()
        .find(|workaround| workaround.id == "plain-enums");
    assert_eq!((workaround.unwrap().apply)(&mut document), 0);
}

#[test]
fn websocket_operations_return_the_upgraded_connection() {
    let content = "content: {'*/*': {schema: {}}}";
    for responses in [
        format!("'101': {{description: '', {content}}}, 4XX: {{description: ''}}"),
        format!("'200': {{description: '', {content}}}"),
        format!("default: {{description: '', {content}}}"),
    ] {
        let operation = format!("{{operationId: a, x-dropshot-websocket: {{}}, responses: {{{responses}}}}}");
        let code = client(&with_operation(&operation));
        assert!(
            code.contains("ResponseValue<reqwest::Upgraded>"),
            "{responses}\n{code}"
        );
    }
}
