//! What cannot be lowered is refused, with the place.

use xtask_openapi::lower::lower;

use crate::support::{document, lower_schema, parts};

/// The place of the error below the schema, and the message.
fn refuse(version: &str, schema: &str) -> (String, String) {
    let (pointer, message) = parts(lower_schema(version, schema));
    let place = pointer
        .strip_prefix("/components/schemas/S")
        .unwrap_or_else(|| panic!("{pointer}: {message}"));
    (place.to_owned(), message)
}

#[test]
fn keywords_that_nobody_knows() {
    let (place, message) = refuse("3.1.0", "{properties: {a: {typ: string}}}");
    assert_eq!(place, "/properties/a/typ");
    assert!(message.contains("`typ` is no keyword"), "{message}");
    let (place, _) = refuse("3.1.0", "{anyOf: [{}, {dependencies: {}}]}");
    assert_eq!(place, "/anyOf/1/dependencies");
}

#[test]
fn keywords_of_the_other_version() {
    for schema in [
        "{const: 1}",
        "{examples: [1]}",
        "{prefixItems: [{}]}",
        "{unevaluatedProperties: false}",
    ] {
        let (_, message) = refuse("3.0.3", schema);
        assert!(message.contains("is a keyword of OpenAPI 3.1"), "{message}");
    }
    assert_eq!(refuse("3.0.3", "{exclusiveMinimum: 1}").0, "/exclusiveMinimum");
    assert_eq!(refuse("3.0.3", "{type: [string]}").0, "/type");
    assert_eq!(refuse("3.0.3", "{type: 'null'}").0, "/type");
    assert_eq!(refuse("3.0.3", "{properties: {a: true}}").0, "/properties/a");
    assert_eq!(refuse("3.1.0", "{exclusiveMinimum: true}").0, "/exclusiveMinimum");
}

#[test]
fn values_of_a_wrong_form() {
    let cases = [
        ("{maxLength: -1}", "/maxLength", "a non-negative integer"),
        ("{maxLength: 1.5}", "/maxLength", "a non-negative integer"),
        ("{maxLength: '1'}", "/maxLength", "a non-negative integer"),
        ("{maximum: a}", "/maximum", "a number"),
        ("{pattern: 1}", "/pattern", "a string"),
        ("{required: a}", "/required", "a list of strings"),
        ("{required: [1]}", "/required", "a list of strings"),
        ("{uniqueItems: 'yes'}", "/uniqueItems", "true or false"),
        ("{properties: []}", "/properties", "a mapping"),
        ("{allOf: {}}", "/allOf", "a list"),
        ("{allOf: []}", "/allOf", "at least one schema"),
        ("{items: 1}", "/items", "a schema"),
        (
            "{properties: {description: text}}",
            "/properties/description",
            "a schema",
        ),
        ("{enum: []}", "/enum", "at least one value"),
        ("{enum: a}", "/enum", "at least one value"),
        ("{type: text}", "/type", "is no type; known: string, integer"),
        ("{type: []}", "/type", "is no type"),
        ("{examples: a}", "/examples", "a list"),
        (
            "{discriminator: {propertyName: 1}}",
            "/discriminator/propertyName",
            "a string",
        ),
        ("{$ref: 1}", "/$ref", "a string"),
    ];
    for (schema, place, message) in cases {
        let (found, text) = refuse("3.1.0", schema);
        assert_eq!(found, place, "{schema}");
        assert!(text.contains(message), "{schema}: {text}");
    }
}

#[test]
fn schemas_that_allow_nothing_by_mistake() {
    assert_eq!(refuse("3.1.0", "{const: 1, enum: [2]}").0, "/const");
    assert_eq!(refuse("3.1.0", "{type: string, enum: [1]}").0, "/enum");
}

#[test]
fn keywords_that_move_references() {
    for name in ["$id", "$dynamicRef", "$dynamicAnchor"] {
        assert_eq!(refuse("3.1.0", &format!("{{{name}: a}}")).0, format!("/{name}"));
    }
    assert_eq!(
        refuse("3.1.0", "{$schema: 'http://json-schema.org/draft-07/schema#'}").0,
        "/$schema"
    );
}

/// Where a document is refused, and the message.
fn refuse_document(rest: &str) -> (String, String) {
    parts(lower(&document(&format!("openapi: 3.1.0\n{rest}"))))
}

#[test]
fn documents_of_a_wrong_form() {
    let info = "info: {title: T, version: '1'}\n";
    let cases = [
        ("{}".to_owned().replace("{}", "paths: {}"), "", "no `info`"),
        ("info: {title: T}".to_owned(), "/info", "no `version`"),
        (
            "info: {title: T, version: 1.0}".to_owned(),
            "/info/version",
            "a string",
        ),
        (format!("{info}path: {{}}"), "/path", "no field `path`"),
        (
            format!("{info}paths: {{/a: {{fetch: {{}}}}}}"),
            "/paths/~1a/fetch",
            "no field `fetch`",
        ),
        (
            format!("{info}paths: {{/a: {{get: {{body: {{}}}}}}}}"),
            "/paths/~1a/get/body",
            "no field `body`",
        ),
        (format!("{info}paths: []"), "/paths", "a mapping"),
        (
            format!("{info}jsonSchemaDialect: urn:x"),
            "/jsonSchemaDialect",
            "is not",
        ),
        (format!("{info}servers:"), "/servers", "a list"),
        (format!("{info}servers: [{{}}]"), "/servers/0", "no `url`"),
        (
            format!("{info}servers: [{{url: 'https://{{a'}}]"),
            "/servers/0/url",
            "without its",
        ),
        (
            format!("{info}servers: [{{url: 'https://{{a}}'}}]"),
            "/servers/0/url",
            "not declared",
        ),
        (
            format!("{info}components: {{pathItems: {{}}}}"),
            "/components/pathItems",
            "no such section",
        ),
        (
            format!("{info}components: {{parameters: {{P: {{in: query}}}}}}"),
            "/components/parameters/P",
            "no `name`",
        ),
        (
            format!("{info}components: {{parameters: {{P: {{name: a, in: body, schema: {{}}}}}}}}"),
            "/components/parameters/P/in",
            "path, query, header, cookie",
        ),
        (
            format!("{info}components: {{parameters: {{P: {{name: a, in: query}}}}}}"),
            "/components/parameters/P",
            "either `schema` or `content`",
        ),
        (
            format!("{info}components: {{securitySchemes: {{M: {{type: mutualTLS}}}}}}"),
            "/components/securitySchemes/M/type",
            "apiKey, http, oauth2, openIdConnect",
        ),
        (
            format!("{info}components: {{requestBodies: {{B: {{}}}}}}"),
            "/components/requestBodies/B",
            "no `content`",
        ),
    ];
    for (rest, place, message) in cases {
        let (found, text) = refuse_document(&rest);
        assert_eq!(found, place, "{rest}");
        assert!(text.contains(message), "{rest}: {text}");
    }
}

#[test]
fn schemas_that_contain_themselves_in_place() {
    let circle = |keyword: &str| {
        let text = format!(
            "info: {{title: T, version: '1'}}\ncomponents: {{schemas: {{A: {{{keyword}: [{{$ref: '#/components/schemas/B'}}]}}, \
             B: {{$ref: '#/components/schemas/A'}}}}}}"
        );
        refuse_document(&text)
    };
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let (place, message) = circle(keyword);
        assert_eq!(place, "/components/schemas/A");
        assert!(message.contains("contains itself: A > B > A"), "{message}");
    }
}

#[test]
fn recursive_types_are_fine() {
    let tree = "{type: object, properties: {left: {$ref: '#/components/schemas/S'}},
        additionalProperties: {type: array, items: {$ref: '#/components/schemas/S'}}}";
    assert!(lower_schema("3.1.0", tree).is_ok());
}
