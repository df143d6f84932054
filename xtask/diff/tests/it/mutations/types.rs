//! Types, formats and nullability of request and response properties.

use serde_json::{Value, json};

use super::support::{
    Breaking, Edited, Info, REQUEST, RESPONSE, Warning, both_ways, check, check_pair, ids, object, text,
};

#[test]
fn types() {
    let changed = ("type-changed", Breaking, Breaking);
    both_ways(
        json!({ "type": "string" }),
        json!({ "type": "integer" }),
        changed,
        changed,
    );
    let wider = ("type-generalized", Info, Breaking);
    for (narrow, wide) in [
        (json!({ "type": "integer" }), json!({ "type": "number" })),
        (
            json!({ "type": "string" }),
            json!({ "type": ["string", "integer"] }),
        ),
        (json!({ "type": "string" }), json!({})),
    ] {
        let probe = |schema: &str, value: &Value| {
            Edited::facts().set(&format!("{schema}/properties/probe"), value.clone())
        };
        check_pair(
            &probe(REQUEST, &narrow),
            &probe(REQUEST, &wide),
            ("request-property-type-generalized".into(), wider.1),
            ("request-property-type-changed".into(), Breaking),
            "request.body.probe",
        );
        check_pair(
            &probe(RESPONSE, &narrow),
            &probe(RESPONSE, &wide),
            ("response-property-type-generalized".into(), wider.2),
            ("response-property-type-specialized".into(), Info),
            "response.200.body.probe",
        );
    }
    both_ways(
        json!({ "type": "string" }),
        json!({ "type": ["string", "null"] }),
        ("became-nullable", Info, Breaking),
        ("became-not-nullable", Breaking, Info),
    );
    both_ways(
        json!({ "type": "string" }),
        json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }] }),
        ("list-of-types-widened", Info, Breaking),
        ("list-of-types-narrowed", Breaking, Info),
    );
    both_ways(
        json!({ "type": "string" }),
        json!(false),
        ("became-impossible", Breaking, Info),
        ("became-possible", Info, Breaking),
    );
}

#[test]
fn formats() {
    let changed = ("type-changed", Breaking, Warning);
    both_ways(
        text("format", json!("uuid")),
        text("format", json!("hostname")),
        changed,
        changed,
    );
    // Formats have no effect on objects.
    let probe = |value: Value| Edited::facts().set(&format!("{REQUEST}/properties/probe"), value);
    check(
        &probe(object("title", json!(""))),
        &probe(object("format", json!("uuid"))),
        &[("request-property-type-changed", Warning, "request.body.probe")],
        &[("request-property-type-generalized", Info, "request.body.probe")],
    );
    let number = |format: &str| probe(json!({ "type": "integer", "format": format }));
    check(
        &number("int32"),
        &number("int64"),
        &[("request-property-type-generalized", Info, "request.body.probe")],
        &[("request-property-type-changed", Breaking, "request.body.probe")],
    );
}

#[test]
fn formats_can_be_wider() {
    let of = |kind: &str, format: &str| json!({ "type": kind, "format": format });
    for (kind, narrow, wide) in [
        ("integer", "int8", "int16"),
        ("integer", "int32", "bigint"),
        ("number", "float", "double"),
        ("string", "date", "date-time"),
        ("string", "time", "date-time"),
    ] {
        assert_eq!(
            ids(&of(kind, narrow), &of(kind, wide)),
            [
                ["request-property-type-generalized"],
                ["response-property-type-changed"]
            ],
            "{narrow} to {wide}"
        );
        assert_eq!(
            ids(&of(kind, wide), &of(kind, narrow)),
            [
                ["request-property-type-changed"],
                ["response-property-type-specialized"]
            ],
            "{wide} to {narrow}"
        );
    }
    let (int32, double) = (of("integer", "int32"), of("number", "double"));
    assert_eq!(
        ids(&int32, &double),
        [
            ["request-property-type-generalized"],
            ["response-property-type-generalized"]
        ]
    );
    assert_eq!(
        ids(&double, &int32),
        [
            ["request-property-type-changed"],
            ["response-property-type-specialized"]
        ]
    );
    for (kind, one, other) in [
        ("string", "date", "time"),
        ("string", "uuid", "date-time"),
        ("string", "date", "uuid"),
        ("number", "int32", "double"),
    ] {
        for (old, new) in [(one, other), (other, one)] {
            assert_eq!(
                ids(&of(kind, old), &of(kind, new)),
                [
                    ["request-property-type-changed"],
                    ["response-property-type-changed"]
                ],
                "{old} to {new}"
            );
        }
    }
    assert_eq!(
        ids(&of("integer", "int32"), &of("number", "int32")),
        [
            ["request-property-type-generalized"],
            ["response-property-type-generalized"]
        ],
    );
}

#[test]
fn lists_of_types_are_wider_or_narrower() {
    let of = |types: &[&str]| {
        let members: Vec<Value> = types.iter().map(|name| json!({ "type": name })).collect();
        json!({ "anyOf": members })
    };
    let (widened, narrowed) = ("list-of-types-widened", "list-of-types-narrowed");
    let both = |[request, response]: [&str; 2]| {
        [
            vec![format!("request-property-{request}")],
            vec![format!("response-property-{response}")],
        ]
    };
    let two = of(&["string", "integer"]);
    let three = of(&["string", "integer", "boolean"]);
    assert_eq!(ids(&two, &three), both([widened, widened]));
    assert_eq!(ids(&three, &two), both([narrowed, narrowed]));
    // If one type was added and another removed, the more harmful change determines the kind.
    let others = of(&["string", "boolean"]);
    assert_eq!(ids(&two, &others), both([narrowed, widened]));
}

#[test]
fn schemas_that_accept_any_value_accept_null() {
    let null = |schema: Value| {
        let mut nullable = schema;
        nullable["nullable"] = json!(true);
        nullable
    };
    let became = [
        ["request-property-became-nullable"],
        ["response-property-became-nullable"],
    ];
    let of_values = json!({ "enum": ["a"] });
    assert_eq!(ids(&of_values, &json!({ "enum": ["a", null] })), became);
    let parts = json!({ "anyOf": [{ "minProperties": 3 }, { "minLength": 3 }] });
    assert_eq!(ids(&parts, &null(parts.clone())), became);
    assert_eq!(ids(&json!({}), &null(json!({}))), [[""; 0], [""; 0]]);
}
