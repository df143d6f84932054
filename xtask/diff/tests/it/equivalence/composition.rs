//! Equivalent compositions.

use serde_json::{Value, json};

use super::support::{chain, different_schema, reference, same, same_schema, with_schema};

#[test]
fn a_single_part_is_merged() {
    for (composed, plain) in [
        (json!({ "allOf": [false] }), json!(false)),
        (
            json!({ "allOf": [{ "type": ["string", "null"] }] }),
            json!({ "type": ["string", "null"] }),
        ),
        (
            json!({ "type": "string", "allOf": [{ "type": ["string", "null"] }] }),
            json!({ "type": "string" }),
        ),
        (
            json!({ "type": "string", "allOf": [{ "type": "string", "maxLength": 5 }] }),
            json!({ "type": "string", "maxLength": 5 }),
        ),
        (
            json!({ "maxLength": 5, "allOf": [{ "type": "string", "maxLength": 5 }] }),
            json!({ "type": "string", "maxLength": 5 }),
        ),
        (
            json!({ "default": "a", "x-a": 1, "allOf": [{ "type": "string", "default": "b", "x-a": 2 }] }),
            json!({ "type": "string", "default": "a", "x-a": 1 }),
        ),
        (
            json!({ "required": ["a"], "allOf": [{ "type": "object", "required": ["b"] }] }),
            json!({ "type": "object", "required": ["a", "b"] }),
        ),
        (
            json!({ "additionalProperties": false, "allOf": [{ "type": "object", "minProperties": 1 }] }),
            json!({ "type": "object", "additionalProperties": false, "minProperties": 1 }),
        ),
        (
            json!({ "items": reference("Thing"), "allOf": [{ "type": "array", "items": reference("Thing") }] }),
            json!({ "type": "array", "items": reference("Thing") }),
        ),
        (
            json!({
                "anyOf": [reference("Thing"), reference("Other")],
                "allOf": [{ "maxProperties": 3, "anyOf": [reference("Thing"), reference("Other")] }],
            }),
            json!({ "maxProperties": 3, "anyOf": [reference("Thing"), reference("Other")] }),
        ),
        (
            json!({
                "properties": { "a": reference("Thing") },
                "allOf": [{ "type": "object", "properties": { "a": reference("Thing"), "b": { "type": "string" } } }],
            }),
            json!({ "type": "object", "properties": { "a": reference("Thing"), "b": { "type": "string" } } }),
        ),
        (
            json!({ "anyOf": [{ "type": "string" }, { "type": "integer" }] }),
            json!({ "type": ["string", "integer"] }),
        ),
        (
            json!({ "oneOf": [{ "type": ["string", "null"] }, { "type": "integer" }] }),
            json!({ "type": ["string", "integer", "null"] }),
        ),
    ] {
        same_schema(&composed, &plain);
    }
}

#[test]
fn conflicting_parts_are_not_merged() {
    for (composed, plain) in [
        (
            json!({ "type": ["string", "integer"], "allOf": [{ "type": "string" }] }),
            json!({ "type": ["string", "integer"] }),
        ),
        (
            json!({ "maxLength": 5, "allOf": [{ "type": "string", "maxLength": 3 }] }),
            json!({ "type": "string", "maxLength": 5 }),
        ),
        (
            json!({ "items": { "type": "string" }, "allOf": [{ "type": "array", "items": { "type": "integer" } }] }),
            json!({ "type": "array", "items": { "type": "integer" } }),
        ),
        (
            json!({
                "properties": { "a": { "type": "string" } },
                "allOf": [{ "type": "object", "properties": { "a": { "type": "integer" } } }],
            }),
            json!({ "type": "object", "properties": { "a": { "type": "integer" } } }),
        ),
        (
            json!({
                "anyOf": [reference("Thing"), reference("Other")],
                "allOf": [{ "anyOf": [reference("List"), reference("Tree")] }],
            }),
            json!({ "anyOf": [reference("List"), reference("Tree")] }),
        ),
        // A closed object allows only the properties in the same schema object.
        (
            json!({ "additionalProperties": false, "allOf": [{ "properties": { "a": { "type": "string" } } }] }),
            json!({ "additionalProperties": false, "properties": { "a": { "type": "string" } } }),
        ),
        (
            json!({ "properties": { "a": { "type": "string" } }, "allOf": [{ "additionalProperties": false }] }),
            json!({ "properties": { "a": { "type": "string" } }, "additionalProperties": false }),
        ),
        (
            json!({ "type": "string", "allOf": [{ "description": "Words." }] }),
            json!({ "type": "string" }),
        ),
        (
            json!({ "type": "object", "allOf": [{ "x-note": "Words." }] }),
            json!({ "type": "object", "x-note": "Words." }),
        ),
    ] {
        different_schema(&composed, &plain);
    }
}

/// Null must satisfy all keywords, not only the union that lists it.
#[test]
fn null_in_a_union_beside_other_constraints() {
    let nothing = || json!({ "type": "null" });
    let integer = || json!({ "type": "integer" });
    for (old, new) in [
        (
            json!({ "oneOf": [nothing(), integer()], "anyOf": [integer()] }),
            json!({ "oneOf": [nothing(), integer()], "anyOf": [{}] }),
        ),
        (
            json!({ "anyOf": [{ "type": "string" }, { "const": null }] }),
            json!({ "anyOf": [{ "type": "string" }, { "const": null, "type": "integer" }] }),
        ),
        (
            json!({ "allOf": [{ "type": "string" }], "anyOf": [nothing(), { "minLength": 3 }] }),
            json!({ "type": ["string", "null"], "minLength": 3 }),
        ),
        (
            json!({ "type": "string", "anyOf": [nothing(), { "minLength": 3 }] }),
            json!({ "type": ["string", "null"], "minLength": 3 }),
        ),
    ] {
        different_schema(&old, &new);
    }
}

/// In a separate schema, `unevaluatedProperties` also rejects the properties described by other schemas.
#[test]
fn keywords_that_depend_on_siblings_are_not_merged() {
    let string = || json!({ "type": "string" });
    for (beside, inside) in [
        (
            json!({ "properties": { "a": {} } }),
            json!({ "unevaluatedProperties": false }),
        ),
        (
            json!({ "anyOf": [{ "properties": { "a": {} } }, { "properties": { "c": {} } }] }),
            json!({ "properties": { "b": {} }, "unevaluatedProperties": false }),
        ),
        (
            json!({ "additionalProperties": string() }),
            json!({ "unevaluatedProperties": false }),
        ),
        (
            json!({ "prefixItems": [string()] }),
            json!({ "unevaluatedItems": false }),
        ),
        (
            json!({ "prefixItems": [string()] }),
            json!({ "items": { "type": "integer" } }),
        ),
        (
            json!({ "items": { "type": "integer" } }),
            json!({ "prefixItems": [string()] }),
        ),
    ] {
        let mut together = beside.clone();
        for (keyword, value) in inside.as_object().unwrap() {
            together[keyword] = value.clone();
        }
        different_schema(&json!({ "allOf": [inside, beside] }), &together);
        let mut apart = beside;
        apart["allOf"] = json!([inside]);
        different_schema(&apart, &together);
    }
}

#[test]
fn not_schemas_are_compared_in_full() {
    let not = |schema: Value| json!({ "not": schema });
    same_schema(
        &not(json!({ "enum": ["a", "b", "a"] })),
        &not(json!({ "enum": ["b", "a"] })),
    );
    // The comparison must not treat a recursive schema as unchanged until it has been compared completely.
    let document = |crossed: bool| {
        let object = |other: &str, constant: i64| json!({ "type": "object", "properties": { "c": reference(other), "k": { "const": constant } } });
        let holding = |other: &str| json!({ "type": "object", "properties": { "p": reference(other) } });
        let odd = json!({ "type": "string", "maxLength": 2 });
        let (all, any) = if crossed {
            (["A2", "A1"], "C2")
        } else {
            (["A1", "A2"], "C1")
        };
        let second = if crossed { "C2" } else { "C1" };
        let schemas = json!({
            "N": { "allOf": all.map(reference), "anyOf": [reference(any), odd] },
            "A1": object("C1", 1), "A2": object(second, 2), "C1": holding("A1"), "C2": holding("A2"),
        });
        with_schema("3.1.0", &not(reference("N")), &schemas)
    };
    let report = crate::support::diff(&document(false), &document(true));
    assert!(report.counts.breaking > 0, "{:?}", report.changes);
}

#[test]
fn unevaluated_properties_are_equivalent_to_additional_properties() {
    let string = || json!({ "type": "string" });
    for (keyword, value) in [
        ("allOf", json!([reference("Thing"), reference("Other")])),
        ("anyOf", json!([reference("Thing"), reference("Other")])),
        ("oneOf", json!([reference("Thing"), reference("Other")])),
        ("$ref", json!("#/components/schemas/Thing")),
        ("if", reference("Thing")),
        ("dependentSchemas", json!({ "a": reference("Thing") })),
    ] {
        let closed_by =
            |closing: &str| json!({ keyword: value, "properties": { "c": string() }, closing: false });
        different_schema(
            &closed_by("unevaluatedProperties"),
            &closed_by("additionalProperties"),
        );
    }
    same_schema(
        &json!({ "properties": { "c": string() }, "unevaluatedProperties": false }),
        &json!({ "properties": { "c": string() }, "additionalProperties": false }),
    );
    different_schema(
        &json!({ "additionalProperties": string(), "unevaluatedProperties": false }),
        &json!({ "additionalProperties": false }),
    );
}

/// Alternatives match in any order, but only if they are equivalent.
#[test]
fn the_order_of_alternatives_has_no_effect() {
    let of_a = |schema: Value| json!({ "type": "object", "properties": { "a": schema } });
    let twins = [
        [json!(false), json!({ "maxLength": 5 })],
        [
            json!({ "type": "string", "maxLength": 5 }),
            json!({ "type": "integer", "maxLength": 5 }),
        ],
        [
            json!({ "type": "string", "maxLength": 5 }),
            json!({ "type": ["string", "null"], "maxLength": 5 }),
        ],
        [
            json!({ "type": "string", "maxLength": 5 }),
            json!({ "type": "string", "maxLength": 6 }),
        ],
        [
            json!({ "type": "object", "required": ["a"] }),
            json!({ "type": "object", "required": ["b"] }),
        ],
        [
            json!({ "type": "array", "items": { "maxLength": 5 } }),
            json!({ "type": "array", "maxItems": 5 }),
        ],
        [
            json!({ "type": "array", "items": { "maxLength": 5 } }),
            json!({ "type": "array", "items": { "maxLength": 6 } }),
        ],
        [
            json!({ "type": "array", "items": { "maxLength": 5 } }),
            json!({ "type": "array", "contains": { "maxLength": 5 } }),
        ],
        [of_a(json!({ "maxLength": 5 })), of_a(json!({ "maxLength": 6 }))],
        [
            of_a(json!({ "maxLength": 5 })),
            json!({ "type": "object", "properties": { "b": { "maxLength": 5 } } }),
        ],
        [
            of_a(json!({ "maxLength": 5 })),
            json!({ "type": "object", "properties": { "a": { "maxLength": 5 }, "b": { "maxLength": 5 } } }),
        ],
        [
            of_a(json!({ "maxLength": 5 })),
            json!({ "type": "object", "patternProperties": { "a": { "maxLength": 5 } } }),
        ],
        [
            json!({ "type": "array", "prefixItems": [{ "maxLength": 5 }, { "maxLength": 6 }] }),
            json!({ "type": "array", "prefixItems": [{ "maxLength": 6 }, { "maxLength": 5 }] }),
        ],
        [
            json!({ "type": "array", "prefixItems": [{ "maxLength": 5 }] }),
            json!({ "type": "array", "prefixItems": [{ "maxLength": 5 }, { "maxLength": 5 }] }),
        ],
        [
            json!({ "type": "string", "anyOf": [{ "maxLength": 5 }, { "minLength": 6 }] }),
            json!({ "type": "string", "anyOf": [{ "maxLength": 5 }, { "minLength": 7 }] }),
        ],
        [
            json!({ "type": "string", "anyOf": [{ "maxLength": 5 }, { "minLength": 6 }] }),
            json!({ "type": "string", "anyOf": [{ "maxLength": 5 }, { "minLength": 6 }, { "minLength": 7 }] }),
        ],
        [
            json!({ "type": "string", "anyOf": [{ "maxLength": 5 }, { "minLength": 6 }] }),
            json!({ "type": "string", "oneOf": [{ "maxLength": 5 }, { "minLength": 6 }] }),
        ],
        [reference("List"), reference("Tree")],
        [
            json!({ "type": "object", "properties": { "a": reference("Thing"), "b": { "maxLength": 5 } } }),
            json!({ "type": "object", "properties": { "a": reference("Thing"), "b": { "maxLength": 6 } } }),
        ],
    ];
    for keyword in ["anyOf", "oneOf"] {
        for [one, other] in &twins {
            same_schema(
                &json!({ keyword: [one, other] }),
                &json!({ keyword: [other, one] }),
            );
        }
    }
}

#[test]
fn nested_alternatives_are_matched_in_any_order() {
    let of = |limits: [i64; 2]| json!({ "type": "string", "anyOf": limits.map(|limit| json!({ "maxLength": limit })) });
    same_schema(
        &json!({ "oneOf": [of([5, 6]), of([7, 8])] }),
        &json!({ "oneOf": [of([8, 7]), of([6, 5])] }),
    );
    let constant = |keyword: &str, value: Value| json!({ "type": "string", keyword: value });
    same_schema(
        &json!({ "oneOf": [constant("const", json!("a")), constant("const", json!("b"))] }),
        &json!({ "oneOf": [constant("enum", json!(["b"])), constant("enum", json!(["a"]))] }),
    );
    different_schema(
        &json!({ "oneOf": [constant("const", json!("a")), constant("const", json!("b"))] }),
        &json!({ "oneOf": [constant("enum", json!(["b", "c"])), constant("enum", json!(["a"]))] }),
    );
}

#[test]
fn renamed_recursive_alternatives_are_matched() {
    let document = |names: [&str; 2], order: [usize; 2]| {
        let schemas = json!({ names[0]: chain(names[0], "string"), names[1]: chain(names[1], "boolean") });
        let members = order.map(|index| reference(names[index]));
        with_schema("3.1.0", &json!({ "oneOf": members }), &schemas)
    };
    same(
        &document(["List", "Tree"], [0, 1]),
        &document(["Chain", "Bush"], [1, 0]),
    );
}

#[test]
fn redundant_keywords_in_alternatives_have_no_effect() {
    for (keyword, value) in [
        ("minLength", json!(0)),
        ("minItems", json!(0)),
        ("minProperties", json!(0)),
        ("minContains", json!(1)),
        ("uniqueItems", json!(false)),
        ("dependentRequired", json!({})),
        ("properties", json!({})),
        ("allOf", json!([])),
    ] {
        let of = |limit: i64| json!({ "type": "string", "maxLength": limit });
        let said = |limit: i64| json!({ "type": "string", "maxLength": limit, keyword: value });
        same_schema(
            &json!({ "oneOf": [said(5), said(6)] }),
            &json!({ "oneOf": [of(6), of(5)] }),
        );
    }
}

#[test]
fn null_moves_out_of_a_union_that_contains_itself() {
    let document = |name: &str| {
        let union = json!({ "oneOf": [{ "type": ["string", "null"] }, reference(name)] });
        with_schema("3.1.0", &reference(name), &json!({ name: union }))
    };
    same(&document("Text"), &document("Text"));
}
