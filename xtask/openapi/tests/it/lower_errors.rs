//! Constructs that can't be converted are rejected with their location.

use xtask_openapi::import;
use xtask_openapi::lower::lower;

use crate::support::{document, lower_schema, parts};

/// Returns the location of the error, relative to the schema, and its message.
fn rejection(version: &str, schema: &str) -> (String, String) {
    let (pointer, message) = parts(lower_schema(version, schema));
    let place = pointer
        .strip_prefix("/components/schemas/S")
        .unwrap_or_else(|| panic!("{pointer}: {message}"));
    (place.to_owned(), message)
}

#[test]
fn unknown_keywords() {
    let (place, message) = rejection("3.1.0", "{properties: {a: {typ: string}}}");
    assert_eq!(place, "/properties/a/typ");
    assert!(message.contains("`typ` is not a schema keyword"), "{message}");
    let (place, _) = rejection("3.1.0", "{anyOf: [{}, {dependencies: {}}]}");
    assert_eq!(place, "/anyOf/1/dependencies");
}

#[test]
fn keywords_of_the_other_version_are_rejected() {
    for schema in [
        "{const: 1}",
        "{examples: [1]}",
        "{prefixItems: [{}]}",
        "{unevaluatedProperties: false}",
    ] {
        let (_, message) = rejection("3.0.3", schema);
        assert!(message.contains("is an OpenAPI 3.1 keyword"), "{message}");
    }
    assert_eq!(rejection("3.0.3", "{exclusiveMinimum: 1}").0, "/exclusiveMinimum");
    assert_eq!(rejection("3.0.3", "{type: [string]}").0, "/type");
    assert_eq!(rejection("3.0.3", "{type: 'null'}").0, "/type");
    assert_eq!(rejection("3.0.3", "{properties: {a: true}}").0, "/properties/a");
    assert_eq!(
        rejection("3.1.0", "{exclusiveMinimum: true}").0,
        "/exclusiveMinimum"
    );
}

#[test]
fn invalid_values_are_rejected() {
    let cases = [
        ("{maxLength: -1}", "/maxLength", "a non-negative integer"),
        ("{maxLength: 1.5}", "/maxLength", "a non-negative integer"),
        ("{maxLength: '1'}", "/maxLength", "a non-negative integer"),
        ("{maximum: a}", "/maximum", "a number"),
        ("{pattern: 1}", "/pattern", "a string"),
        ("{required: a}", "/required", "an array of strings"),
        ("{required: [1]}", "/required", "an array of strings"),
        ("{uniqueItems: 'yes'}", "/uniqueItems", "true or false"),
        ("{properties: []}", "/properties", "an object"),
        ("{allOf: {}}", "/allOf", "an array"),
        ("{allOf: []}", "/allOf", "at least one schema"),
        ("{items: 1}", "/items", "a schema"),
        (
            "{properties: {description: text}}",
            "/properties/description",
            "a schema",
        ),
        ("{enum: []}", "/enum", "at least one value"),
        ("{enum: a}", "/enum", "at least one value"),
        (
            "{type: text}",
            "/type",
            "is not a type; expected one of string, integer",
        ),
        ("{type: []}", "/type", "is not a type"),
        ("{examples: a}", "/examples", "an array"),
        (
            "{discriminator: {propertyName: 1}}",
            "/discriminator/propertyName",
            "a string",
        ),
        ("{$ref: 1}", "/$ref", "a string"),
    ];
    for (schema, place, message) in cases {
        let (found, text) = rejection("3.1.0", schema);
        assert_eq!(found, place, "{schema}");
        assert!(text.contains(message), "{schema}: {text}");
    }
}

#[test]
fn schemas_that_accept_nothing_are_rejected() {
    assert_eq!(rejection("3.1.0", "{const: 1, enum: [2]}").0, "/const");
    assert_eq!(rejection("3.1.0", "{type: string, enum: [1]}").0, "/enum");
    assert_eq!(rejection("3.1.0", "{type: string, const: 1}").0, "/const");
}

#[test]
fn keywords_that_change_reference_resolution() {
    for name in ["$id", "$dynamicRef", "$dynamicAnchor"] {
        assert_eq!(
            rejection("3.1.0", &format!("{{{name}: a}}")).0,
            format!("/{name}")
        );
    }
    assert_eq!(
        rejection("3.1.0", "{$schema: 'http://json-schema.org/draft-07/schema#'}").0,
        "/$schema"
    );
}

/// Returns the location and message of the error.
fn rejected_document(rest: &str) -> (String, String) {
    parts(lower(&document(&format!("openapi: 3.1.0\n{rest}"))))
}

#[test]
fn invalid_documents_are_rejected() {
    let info = "info: {title: T, version: '1'}\n";
    let cases = [
        (
            "{}".to_owned().replace("{}", "paths: {}"),
            "",
            "is missing the required field `info`",
        ),
        (
            "info: {title: T}".to_owned(),
            "/info",
            "is missing the required field `version`",
        ),
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
        (format!("{info}paths: []"), "/paths", "an object"),
        (
            format!("{info}jsonSchemaDialect: urn:x"),
            "/jsonSchemaDialect",
            "unsupported dialect \"urn:x\"; expected JSON Schema 2020-12",
        ),
        (format!("{info}servers:"), "/servers", "an array"),
        (
            format!("{info}servers: [{{}}]"),
            "/servers/0",
            "is missing the required field `url`",
        ),
        (
            format!("{info}servers: [{{url: 'https://{{a'}}]"),
            "/servers/0/url",
            "without a matching",
        ),
        (
            format!("{info}servers: [{{url: 'https://{{a}}'}}]"),
            "/servers/0/url",
            "undeclared variable",
        ),
        (
            format!("{info}components: {{pathItems: {{}}}}"),
            "/components/pathItems",
            "doesn't have this section",
        ),
        (
            format!("{info}components: {{parameters: {{P: {{in: query}}}}}}"),
            "/components/parameters/P",
            "is missing the required field `name`",
        ),
        (
            format!("{info}components: {{parameters: {{P: {{name: a, in: body, schema: {{}}}}}}}}"),
            "/components/parameters/P/in",
            "path, query, header, cookie",
        ),
        (
            format!("{info}components: {{parameters: {{P: {{name: a, in: query}}}}}}"),
            "/components/parameters/P",
            "exactly one of `schema` and `content`",
        ),
        (
            format!("{info}components: {{securitySchemes: {{M: {{type: mutualTLS}}}}}}"),
            "/components/securitySchemes/M/type",
            "OpenAPI 3.0 doesn't have `mutualTLS`",
        ),
        (
            format!("{info}components: {{securitySchemes: {{M: {{type: basic}}}}}}"),
            "/components/securitySchemes/M/type",
            "apiKey, http, oauth2, openIdConnect, mutualTLS",
        ),
        (
            format!("{info}components: {{schemas: {{S: {{$ref: '#/components/schemas/T'}}}}}}"),
            "/components/schemas/S/$ref",
            "unresolved: the document has no /components/schemas/T",
        ),
        (
            format!("{info}components: {{schemas: {{S: {{$ref: 'other.yaml#/S'}}}}}}"),
            "/components/schemas/S/$ref",
            "only references within the document",
        ),
        (
            format!(
                "{info}components: {{headers: {{H: {{}}}}, schemas: {{S: {{$ref: '#/components/headers/H'}}}}}}"
            ),
            "/components/schemas/S/$ref",
            "does not refer to components/schemas",
        ),
        (
            format!(
                "{info}components: {{schemas: {{S: {{discriminator: {{propertyName: p, mapping: {{a: T}}}}}}}}}}"
            ),
            "/components/schemas/S/discriminator/mapping/a",
            "unsupported reference `T`",
        ),
        (
            format!("{info}components: {{requestBodies: {{B: {{}}}}}}"),
            "/components/requestBodies/B",
            "is missing the required field `content`",
        ),
    ];
    for (rest, place, message) in cases {
        let (found, text) = rejected_document(&rest);
        assert_eq!(found, place, "{rest}");
        assert!(text.contains(message), "{rest}: {text}");
    }
}

#[test]
fn schemas_that_contain_themselves_are_rejected() {
    let circle = |keyword: &str| {
        let text = format!(
            "info: {{title: T, version: '1'}}\ncomponents: {{schemas: {{A: {{{keyword}: [{{$ref: '#/components/schemas/B'}}]}}, \
             B: {{$ref: '#/components/schemas/A'}}}}}}"
        );
        rejected_document(&text)
    };
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let (place, message) = circle(keyword);
        assert_eq!(place, "/components/schemas/A");
        assert!(message.contains("contains itself: A > B > A"), "{message}");
    }
}

/// An import checks documents in the same way, even though it doesn't convert them.
#[test]
fn imports_reject_the_same_schemas() {
    for schema in [
        "{type: text}",
        "{$id: a}",
        "{enum: []}",
        "{allOf: [{$ref: '#/components/schemas/S'}]}",
    ] {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{operationId: a, responses: {{}}, \
             parameters: [{{name: p, in: query, schema: {{$ref: '#/components/schemas/S'}}}}]}}}}}}\n\
             components: {{schemas: {{S: {schema}}}}}"
        );
        let (place, _) = parts(import(&document(&text), &["a".parse().unwrap()]));
        assert!(place.starts_with("/components/schemas/S"), "{schema}: {place}");
    }
}

#[test]
fn recursive_types_are_accepted() {
    let tree = "{type: object, properties: {left: {$ref: '#/components/schemas/S'}},
        additionalProperties: {type: array, items: {$ref: '#/components/schemas/S'}}}";
    assert!(lower_schema("3.1.0", tree).is_ok());
}
