//! Types, values and limits.

use serde_json::{Value, json};

use super::support::{Breaking, Harmless, Rule, check, narrower, rule, same, wider};

fn text(keyword: &str, value: Value) -> Value {
    json!({ "type": "string", keyword: value })
}

fn number(keywords: Value) -> Value {
    let mut schema = json!({ "type": "number" });
    for (keyword, value) in keywords.as_object().unwrap() {
        schema[keyword] = value.clone();
    }
    schema
}

fn integer(keywords: Value) -> Value {
    let mut schema = number(keywords);
    schema["type"] = json!("integer");
    schema
}

fn of(kind: impl Into<Value>) -> Value {
    json!({ "type": kind.into() })
}

/// Adds a change that widens a schema, and the reverse change.
fn both(rules: &mut Vec<Rule>, name: &'static str, narrow: &Value, wide: &Value) {
    rules.push(wider(name, [narrow.clone(), wide.clone()]));
    rules.push(narrower(name, [wide.clone(), narrow.clone()]));
}

#[test]
fn types() {
    let mut rules = vec![
        rule(
            "different type",
            [of("string"), of("boolean")],
            Breaking,
            Breaking,
        ),
        rule("object to array", [of("object"), of("array")], Breaking, Breaking),
        same(
            "null as a type and as a flag",
            [
                json!({ "type": ["string", "null"] }),
                json!({ "anyOf": [{ "type": "string" }, { "type": "null" }] }),
            ],
        ),
    ];
    let nullable = json!({ "type": "string", "nullable": true });
    for (name, narrow, wide) in [
        ("integer to number", of("integer"), of("number")),
        (
            "one type to two types",
            of("string"),
            of(json!(["string", "integer"])),
        ),
        ("type to any", of("string"), json!({})),
        (
            "nullable in 3.0",
            json!({ "type": "string", "nullable": false }),
            nullable,
        ),
        ("nullable in 3.1", of("string"), of(json!(["string", "null"]))),
        (
            "int32 to int64",
            integer(json!({ "format": "int32" })),
            integer(json!({ "format": "int64" })),
        ),
        (
            "float to double",
            number(json!({ "format": "float" })),
            number(json!({ "format": "double" })),
        ),
    ] {
        both(&mut rules, name, &narrow, &wide);
    }
    for (name, format) in [("date", "date"), ("uuid", "uuid"), ("date-time", "date-time")] {
        let (plain, special) = (of("string"), text("format", json!(format)));
        rules.push(rule(name, [plain.clone(), special.clone()], Breaking, Harmless));
        // Only clients that parse the string are affected, so this is a warning.
        rules.push(rule(name, [special, plain], Harmless, Harmless));
    }
    rules.push(rule(
        "other format",
        [text("format", json!("date")), text("format", json!("uuid"))],
        Breaking,
        Harmless,
    ));
    check(rules);
}

#[test]
fn values() {
    let enumerated = |values: Value| text("enum", values);
    let mut rules = vec![
        same(
            "enum reordered",
            [enumerated(json!(["a", "b"])), enumerated(json!(["b", "a"]))],
        ),
        same(
            "constant as a single-value enum",
            [text("const", json!("a")), enumerated(json!(["a"]))],
        ),
        rule(
            "enum with different values",
            [enumerated(json!(["a", "b"])), enumerated(json!(["a", "c"]))],
            Breaking,
            Breaking,
        ),
        rule(
            "other const",
            [text("const", json!("a")), text("const", json!("b"))],
            Breaking,
            Breaking,
        ),
    ];
    for (name, narrow, wide) in [
        (
            "enum value",
            enumerated(json!(["a"])),
            enumerated(json!(["a", "b"])),
        ),
        ("enum", enumerated(json!(["a"])), of("string")),
        ("const", text("const", json!("a")), of("string")),
        (
            "const and enum",
            text("const", json!("a")),
            enumerated(json!(["a", "b"])),
        ),
        (
            "enum with null",
            json!({ "type": ["string", "null"], "enum": ["a"] }),
            json!({ "type": ["string", "null"], "enum": ["a", null] }),
        ),
        (
            "enum of numbers",
            integer(json!({ "enum": [1, 2] })),
            integer(json!({ "enum": [1, 2, 3] })),
        ),
    ] {
        both(&mut rules, name, &narrow, &wide);
    }
    for [old, new] in [
        [of("string"), text("default", json!("a"))],
        [text("default", json!("a")), of("string")],
        [text("default", json!("a")), text("default", json!("b"))],
        [of("string"), text("deprecated", json!(true))],
        [text("deprecated", json!(true)), of("string")],
        [of("string"), text("x-note", json!(1))],
    ] {
        rules.push(rule("annotation", [old, new], Harmless, Harmless));
    }
    // If no type is declared, the JSON types of the values are used.
    for (name, narrow, wide) in [
        ("const", json!({ "const": "a" }), of("string")),
        ("enum", json!({ "enum": ["a", "b"] }), of("string")),
        ("integers", json!({ "enum": [1, 2] }), of("number")),
        (
            "some types",
            json!({ "enum": ["a", 1] }),
            of(json!(["string", "integer", "boolean"])),
        ),
    ] {
        both(&mut rules, name, &narrow, &wide);
    }
    for (name, values, kind) in [
        ("other type", json!({ "const": "a" }), "integer"),
        ("fraction", json!({ "const": 1.5 }), "integer"),
        ("value of another type", json!({ "enum": ["a", 1] }), "string"),
    ] {
        let [there, back] = [[values.clone(), of(kind)], [of(kind), values]];
        rules.push(rule(name, there, Breaking, Breaking));
        rules.push(rule(name, back, Breaking, Breaking));
    }
    rules.push(same(
        "words",
        [text("title", json!("a")), text("description", json!("b"))],
    ));
    check(rules);
}

#[test]
fn limits_of_numbers() {
    let types = |types: &[&str]| json!({ "type": types });
    let mut rules = vec![
        same(
            "integers are numbers",
            [types(&["integer", "number"]), types(&["number"])],
        ),
        same(
            "numbers include integers",
            [types(&["number"]), types(&["number", "integer"])],
        ),
    ];
    for (name, narrow, wide) in [
        ("minimum", json!({ "minimum": 5 }), json!({ "minimum": 4 })),
        ("maximum", json!({ "maximum": 4 }), json!({ "maximum": 5 })),
        (
            "exclusive minimum",
            json!({ "exclusiveMinimum": 5 }),
            json!({ "exclusiveMinimum": 4 }),
        ),
        (
            "exclusive maximum",
            json!({ "exclusiveMaximum": 4 }),
            json!({ "exclusiveMaximum": 5 }),
        ),
        (
            "minimum, exclusive",
            json!({ "exclusiveMinimum": 5 }),
            json!({ "minimum": 5 }),
        ),
        (
            "maximum, exclusive",
            json!({ "exclusiveMaximum": 5 }),
            json!({ "maximum": 5 }),
        ),
        (
            "minimum, exclusive in 3.0",
            json!({ "minimum": 5, "exclusiveMinimum": true }),
            json!({ "minimum": 5, "nullable": false }),
        ),
        (
            "maximum, exclusive in 3.0",
            json!({ "maximum": 5, "exclusiveMaximum": true }),
            json!({ "maximum": 5, "nullable": false }),
        ),
        (
            "minimum above exclusive",
            json!({ "minimum": 6 }),
            json!({ "exclusiveMinimum": 5 }),
        ),
        (
            "maximum below exclusive",
            json!({ "maximum": 4 }),
            json!({ "exclusiveMaximum": 5 }),
        ),
        (
            "multiple",
            json!({ "multipleOf": 10 }),
            json!({ "multipleOf": 5 }),
        ),
        ("multiple removed", json!({ "multipleOf": 10 }), json!({})),
    ] {
        both(&mut rules, name, &number(narrow), &number(wide));
    }
    rules.push(rule(
        "other multiple",
        [
            number(json!({ "multipleOf": 3 })),
            number(json!({ "multipleOf": 2 })),
        ],
        Breaking,
        Breaking,
    ));
    rules.push(same(
        "an additional, looser bound",
        [
            number(json!({ "minimum": 5 })),
            number(json!({ "minimum": 5, "exclusiveMinimum": 3 })),
        ],
    ));
    rules.push(same(
        "integers above 4",
        [
            integer(json!({ "exclusiveMinimum": 4 })),
            integer(json!({ "minimum": 5 })),
        ],
    ));
    rules.push(same(
        "integers below 4",
        [
            integer(json!({ "exclusiveMaximum": 4 })),
            integer(json!({ "maximum": 3 })),
        ],
    ));
    // A new limit often only documents what the server already enforces, so it is a warning.
    for keyword in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] {
        let limited = number(json!({ keyword: 5 }));
        rules.push(rule(
            "limit set",
            [of("number"), limited.clone()],
            Harmless,
            Harmless,
        ));
        rules.push(wider("limit unset", [limited, of("number")]));
    }
    check(rules);
}

#[test]
fn limits_of_sizes() {
    let mut rules = Vec::new();
    for (kind, low, high) in [
        ("string", "minLength", "maxLength"),
        ("array", "minItems", "maxItems"),
        ("object", "minProperties", "maxProperties"),
    ] {
        let limited = |keyword: &str, limit: u32| json!({ "type": kind, keyword: limit });
        for (name, narrow, wide) in [
            ("lower limit", limited(low, 5), limited(low, 4)),
            ("lower limit removed", limited(low, 5), of(kind)),
            ("upper limit", limited(high, 4), limited(high, 5)),
            ("upper limit removed", limited(high, 4), of(kind)),
        ] {
            // Clients usually accept longer strings and arrays, so this is a warning.
            rules.push(rule(name, [narrow.clone(), wide.clone()], Harmless, Harmless));
            rules.push(narrower(name, [wide, narrow]));
        }
        let nothing = [of(kind), limited(low, 0)];
        rules.push(same("redundant lower limit", nothing));
    }
    let unique = json!({ "type": "array", "uniqueItems": true });
    rules.push(narrower("unique items", [of("array"), unique.clone()]));
    rules.push(rule("repeated items", [unique, of("array")], Harmless, Harmless));
    check(rules);
}

#[test]
fn patterns() {
    let pattern = |pattern: &str| text("pattern", json!(pattern));
    let mut rules = vec![
        narrower("pattern", [of("string"), pattern("^a$")]),
        rule("no pattern", [pattern("^a$"), of("string")], Harmless, Harmless),
        rule(
            "pattern for any string",
            [of("string"), pattern("^.*$")],
            Harmless,
            Harmless,
        ),
    ];
    for (old, new) in [
        ("^[a-z]+$", "^[a-z0-9]+$"),
        ("^[a-z0-9]+$", "^[a-z]+$"),
        ("^a$", "^b$"),
    ] {
        rules.push(rule(
            "pattern changed",
            [pattern(old), pattern(new)],
            Harmless,
            Harmless,
        ));
    }
    check(rules);
}

#[test]
fn tuples() {
    let tuple = |prefix: &[&str], items: Value| {
        let prefix: Vec<Value> = prefix.iter().map(|name| of(*name)).collect();
        json!({ "type": "array", "prefixItems": prefix, "items": items })
    };
    check(vec![
        narrower("any item", [of("array"), tuple(&["string"], json!({}))]),
        rule(
            "null instead of the other items",
            [
                tuple(&[], of("string")),
                json!({ "type": "array", "prefixItems": [of(json!(["string", "null"]))], "items": of("string") }),
            ],
            Harmless,
            Breaking,
        ),
        wider(
            "closed",
            [
                tuple(&["string"], json!(false)),
                tuple(&["string", "string"], json!(false)),
            ],
        ),
        rule(
            "the same as the other items",
            [
                tuple(&["string"], of("string")),
                tuple(&["string", "string"], of("string")),
            ],
            Harmless,
            Harmless,
        ),
        rule(
            "unlike the other items",
            [
                tuple(&["string"], of("string")),
                tuple(&["string", "integer"], of("string")),
            ],
            Breaking,
            Breaking,
        ),
    ]);
}

#[test]
fn patterns_that_accept_any_string() {
    let with = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    check(vec![
        rule("added", [of("string"), with(".*")], Harmless, Harmless),
        rule("empty", [of("string"), with("")], Harmless, Harmless),
        narrower("a letter", [of("string"), with(".")]),
        rule("changed", [with("^a$"), with("^.*$")], Harmless, Harmless),
    ]);
}

/// A limit on strings affects clients only if strings were allowed before and still are.
#[test]
fn limits_of_types_that_are_added_or_removed() {
    let with = |types: &[&str], limit: &str, value: Value| json!({ "type": types, limit: value });
    let integer = of("integer");
    let both = with(&["integer", "string"], "pattern", json!("^[0-9]+$"));
    let short = with(&["integer", "string"], "maxLength", json!(5));
    check(vec![
        wider("strings with a pattern added", [integer.clone(), both.clone()]),
        narrower("strings with a pattern removed", [both, integer.clone()]),
        wider("short strings added", [integer.clone(), short.clone()]),
        narrower("short strings removed", [short.clone(), integer]),
        narrower(
            "strings limited",
            [with(&["integer", "string"], "x-a", json!(1)), short],
        ),
    ]);
}

#[test]
fn base64_is_written_in_two_ways() {
    let string = |keyword: &str, value: &str| json!({ "type": "string", keyword: value });
    let (byte, base64) = (string("format", "byte"), string("contentEncoding", "base64"));
    check(vec![
        same("3.1", [byte.clone(), base64.clone()]),
        same("3.0", [base64.clone(), byte]),
        rule(
            "different encoding",
            [base64, string("contentEncoding", "base32")],
            Breaking,
            Breaking,
        ),
    ]);
}

#[test]
fn passwords_can_be_any_string() {
    let with = |format: &str| json!({ "type": "string", "format": format });
    check(vec![
        rule("added", [of("string"), with("password")], Harmless, Harmless),
        rule("removed", [with("password"), of("string")], Harmless, Harmless),
        narrower("replaced", [with("password"), with("uuid")]),
    ]);
}

#[test]
fn properties_that_require_others() {
    let with = |names: &[&str]| json!({ "type": "object", "dependentRequired": { "card": names } });
    check(vec![
        narrower("new entry", [of("object"), with(&["address"])]),
        wider("entry removed", [with(&["address"]), of("object")]),
        narrower("more names", [with(&["address"]), with(&["address", "name"])]),
        wider("fewer names", [with(&["address", "name"]), with(&["address"])]),
        rule(
            "different names",
            [with(&["address"]), with(&["name"])],
            Breaking,
            Breaking,
        ),
        same("order", [with(&["address", "name"]), with(&["name", "address"])]),
    ]);
}

#[test]
fn tuples_that_list_all_items() {
    let pair =
        |count: u32| json!({ "type": "array", "items": of("number"), "minItems": 2, "maxItems": count });
    let tuple = |first: &str| json!({ "type": "array", "prefixItems": [of(first), of("number")], "minItems": 2, "maxItems": 2 });
    check(vec![
        rule("same items", [pair(2), tuple("number")], Harmless, Harmless),
        rule("same items, back", [tuple("number"), pair(2)], Harmless, Harmless),
        rule(
            "different first item",
            [pair(2), tuple("string")],
            Breaking,
            Breaking,
        ),
        narrower("fewer items", [pair(3), tuple("number")]),
    ]);
}

#[test]
fn patterns_for_property_names() {
    let object = |others: bool, patterns: &[&str]| {
        let patterns: serde_json::Map<String, Value> = patterns
            .iter()
            .map(|pattern| ((*pattern).to_owned(), of("string")))
            .collect();
        json!({ "type": "object", "patternProperties": patterns, "additionalProperties": others })
    };
    check(vec![
        narrower(
            "open object",
            [object(true, &["^a"]), object(true, &["^a", "^b"])],
        ),
        wider(
            "open object, removed",
            [object(true, &["^a", "^b"]), object(true, &["^a"])],
        ),
        // Clients usually ignore additional properties in responses.
        rule(
            "closed object",
            [object(false, &["^a"]), object(false, &["^a", "^b"])],
            Harmless,
            Harmless,
        ),
        narrower(
            "closed object, removed",
            [object(false, &["^a", "^b"]), object(false, &["^a"])],
        ),
    ]);
}

/// The schema of a map's values also describes properties that are not listed.
#[test]
fn properties_of_maps() {
    let map = json!({ "type": "object", "additionalProperties": of("integer") });
    let with = |name: &str| {
        let mut with = map.clone();
        with["properties"] = json!({ "total": of(name) });
        with
    };
    let same_type = with("integer");
    let other_type = with("string");
    check(vec![
        rule(
            "of the same type",
            [map.clone(), same_type.clone()],
            Harmless,
            Harmless,
        ),
        rule("no longer listed", [same_type, map.clone()], Harmless, Harmless),
        rule(
            "of another type",
            [map.clone(), other_type.clone()],
            Breaking,
            Breaking,
        ),
        rule(
            "of another type, no longer listed",
            [other_type, map],
            Breaking,
            Breaking,
        ),
    ]);
}

#[test]
fn lists() {
    let list = |items: Value| json!({ "type": "array", "items": items });
    let mut rules = vec![rule(
        "items of a different type",
        [list(of("string")), list(of("integer"))],
        Breaking,
        Breaking,
    )];
    for (name, narrow, wide) in [
        ("items", list(of("integer")), list(of("number"))),
        (
            "nullable items",
            list(of("string")),
            list(of(json!(["string", "null"]))),
        ),
        ("items removed", list(of("string")), of("array")),
        (
            "values of items",
            list(text("enum", json!(["a"]))),
            list(text("enum", json!(["a", "b"]))),
        ),
    ] {
        both(&mut rules, name, &narrow, &wide);
    }
    check(rules);
}

fn object(properties: Value, required: Value) -> Value {
    json!({ "type": "object", "properties": properties, "required": required })
}

#[test]
fn objects() {
    let (a, b) = (
        json!({ "a": of("string") }),
        json!({ "a": of("string"), "b": of("string") }),
    );
    let closed = |mut schema: Value| {
        schema["additionalProperties"] = json!(false);
        schema
    };
    let others = |others: Value| json!({ "type": "object", "additionalProperties": others });
    let flagged = |flag: &str| object(json!({ "a": { "type": "string", flag: true } }), json!([]));
    let none = json!([]);
    let mut rules = vec![
        narrower(
            "required",
            [object(a.clone(), none.clone()), object(a.clone(), json!(["a"]))],
        ),
        wider(
            "optional",
            [object(a.clone(), json!(["a"])), object(a.clone(), none.clone())],
        ),
        rule(
            "new optional property",
            [object(a.clone(), none.clone()), object(b.clone(), none.clone())],
            Harmless,
            Harmless,
        ),
        narrower(
            "new required property",
            [object(a.clone(), none.clone()), object(b.clone(), json!(["b"]))],
        ),
        rule(
            "optional property removed",
            [object(b.clone(), none.clone()), object(a.clone(), none.clone())],
            Harmless,
            Harmless,
        ),
        wider(
            "required property removed",
            [object(b.clone(), json!(["b"])), object(a.clone(), none.clone())],
        ),
        // Requests that still contain the property are rejected.
        narrower(
            "property removed from a closed object",
            [
                closed(object(b.clone(), none.clone())),
                closed(object(a.clone(), none.clone())),
            ],
        ),
        narrower(
            "property removed and object closed",
            [
                object(b.clone(), none.clone()),
                closed(object(a.clone(), none.clone())),
            ],
        ),
        narrower(
            "closed",
            [
                object(a.clone(), none.clone()),
                closed(object(a.clone(), none.clone())),
            ],
        ),
        rule(
            "opened",
            [
                closed(object(a.clone(), none.clone())),
                object(a.clone(), none.clone()),
            ],
            Harmless,
            Harmless,
        ),
        narrower(
            "type of additional properties added",
            [others(json!(true)), others(of("string"))],
        ),
        wider(
            "type of additional properties removed",
            [others(of("string")), others(json!(true))],
        ),
        wider(
            "wider additional properties",
            [others(of("integer")), others(of("number"))],
        ),
        rule(
            "read-only",
            [object(a.clone(), none.clone()), flagged("readOnly")],
            Harmless,
            Harmless,
        ),
        rule(
            "write-only",
            [object(a.clone(), none.clone()), flagged("writeOnly")],
            Harmless,
            Harmless,
        ),
        same(
            "properties reordered",
            [
                object(b.clone(), none.clone()),
                object(json!({ "b": of("string"), "a": of("string") }), none.clone()),
            ],
        ),
        rule(
            "property of a different type",
            [
                object(a.clone(), none.clone()),
                object(json!({ "a": of("integer") }), none.clone()),
            ],
            Breaking,
            Breaking,
        ),
        narrower(
            "required name without a property",
            [object(a.clone(), none.clone()), object(a.clone(), json!(["z"]))],
        ),
        wider(
            "required name that becomes an optional property",
            [object(json!({}), json!(["a"])), object(a.clone(), none.clone())],
        ),
        rule(
            "optional property that becomes a required name",
            [object(a.clone(), none.clone()), object(json!({}), json!(["a"]))],
            Breaking,
            Harmless,
        ),
    ];
    both(
        &mut rules,
        "property names",
        &json!({ "type": "object", "propertyNames": { "maxLength": 3, "type": "string" } }),
        &of("object"),
    );
    check(rules);
}
