//! The rules that convert OpenAPI 3.1 to 3.0: input, output and reported conversions.

use xtask_openapi::document::Version;

use crate::support::{check, document, lower_schema, value};

#[test]
fn types_with_null() {
    check(
        "{type: [string, 'null'], maxLength: 3}",
        "{type: string, maxLength: 3, nullable: true}",
        &[],
    );
    check(
        "{type: ['null', integer]}",
        "{type: integer, nullable: true}",
        &[],
    );
    check("{type: [string]}", "{type: string}", &[]);
    check(
        "{type: 'null'}",
        "{type: string, enum: [null], nullable: true}",
        &[],
    );
    check(
        "{type: ['null']}",
        "{type: string, enum: [null], nullable: true}",
        &[],
    );
}

#[test]
fn several_types_become_an_any_of() {
    check(
        "{type: [string, integer], maxLength: 3, minimum: 1, description: d}",
        "{description: d, anyOf: [{type: string, maxLength: 3}, {type: integer, minimum: 1}]}",
        &[],
    );
    check(
        "{type: [array, 'null', boolean], maxItems: 2}",
        "{anyOf: [{type: boolean}, {type: array, maxItems: 2, items: {}}], nullable: true}",
        &[],
    );
    check(
        "{type: [integer, number], minimum: 0}",
        "{type: number, minimum: 0}",
        &[],
    );
    check("{type: [string, string]}", "{type: string}", &[]);
    check(
        "{type: [integer, boolean], format: uint32}",
        "{anyOf: [{type: integer, format: uint32}, {type: boolean}]}",
        &[],
    );
    check(
        "{type: [object, boolean], format: f}",
        "{format: f, anyOf: [{type: boolean}, {type: object}]}",
        &[],
    );
    check(
        "{type: [string, number], format: int32}",
        "{anyOf: [{type: string}, {type: number, format: int32}]}",
        &[],
    );
    check(
        "{type: [string, number], format: date}",
        "{anyOf: [{type: string, format: date}, {type: number}]}",
        &[],
    );
    check(
        "{type: [string, integer], anyOf: [{enum: [a]}, {enum: [1]}]}",
        "{anyOf: [{type: string, enum: [a]}, {type: integer, enum: [1]}],
          allOf: [{anyOf: [{type: string}, {type: integer}]}]}",
        &[],
    );
}

#[test]
fn enums_with_types() {
    check(
        "{type: [string, integer], enum: [a, 1, b]}",
        "{anyOf: [{type: string, enum: [a, b]}, {type: integer, enum: [1]}]}",
        &[],
    );
    check(
        "{type: [string, 'null'], enum: [a, null]}",
        "{type: string, enum: [a, null], nullable: true}",
        &[],
    );
    check(
        "{type: [string, integer, 'null'], enum: [a, null]}",
        "{type: string, enum: [a, null], nullable: true}",
        &[],
    );
    check(
        "{type: [string, integer, 'null'], enum: [null]}",
        "{type: string, enum: [null], nullable: true}",
        &[],
    );
    // The enum excludes null, even though the type allows it.
    check(
        "{type: [string, 'null'], enum: [a]}",
        "{type: string, enum: [a]}",
        &[],
    );
    // The type excludes null, even though the enum allows it.
    check(
        "{type: string, enum: [a, null]}",
        "{type: string, enum: [a]}",
        &[],
    );
    check("{enum: [a, b]}", "{enum: [a, b], type: string}", &[]);
    check(
        "{enum: [1, null]}",
        "{enum: [1, null], type: integer, nullable: true}",
        &[],
    );
    check("{enum: [1, a]}", "{enum: [1, a]}", &[]);
}

#[test]
fn const_becomes_an_enum_of_one() {
    check("{const: a}", "{enum: [a], type: string}", &[]);
    check(
        "{type: string, const: a, enum: [b, a]}",
        "{type: string, enum: [a]}",
        &[],
    );
    check(
        "{const: null}",
        "{enum: [null], type: string, nullable: true}",
        &[],
    );
    check("{const: {a: 1}}", "{enum: [{a: 1}], type: object}", &[]);
}

#[test]
fn unions_with_null() {
    check(
        "{anyOf: [{type: string, maxLength: 3}, {type: 'null'}]}",
        "{type: string, maxLength: 3, nullable: true}",
        &[],
    );
    check(
        "{oneOf: [{type: 'null'}, {type: string}], default: a}",
        "{default: a, type: string, nullable: true}",
        &[],
    );
    check(
        "{anyOf: [{$ref: '#/components/schemas/X'}, {type: 'null'}], description: d}",
        "{description: d, allOf: [{$ref: '#/components/schemas/X'}], nullable: true}",
        &[],
    );
    check(
        "{anyOf: [{type: string}, {type: integer}, {type: 'null'}]}",
        "{anyOf: [{type: string}, {type: integer}], nullable: true}",
        &[],
    );
    check(
        "{anyOf: [{type: string, enum: [a]}, {const: null}]}",
        "{type: string, enum: [a, null], nullable: true}",
        &[],
    );
    check(
        "{anyOf: [{type: 'null'}]}",
        "{type: string, enum: [null], nullable: true}",
        &[],
    );
    // Keywords next to the union are kept.
    check(
        "{anyOf: [{type: integer}, {type: 'null'}], minimum: 1}",
        "{minimum: 1, type: integer, nullable: true}",
        &[],
    );
    check(
        "{anyOf: [{type: integer, minimum: 0}, {type: 'null'}], minimum: 1}",
        "{minimum: 1, allOf: [{type: integer, minimum: 0}], nullable: true}",
        &[],
    );
    check(
        "{anyOf: [{properties: {a: {}}}, {type: 'null'}], properties: {b: {}}}",
        "{properties: {b: {}}, allOf: [{properties: {a: {}}}], nullable: true}",
        &[],
    );
    // A non-null type next to the union excludes null.
    check(
        "{type: string, anyOf: [{maxLength: 3}, {type: 'null'}]}",
        "{type: string, allOf: [{maxLength: 3}]}",
        &[],
    );
    check(
        "{anyOf: [{anyOf: [{type: string}, {type: 'null'}]}, {type: 'null'}]}",
        "{type: string, nullable: true}",
        &[],
    );
    check(
        "{type: object, properties: {a: {anyOf: [{type: 'null'}, {exclusiveMinimum: 1}]}}}",
        "{type: object, properties: {a: {minimum: 1, exclusiveMinimum: true, nullable: true}}}",
        &[],
    );
}

#[test]
fn null_that_another_keyword_excludes() {
    check(
        "{type: [object, 'null'], allOf: [{type: object}]}",
        "{type: object, allOf: [{type: object}], nullable: true}",
        &["type"],
    );
    check(
        "{anyOf: [{maxLength: 3}, {type: 'null'}], oneOf: [{type: string}]}",
        "{oneOf: [{type: string}], allOf: [{maxLength: 3}], nullable: true}",
        &["anyOf"],
    );
    check(
        "{oneOf: [{type: [string, 'null']}, {type: 'null'}]}",
        "{type: string, nullable: true}",
        &["oneOf"],
    );
    check(
        "{enum: [a, null], not: {type: 'null'}}",
        "{enum: [a, null], not: {type: string, enum: [null], nullable: true}, type: string, nullable: true}",
        &["enum"],
    );
    check(
        "{type: [string, 'null'], if: {type: 'null'}, then: {type: string}}",
        "{type: string, nullable: true}",
        &["if", "type"],
    );
    // No keyword excludes null here.
    check(
        "{type: [object, 'null'], allOf: [{type: [object, 'null']}, true], not: {type: string}}",
        "{type: object, allOf: [{type: object, nullable: true}, {}], not: {type: string}, nullable: true}",
        &[],
    );
    // The union allows only null, but the type excludes it.
    check(
        "{type: string, anyOf: [{type: 'null'}]}",
        "{type: string, allOf: [{type: string, enum: [null], nullable: true}]}",
        &[],
    );
}

#[test]
fn a_negation_that_would_exclude_more_is_dropped() {
    check(
        "{not: {type: array, prefixItems: [{type: string}]}}",
        "{}",
        &["not"],
    );
    check("{not: {type: array}}", "{not: {type: array, items: {}}}", &[]);
}

#[test]
fn exclusive_bounds() {
    check(
        "{exclusiveMinimum: 0}",
        "{minimum: 0, exclusiveMinimum: true}",
        &[],
    );
    check(
        "{exclusiveMaximum: 1.5}",
        "{maximum: 1.5, exclusiveMaximum: true}",
        &[],
    );
    check("{minimum: 1, exclusiveMinimum: 0}", "{minimum: 1}", &[]);
    check(
        "{minimum: 1, exclusiveMinimum: 1}",
        "{minimum: 1, exclusiveMinimum: true}",
        &[],
    );
    check(
        "{minimum: 1, exclusiveMinimum: 2}",
        "{minimum: 2, exclusiveMinimum: true}",
        &[],
    );
    check("{maximum: 1, exclusiveMaximum: 2}", "{maximum: 1}", &[]);
    check(
        "{maximum: 2, exclusiveMaximum: 1}",
        "{maximum: 1, exclusiveMaximum: true}",
        &[],
    );
}

#[test]
fn references_with_siblings() {
    check(
        "{$ref: '#/components/schemas/X'}",
        "{$ref: '#/components/schemas/X'}",
        &[],
    );
    check(
        "{$ref: '#/components/schemas/X', default: a}",
        "{default: a, allOf: [{$ref: '#/components/schemas/X'}]}",
        &[],
    );
    check(
        "{allOf: [{maxLength: 1}], $ref: '#/components/schemas/X'}",
        "{allOf: [{$ref: '#/components/schemas/X'}, {maxLength: 1}]}",
        &[],
    );
}

#[test]
fn conditions_and_dependencies() {
    check(
        "{if: {required: [a]}, then: {required: [b]}, else: {}}",
        "{}",
        &["if"],
    );
    check("{then: {required: [b]}}", "{}", &[]);
    // If a keyword is dropped as a whole, its contents are not reported separately.
    check(
        "{if: {prefixItems: [{type: string}]}, then: {contains: {}}}",
        "{}",
        &["if"],
    );
    check("{dependentRequired: {a: [b]}}", "{}", &["dependentRequired"]);
    check(
        "{dependentSchemas: {a: {required: [b]}}}",
        "{}",
        &["dependentSchemas"],
    );
}

#[test]
fn content_of_strings() {
    check(
        "{type: string, contentEncoding: base64}",
        "{type: string, format: byte}",
        &[],
    );
    check(
        "{contentMediaType: application/octet-stream}",
        "{format: binary}",
        &[],
    );
    check(
        "{contentEncoding: base64, contentMediaType: image/png}",
        "{format: byte}",
        &["contentMediaType"],
    );
    check(
        "{contentMediaType: application/json, contentSchema: {type: object}}",
        "{}",
        &["contentMediaType", "contentSchema"],
    );
    check(
        "{format: uuid, contentEncoding: base64}",
        "{format: uuid}",
        &["contentEncoding"],
    );
}

#[test]
fn keywords_without_effect_are_removed() {
    check(
        "{$comment: c, $anchor: a, $defs: {A: {}}, definitions: {B: {}}, required: []}",
        "{}",
        &[],
    );
    check(
        "{$schema: 'https://json-schema.org/draft/2020-12/schema'}",
        "{}",
        &[],
    );
    check(
        "{$schema: 'https://spec.openapis.org/oas/3.1/dialect/base'}",
        "{}",
        &[],
    );
    check("{type: string, nullable: true}", "{type: string}", &["nullable"]);
    check("{examples: [a, b]}", "{example: a}", &[]);
    check("{example: a, examples: [b]}", "{example: a}", &[]);
    check(
        "{x-any: {$ref: nowhere, type: 7}}",
        "{x-any: {$ref: nowhere, type: 7}}",
        &[],
    );
}

#[test]
fn keywords_of_both_versions_are_unchanged() {
    let kept = "{title: t, description: d, type: object, format: f, default: {}, deprecated: true, readOnly: true,
        writeOnly: false, maxProperties: 3, minProperties: 1, required: [a], externalDocs: {url: u},
        properties: {a: {type: string, minLength: 1, pattern: '^a', xml: {name: n}}, b: {type: array, items: {},
        minItems: 1, uniqueItems: true}, c: {type: number, multipleOf: 2.0, maximum: 4}}, not: {type: string},
        oneOf: [{type: object}], discriminator: {propertyName: a}}";
    check(kept, kept, &[]);
    check("{maxLength: 3.0}", "{maxLength: 3}", &[]);
}

#[test]
fn documents_in_3_0_become_3_0_3() {
    let kept =
        "{type: integer, nullable: true, minimum: 0, exclusiveMinimum: true, additionalProperties: false,
        enum: [1, null], allOf: [{$ref: '#/components/schemas/X'}]}";
    for version in ["3.0.0", "3.0.1", "3.0.4"] {
        let (schema, lowered) = lower_schema(version, kept).unwrap();
        assert_eq!(schema, value(kept));
        assert_eq!(lowered.value["openapi"], "3.0.3");
        assert!(lowered.lossy_conversions.is_empty());
    }
    let (schema, lowered) = lower_schema(
        "3.0.3",
        "{$ref: '#/components/schemas/X', description: d, nullable: true}",
    )
    .unwrap();
    assert_eq!(schema, value("{$ref: '#/components/schemas/X'}"));
    assert_eq!(
        lowered.lossy_conversions[0].to_string(),
        "at /components/schemas/S/nullable: `nullable` ignored: OpenAPI ignores fields next to `$ref`"
    );
    let negation = "{type: string, not: {$ref: '#/components/schemas/X', maxLength: 3}}";
    let (schema, _) = lower_schema("3.0.3", negation).unwrap();
    assert_eq!(
        schema,
        value("{type: string, not: {$ref: '#/components/schemas/X'}}")
    );
}

#[test]
fn the_document_around_the_schemas() {
    let document = document(
        "openapi: 3.1.1
jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base
info: {title: T, version: '1', summary: s}
webhooks: {hook: {post: {}}}
components: {responses: {R: {}}, parameters: {P: {$ref: '#/components/parameters/Q', summary: s, x: 1},
  Q: {name: q, in: query, schema: {}}}}",
    );
    assert_eq!(document.version(), Ok(Version::V3_1));
    let lowered = xtask_openapi::lower::lower(&document).unwrap();
    let expected = "{openapi: 3.0.3, info: {title: T, version: '1'}, paths: {}, components: {responses: {R:
        {description: ''}}, parameters: {P: {$ref: '#/components/parameters/Q'}, Q: {name: q, in: query, schema: {}}}}}";
    assert_eq!(lowered.value, value(expected));
    let weakened: Vec<&str> = lowered
        .lossy_conversions
        .iter()
        .map(|conversion| conversion.pointer.as_str())
        .collect();
    assert_eq!(weakened, ["/components/parameters/P/x", "/webhooks"]);
}

#[test]
fn an_operation_without_responses_gets_the_empty_default() {
    let document = document(
        "openapi: 3.1.0
info: {title: T, version: '1'}
paths: {/a: {get: {operationId: a}}}",
    );
    let lowered = xtask_openapi::lower::lower(&document).unwrap();
    assert_eq!(
        lowered.value["paths"]["/a"]["get"]["responses"],
        value("{default: {description: ''}}")
    );
}
