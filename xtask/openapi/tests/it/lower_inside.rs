//! Conversion of the keywords for object properties and array items.

use crate::support::check;

#[test]
fn booleans_as_schemas() {
    check(
        "{properties: {a: true, b: false}}",
        "{properties: {a: {}, b: {not: {}}}}",
        &[],
    );
    check(
        "{additionalProperties: false}",
        "{additionalProperties: false}",
        &[],
    );
    check("{additionalProperties: {}}", "{additionalProperties: {}}", &[]);
    check("{unevaluatedProperties: {}}", "{additionalProperties: true}", &[]);
    check("{type: array, items: true}", "{type: array, items: {}}", &[]);
    check(
        "{type: array, items: false}",
        "{type: array, items: {}, maxItems: 0}",
        &[],
    );
    check("{type: array}", "{type: array, items: {}}", &[]);
}

#[test]
fn unevaluated_properties() {
    check(
        "{type: object, unevaluatedProperties: {not: {}}}",
        "{type: object, additionalProperties: false}",
        &[],
    );
    check(
        "{type: object, unevaluatedProperties: false}",
        "{type: object, additionalProperties: false}",
        &[],
    );
    check(
        "{type: object, unevaluatedProperties: {}}",
        "{type: object, additionalProperties: true}",
        &[],
    );
    check(
        "{unevaluatedProperties: {type: string}}",
        "{additionalProperties: {type: string}}",
        &[],
    );
    // `additionalProperties` already evaluates all other properties.
    check(
        "{additionalProperties: {type: string}, unevaluatedProperties: false}",
        "{additionalProperties: {type: string}}",
        &[],
    );
    check(
        "{allOf: [{properties: {a: {}}}], unevaluatedProperties: false}",
        "{allOf: [{properties: {a: {}}}]}",
        &["unevaluatedProperties"],
    );
    check(
        "{allOf: [{properties: {a: {}}}], unevaluatedProperties: {}}",
        "{allOf: [{properties: {a: {}}}], additionalProperties: true}",
        &[],
    );
}

#[test]
fn names_of_properties() {
    check("{propertyNames: {maxLength: 3}}", "{}", &["propertyNames"]);
    check("{propertyNames: true}", "{}", &[]);
    check(
        "{patternProperties: {'^x-': {type: string}}}",
        "{}",
        &["patternProperties"],
    );
    check(
        "{patternProperties: {'^x-': {type: string}}, additionalProperties: false}",
        "{additionalProperties: {type: string}}",
        &["patternProperties"],
    );
    check(
        "{patternProperties: {'^x-': {type: string}}, additionalProperties: {type: integer}}",
        "{additionalProperties: {anyOf: [{type: string}, {type: integer}]}}",
        &["patternProperties"],
    );
    check(
        "{patternProperties: {a: {type: string}, b: {type: string}}, unevaluatedProperties: {not: {}}}",
        "{additionalProperties: {type: string}}",
        &["patternProperties"],
    );
    check(
        "{patternProperties: {a: {type: string}}, additionalProperties: true}",
        "{additionalProperties: true}",
        &["patternProperties"],
    );
    check("{patternProperties: {}}", "{}", &[]);
}

#[test]
fn positions_of_items() {
    check(
        "{type: array, prefixItems: [{type: string}, {type: integer}], items: false}",
        "{type: array, items: {anyOf: [{type: string}, {type: integer}]}, maxItems: 2}",
        &["prefixItems"],
    );
    check(
        "{type: array, prefixItems: [{type: string}], items: {type: integer}}",
        "{type: array, items: {anyOf: [{type: string}, {type: integer}]}}",
        &["prefixItems"],
    );
    check(
        "{type: array, prefixItems: [{type: string}]}",
        "{type: array, items: {}}",
        &["prefixItems"],
    );
    check(
        "{type: array, prefixItems: [{type: string}, {type: string}], maxItems: 2}",
        "{type: array, maxItems: 2, items: {type: string}}",
        &["prefixItems"],
    );
    check(
        "{type: array, prefixItems: [{type: string}], unevaluatedItems: false}",
        "{type: array, items: {type: string}, maxItems: 1}",
        &["prefixItems"],
    );
}

#[test]
fn unevaluated_and_contained_items() {
    check(
        "{type: array, unevaluatedItems: {type: string}}",
        "{type: array, items: {type: string}}",
        &[],
    );
    check(
        "{type: array, items: {}, unevaluatedItems: false}",
        "{type: array, items: {}}",
        &[],
    );
    check(
        "{type: array, allOf: [{prefixItems: [{}]}], unevaluatedItems: false}",
        "{type: array, allOf: [{items: {}}], items: {}}",
        &["prefixItems", "unevaluatedItems"],
    );
    check(
        "{type: array, contains: {const: 1}}",
        "{type: array, minItems: 1, items: {}}",
        &["contains"],
    );
    check(
        "{type: array, contains: {}, minContains: 2, maxContains: 3, minItems: 5}",
        "{type: array, minItems: 5, items: {}}",
        &["contains"],
    );
    check(
        "{type: array, contains: {}, minContains: 0}",
        "{type: array, items: {}}",
        &[],
    );
    check("{type: array, minContains: 2}", "{type: array, items: {}}", &[]);
}
