//! Composition and discriminators.

use serde_json::{Map, Value, json};

use super::operations::{document, operation};
use super::support::{Breaking, Harmless, Rule, check, narrower, rule, same, wider};
use crate::support::diff;

fn object(properties: &[(&str, Value)], required: &[&str]) -> Value {
    let properties: Map<String, Value> = properties
        .iter()
        .map(|(name, schema)| ((*name).to_owned(), schema.clone()))
        .collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn with(reusable: &[(&str, Value)], mut schema: Value) -> Value {
    let reusable: Map<String, Value> = reusable
        .iter()
        .map(|(name, schema)| ((*name).to_owned(), schema.clone()))
        .collect();
    schema["$defs"] = Value::Object(reusable);
    schema
}

/// Returns an object schema whose `kind` property must have the given value.
fn kind(kind: &str, others: &[(&str, Value)], required: &[&str]) -> Value {
    let mut properties = vec![("kind", json!({ "type": "string", "enum": [kind] }))];
    properties.extend(others.iter().cloned());
    object(&properties, &[&["kind"], required].concat())
}

/// If several parts limit the same thing, the strictest limit applies.
#[test]
fn parts_that_repeat_a_keyword_are_merged() {
    let all = |parts: [Value; 2]| json!({ "allOf": parts });
    let mut rules = Vec::new();
    for (name, parts, strict, weak) in [
        (
            "values",
            [json!({ "enum": ["a", "b"] }), json!({ "enum": ["b", "c"] })],
            json!({ "enum": ["b"] }),
            json!({ "enum": ["a", "b"] }),
        ),
        (
            "types",
            [json!({ "type": "number" }), json!({ "type": "integer" })],
            json!({ "type": "integer" }),
            json!({ "type": "number" }),
        ),
        (
            "lower limits",
            [json!({ "type": "number", "minimum": 5 }), json!({ "minimum": 1 })],
            json!({ "type": "number", "minimum": 5 }),
            json!({ "type": "number", "minimum": 1 }),
        ),
        (
            "upper limits",
            [json!({ "type": "number", "maximum": 1 }), json!({ "maximum": 5 })],
            json!({ "type": "number", "maximum": 1 }),
            json!({ "type": "number", "maximum": 5 }),
        ),
        (
            "properties",
            [
                object(&[("a", text())], &["a"]),
                json!({ "properties": { "a": { "enum": ["x"] } } }),
            ],
            object(&[("a", json!({ "type": "string", "enum": ["x"] }))], &["a"]),
            object(&[("a", text())], &["a"]),
        ),
        (
            "properties that allow null",
            [
                object(&[("a", json!({ "type": ["string", "null"] }))], &["a"]),
                object(&[("a", text())], &[]),
            ],
            object(&[("a", text())], &["a"]),
            object(&[("a", json!({ "type": ["string", "null"] }))], &["a"]),
        ),
    ] {
        rules.push(same(name, [all(parts.clone()), strict.clone()]));
        rules.push(same(name, [strict, all(parts.clone())]));
        rules.push(wider(name, [all(parts.clone()), weak.clone()]));
        rules.push(narrower(name, [weak, all(parts)]));
    }
    check(rules);
}

/// A `oneOf` rejects values that match several alternatives, so adding an alternative can make it narrower.
#[test]
fn alternatives_that_accept_the_same_values() {
    let one = |members: &[&Value]| json!({ "oneOf": members });
    let (any_text, letter) = (text(), json!({ "type": "string", "pattern": "^[a-z]$" }));
    let (number, whole) = (json!({ "type": "number" }), json!({ "type": "integer" }));
    let (flag, list) = (json!({ "type": "boolean" }), json!({ "type": "array" }));
    let thing = object(&[("a", text())], &["a"]);
    let larger = object(&[("a", text()), ("b", text())], &["a", "b"]);
    check(vec![
        narrower(
            "subset of another",
            [one(&[&flag, &any_text]), one(&[&flag, &any_text, &letter])],
        ),
        wider(
            "subset removed",
            [one(&[&flag, &any_text, &letter]), one(&[&flag, &any_text])],
        ),
        // Numbers other than integers are newly accepted.
        rule(
            "superset of another",
            [one(&[&flag, &whole]), one(&[&flag, &whole, &number])],
            Breaking,
            Breaking,
        ),
        rule(
            "superset removed",
            [one(&[&flag, &whole, &number]), one(&[&flag, &whole])],
            Breaking,
            Breaking,
        ),
        wider(
            "disjoint",
            [one(&[&flag, &any_text]), one(&[&flag, &any_text, &list])],
        ),
        narrower(
            "disjoint, removed",
            [one(&[&flag, &any_text, &list]), one(&[&flag, &any_text])],
        ),
        wider("object", [one(&[&flag, &thing]), one(&[&flag, &thing, &larger])]),
    ]);
}

#[test]
fn unions_of_the_same_alternatives() {
    let union = |keyword: &str, members: &[&Value]| json!({ keyword: members });
    let tagged = [kind("a", &[("x", text())], &[]), kind("b", &[("x", text())], &[])];
    let [a, b] = &tagged;
    let (thing, other) = (object(&[("a", text())], &[]), object(&[("b", text())], &[]));
    let number = json!({ "type": "integer", "minimum": 1 });
    let turn = |name, members: &[&Value], [to_one, to_any]: [fn(&'static str, [Value; 2]) -> Rule; 2]| {
        let (any, one) = (union("anyOf", members), union("oneOf", members));
        [to_one(name, [any.clone(), one.clone()]), to_any(name, [one, any])]
    };
    let harmless: fn(&'static str, [Value; 2]) -> Rule = |name, pair| rule(name, pair, Harmless, Harmless);
    let mut rules = Vec::new();
    rules.extend(turn("open objects", &[&thing, &other], [narrower, wider]));
    rules.extend(turn("different types", &[&thing, &number], [harmless, harmless]));
    rules.extend(turn(
        "integers and numbers",
        &[&number, &json!({ "type": "number", "minimum": 2 })],
        [narrower, wider],
    ));
    rules.extend(turn("different constants", &[a, b], [harmless, harmless]));
    let mut optional = tagged.clone();
    for alternative in &mut optional {
        alternative["required"] = json!([]);
    }
    let [a, b] = &optional;
    rules.extend(turn("different optional constants", &[a, b], [narrower, wider]));
    check(rules);
}

#[test]
fn nested_unions_are_equivalent_to_one_union() {
    let number = json!({ "type": "integer", "minimum": 1 });
    let thing = object(&[("a", text())], &["a"]);
    let other = object(&[("b", text())], &["b"]);
    let mut rules = Vec::new();
    for keyword in ["anyOf", "oneOf"] {
        let union = |members: &[&Value]| json!({ keyword: members });
        let flat = union(&[&thing, &number, &other]);
        let nested = union(&[&union(&[&thing, &number]), &other]);
        let reusable = with(
            &[("Inner", union(&[&thing, &number]))],
            union(&[&reference("Inner"), &other]),
        );
        let twice = union(&[&union(&[&union(&[&thing]), &number]), &union(&[&other])]);
        // A union that contains itself accepts no additional values.
        let recursive = with(
            &[("Inner", union(&[&reference("Inner"), &thing, &number]))],
            union(&[&reference("Inner"), &other]),
        );
        for (name, schema) in [
            ("nested", nested.clone()),
            ("in a component", reusable),
            ("twice", twice),
            ("recursive", recursive),
        ] {
            rules.push(same(name, [flat.clone(), schema.clone()]));
            rules.push(same(name, [schema, flat.clone()]));
        }
        let fewer = union(&[&union(&[&thing]), &other]);
        rules.push(wider("nested alternative added", [fewer.clone(), nested.clone()]));
        rules.push(narrower("nested alternative removed", [nested, fewer]));
    }
    check(rules);
}

/// Constraints alongside a union apply to each of its alternatives.
#[test]
fn constraints_beside_a_union_can_be_moved_into_its_alternatives() {
    let base = object(&[("id", text())], &["id"]);
    let [a, b] = ["a", "b"].map(|value| kind(value, &[(value, text())], &[]));
    let [whole_a, whole_b] = ["a", "b"].map(|value| kind(value, &[(value, text()), ("id", text())], &["id"]));
    let union = |members: &[&Value]| json!({ "oneOf": members });
    let both = |part: &Value| json!({ "allOf": [base, part] });
    let mut beside = base.clone();
    beside["oneOf"] = json!([a, b]);
    let spread = union(&[&whole_a, &whole_b]);
    let mut rules = Vec::new();
    for (name, schema) in [
        ("alongside", beside.clone()),
        ("alongside, as parts", both(&union(&[&a, &b]))),
        ("in each alternative", union(&[&both(&a), &both(&b)])),
    ] {
        rules.push(same(name, [schema.clone(), spread.clone()]));
        rules.push(same(name, [spread.clone(), schema]));
    }
    let optional = kind("b", &[("b", text()), ("id", text())], &[]);
    let looser = union(&[&whole_a, &optional]);
    rules.push(wider("looser alternative", [beside.clone(), looser.clone()]));
    rules.push(narrower("stricter alternatives", [looser, beside]));
    check(rules);
}

#[test]
fn unions_of_constants_are_limited_by_other_parts() {
    let constants = |values: &[&str]| {
        let constants: Vec<Value> = values.iter().map(|value| json!({ "const": value })).collect();
        json!({ "type": "string", "oneOf": constants })
    };
    let values = |values: &[&str]| json!({ "type": "string", "enum": values });
    let both = |a: Value, b: Value| json!({ "allOf": [object(&[("kind", a)], &[]), object(&[("kind", b), ("m", text())], &[])] });
    let flat = |kind: Value| object(&[("kind", kind), ("m", text())], &[]);
    let one = both(constants(&["cat", "dog"]), values(&["cat"]));
    check(vec![
        wider("limit lost", [one.clone(), flat(values(&["cat", "dog"]))]),
        narrower("limit added", [flat(values(&["cat", "dog"])), one]),
        same(
            "limited to a constant",
            [
                both(values(&["cat", "dog"]), json!({ "const": "cat" })),
                flat(json!({ "type": "string", "const": "cat" })),
            ],
        ),
    ]);
}

#[test]
fn alternatives_in_any_order_of_components() {
    let base = object(&[("id", text())], &["id"]);
    let pet = object(&[("name", text())], &[]);
    let cat = |value: &str| json!({ "allOf": [reference("Pet"), kind(value, &[], &[])] });
    let whole = |value: &str| kind(value, &[("name", text()), ("id", text())], &["id"]);
    let mut beside = base;
    beside["oneOf"] = json!([reference("Cat"), reference("Dog")]);
    let reusable = [("Cat", cat("cat")), ("Dog", cat("dog")), ("Pet", pet)];
    check(vec![same(
        "extended alternatives",
        [
            with(&reusable, beside),
            json!({ "oneOf": [whole("cat"), whole("dog")] }),
        ],
    )]);
}

#[test]
fn a_oneof_that_lists_an_alternative_twice_rejects_it() {
    let (a, b) = (object(&[("a", text())], &["a"]), object(&[("b", text())], &["b"]));
    let flat = json!({ "oneOf": [a, b] });
    let twice = json!({ "oneOf": [a, { "oneOf": [a, b] }] });
    let [old, new] = [flat, twice].map(|schema| {
        let content = json!({ "application/json": { "schema": schema } });
        document(&operation("requestBody", json!({ "content": content })))
    });
    assert!(!diff(&old, &new).changes.is_empty());
}

#[test]
fn properties_of_a_part_can_be_limited_by_another_part() {
    let values = |values: &[&str]| json!({ "type": "string", "enum": values });
    let base = with(
        &[("Base", object(&[("a", values(&["x", "y", "z"]))], &["a"]))],
        json!({}),
    );
    let extended = |properties: &[(&str, Value)]| {
        let mut schema = base.clone();
        schema["allOf"] = json!([reference("Base"), object(properties, &[])]);
        schema
    };
    let plain = extended(&[("b", text())]);
    let limited = extended(&[("b", text()), ("a", values(&["x", "y"]))]);
    check(vec![
        narrower("limited", [plain.clone(), limited.clone()]),
        wider("no longer limited", [limited, plain.clone()]),
        same(
            "repeated",
            [plain, extended(&[("b", text()), ("a", values(&["x", "y", "z"]))])],
        ),
    ]);
}

/// An alternative is harmless if another one already accepts all its values.
#[test]
fn alternatives_that_are_covered_by_others() {
    let number = json!({ "type": "integer", "minimum": 1 });
    let any = |members: &[&Value]| json!({ "anyOf": members });
    let thing = object(&[("a", text()), ("b", text())], &["a"]);
    let stricter = object(&[("a", text()), ("b", text())], &["a", "b"]);
    let other = object(&[("c", text())], &["c"]);
    let (few, covered) = (any(&[&thing, &number]), any(&[&thing, &number, &stricter]));
    let more = any(&[&thing, &number, &other]);
    check(vec![
        rule(
            "covered alternative added",
            [few.clone(), covered.clone()],
            Harmless,
            Harmless,
        ),
        rule(
            "covered alternative removed",
            [covered, few.clone()],
            Harmless,
            Harmless,
        ),
        wider("other alternative added", [few.clone(), more.clone()]),
        narrower("other alternative removed", [more, few]),
    ]);
}

/// Without knowing whether the alternatives overlap, a `oneOf` may reject what an `anyOf` accepts.
#[test]
fn the_same_alternatives_may_match_more_or_less_often() {
    let members = [
        object(&[("a", text())], &["a"]),
        object(&[("b", text())], &["b"]),
        json!({ "type": "integer", "minimum": 1 }),
    ];
    let (one, any) = (json!({ "oneOf": members }), json!({ "anyOf": members }));
    let fewer = json!({ "anyOf": &members[1..] });
    check(vec![
        rule("oneOf to anyOf", [one.clone(), any.clone()], Harmless, Breaking),
        rule("anyOf to oneOf", [any, one.clone()], Breaking, Harmless),
        rule("fewer alternatives", [one, fewer], Breaking, Breaking),
    ]);
}

#[test]
fn alternatives_are_added_and_removed() {
    let mut rules = Vec::new();
    for keyword in ["oneOf", "anyOf"] {
        let of = |members: Vec<Value>| json!({ keyword: members });
        let reusable = [
            ("Cat", kind("cat", &[], &[])),
            ("Dog", kind("dog", &[], &[])),
            ("Cow", kind("cow", &[], &[])),
        ];
        let animals =
            |names: &[&str]| with(&reusable, of(names.iter().map(|name| reference(name)).collect()));
        let constants = |values: &[&str]| of(values.iter().map(|value| json!({ "const": value })).collect());
        let typed = |values: &[&str]| {
            of(values
                .iter()
                .map(|value| json!({ "type": "string", "const": value }))
                .collect())
        };
        let types = |members: &[&str]| of(members.iter().map(|kind| json!({ "type": kind })).collect());
        for (name, few, many) in [
            (
                "schema",
                animals(&["Cat", "Dog"]),
                animals(&["Cat", "Dog", "Cow"]),
            ),
            (
                "schema added in front",
                animals(&["Cat", "Dog"]),
                animals(&["Cow", "Cat", "Dog"]),
            ),
            ("second schema", animals(&["Cat"]), animals(&["Cat", "Dog"])),
            (
                "inline",
                of(vec![kind("cat", &[], &[]), kind("dog", &[], &[])]),
                of(vec![
                    kind("cat", &[], &[]),
                    kind("dog", &[], &[]),
                    kind("cow", &[], &[]),
                ]),
            ),
            ("constant", constants(&["a", "b"]), constants(&["a", "b", "c"])),
            ("second constant", constants(&["a"]), constants(&["a", "b"])),
            ("typed constant", typed(&["a", "b"]), typed(&["a", "b", "c"])),
            ("second typed constant", typed(&["a"]), typed(&["a", "b"])),
            (
                "type",
                types(&["string", "integer"]),
                types(&["string", "integer", "boolean"]),
            ),
            ("second type", types(&["string"]), types(&["string", "boolean"])),
            (
                "null",
                types(&["string", "integer"]),
                types(&["string", "integer", "null"]),
            ),
            (
                "constant next to a type",
                of(vec![json!({ "type": "integer" }), json!({ "const": "auto" })]),
                of(vec![
                    json!({ "type": "integer" }),
                    json!({ "const": "auto" }),
                    json!({ "const": "never" }),
                ]),
            ),
            (
                "`const` alongside `type`",
                types(&["integer", "boolean"]),
                of(vec![
                    json!({ "type": "integer" }),
                    json!({ "type": "boolean" }),
                    json!({ "const": "auto" }),
                ]),
            ),
            (
                "constant next to an enum",
                of(vec![
                    json!({ "type": "string", "enum": ["a", "b"] }),
                    json!({ "type": "integer" }),
                ]),
                of(vec![
                    json!({ "type": "string", "enum": ["a", "b"] }),
                    json!({ "type": "integer" }),
                    json!({ "const": "c" }),
                ]),
            ),
            (
                "constant and the only type",
                json!({ "type": "integer" }),
                of(vec![json!({ "type": "integer" }), json!({ "const": "auto" })]),
            ),
            (
                "constant and the only enum",
                json!({ "type": "string", "enum": ["a", "b"] }),
                of(vec![
                    json!({ "type": "string", "enum": ["a", "b"] }),
                    json!({ "const": "c" }),
                ]),
            ),
        ] {
            rules.push(wider(name, [few.clone(), many.clone()]));
            rules.push(narrower(name, [many, few]));
        }
        rules.push(same(
            "order",
            [animals(&["Cat", "Dog"]), animals(&["Dog", "Cat"])],
        ));
        rules.push(same(
            "inline or not",
            [
                animals(&["Cat", "Dog"]),
                of(vec![kind("cat", &[], &[]), kind("dog", &[], &[])]),
            ],
        ));
    }
    check(rules);
}

#[test]
fn changed_alternatives_are_matched() {
    let mut rules = Vec::new();
    for keyword in ["oneOf", "anyOf"] {
        let of = |members: Vec<Value>| json!({ keyword: members });
        let b = [("b", text())];
        let pair = |others: &[(&str, Value)], required: &[&str]| {
            of(vec![kind("x", others, required), kind("y", others, required)])
        };
        let turned = |others: &[(&str, Value)], required: &[&str]| {
            of(vec![kind("y", others, required), kind("x", others, required)])
        };
        let named = |names: [&str; 2], others: &[(&str, Value)], required: &[&str]| {
            with(
                &[
                    (names[0], kind("x", others, required)),
                    (names[1], kind("y", others, required)),
                ],
                of(names.map(reference).to_vec()),
            )
        };
        for (name, old, new, grown) in [
            ("both inline", pair(&[], &[]), pair(&b, &[]), pair(&b, &["b"])),
            (
                "both inline, in reverse order",
                pair(&[], &[]),
                turned(&b, &[]),
                turned(&b, &["b"]),
            ),
            (
                "both renamed",
                named(["A", "B"], &[], &[]),
                named(["P", "Q"], &b, &[]),
                named(["P", "Q"], &b, &["b"]),
            ),
            (
                "both kept",
                named(["A", "B"], &[], &[]),
                named(["A", "B"], &b, &[]),
                named(["A", "B"], &b, &["b"]),
            ),
        ] {
            rules.push(rule(name, [old.clone(), new.clone()], Harmless, Harmless));
            rules.push(rule(name, [new, old.clone()], Harmless, Harmless));
            rules.push(narrower(name, [old.clone(), grown.clone()]));
            rules.push(wider(name, [grown, old]));
        }
        // Without an identifying value, alternatives are matched by their shared properties.
        let plain = |extra: &[(&str, Value)]| {
            let alternative = |name: &'static str| {
                let mut properties = vec![(name, text()), ("id", text())];
                properties.extend(extra.iter().cloned());
                object(&properties, &[])
            };
            of(vec![alternative("bark"), alternative("purr")])
        };
        rules.push(rule("by properties", [plain(&[]), plain(&b)], Harmless, Harmless));
        rules.push(rule("by properties", [plain(&b), plain(&[])], Harmless, Harmless));
        // Replacing an alternative counts as removing one and adding another.
        rules.push(rule(
            "replaced",
            [
                of(vec![kind("x", &[], &[]), kind("y", &[], &[])]),
                of(vec![kind("x", &[], &[]), kind("z", &[], &[])]),
            ],
            Breaking,
            Breaking,
        ));
    }
    check(rules);
}

/// Returns a union of two schemas with the given names, each of which contains the union.
fn recursive(names: [&str; 2], has_mapping: bool, extra: &[(&str, Value)], required: &[&str]) -> Value {
    let union = || {
        let mut union = json!({ "oneOf": names.map(reference) });
        if has_mapping {
            let mapping: Map<String, Value> = ["x", "y"]
                .iter()
                .zip(names)
                .map(|(value, name)| ((*value).to_owned(), reference(name)["$ref"].clone()))
                .collect();
            union["discriminator"] = json!({ "propertyName": "kind", "mapping": mapping });
        }
        union
    };
    let member = |value: &str| {
        let mut others = vec![("children", json!({ "type": "array", "items": union() }))];
        others.extend(extra.iter().cloned());
        kind(value, &others, required)
    };
    with(&[(names[0], member("x")), (names[1], member("y"))], union())
}

#[test]
fn recursive_unions() {
    let mut rules = Vec::new();
    for has_mapping in [false, true] {
        let old = recursive(["A", "B"], has_mapping, &[], &[]);
        rules.push(same(
            "renamed",
            [old.clone(), recursive(["P", "Q"], has_mapping, &[], &[])],
        ));
        rules.push(same(
            "crossed",
            [old.clone(), recursive(["Q", "P"], has_mapping, &[], &[])],
        ));
        for names in [["A", "B"], ["P", "Q"]] {
            let optional = recursive(names, has_mapping, &[("b", text())], &[]);
            let required = recursive(names, has_mapping, &[("b", text())], &["b"]);
            rules.push(rule(
                "optional property",
                [old.clone(), optional],
                Harmless,
                Harmless,
            ));
            rules.push(narrower("required property", [old.clone(), required.clone()]));
            rules.push(wider("required property removed", [required, old.clone()]));
        }
    }
    check(rules);
}

#[test]
fn alternatives_that_share_a_base() {
    let mut rules = Vec::new();
    let union = |base: Value, names: [&str; 2]| {
        let extended = |value: &str| json!({ "allOf": [reference("Base"), kind(value, &[], &[])] });
        with(
            &[
                ("Base", base),
                (names[0], extended("x")),
                (names[1], extended("y")),
            ],
            json!({ "oneOf": names.map(reference) }),
        )
    };
    let old = object(&[("id", text())], &[]);
    let optional = object(&[("id", text()), ("b", text())], &[]);
    let required = object(&[("id", text()), ("b", text())], &["b"]);
    for names in [["A", "B"], ["P", "Q"]] {
        let before = union(old.clone(), ["A", "B"]);
        rules.push(rule(
            "grown",
            [before.clone(), union(optional.clone(), names)],
            Harmless,
            Harmless,
        ));
        rules.push(narrower(
            "required",
            [before.clone(), union(required.clone(), names)],
        ));
        rules.push(wider("loosened", [union(required.clone(), names), before]));
    }
    check(rules);
}

#[test]
fn items_become_a_union_that_contains_them() {
    let list = |items: Value| json!({ "type": "array", "items": items });
    let (cat, dog) = (kind("cat", &[], &[]), kind("dog", &[], &[]));
    let union = |keyword: &str| list(json!({ keyword: [cat, dog] }));
    let mut rules = Vec::new();
    for keyword in ["oneOf", "anyOf"] {
        rules.push(wider("items", [list(cat.clone()), union(keyword)]));
        rules.push(narrower("items", [union(keyword), list(cat.clone())]));
        let reusable = [("Cat", cat.clone()), ("Dog", dog.clone())];
        let one = with(&reusable, list(reference("Cat")));
        let two = with(
            &reusable,
            list(json!({ keyword: [reference("Cat"), reference("Dog")] })),
        );
        rules.push(wider("named items", [one.clone(), two.clone()]));
        rules.push(narrower("named items", [two, one]));
        let alone = list(json!({ keyword: [cat] }));
        rules.push(same("union of one", [list(cat.clone()), alone]));
    }
    check(rules);
}

#[test]
fn parts() {
    let base = object(&[("a", text())], &[]);
    let both = |required: &[&str]| object(&[("a", text()), ("b", text())], required);
    let all = |parts: Vec<Value>| json!({ "allOf": parts });
    let b = |required: &[&str]| object(&[("b", text())], required);
    let reusable = [("Base", base.clone())];
    let extended = |part: Value| with(&reusable, all(vec![reference("Base"), part]));
    let only = with(&reusable, all(vec![reference("Base")]));
    check(vec![
        rule(
            "optional property",
            [only.clone(), extended(b(&[]))],
            Harmless,
            Harmless,
        ),
        narrower("required property", [only.clone(), extended(b(&["b"]))]),
        rule(
            "optional property removed",
            [extended(b(&[])), only.clone()],
            Harmless,
            Harmless,
        ),
        wider("required property removed", [extended(b(&["b"])), only.clone()]),
        same("split", [both(&[]), all(vec![base.clone(), b(&[])])]),
        same(
            "split and required",
            [
                both(&["a", "b"]),
                all(vec![object(&[("a", text())], &["a"]), b(&["b"])]),
            ],
        ),
        narrower(
            "split and now required",
            [both(&[]), all(vec![base.clone(), b(&["b"])])],
        ),
        wider(
            "split and no longer required",
            [both(&["b"]), all(vec![base.clone(), b(&[])])],
        ),
        same("joined", [all(vec![base.clone(), b(&[])]), both(&[])]),
        same(
            "required outside the parts",
            [
                all(vec![base.clone(), b(&["b"])]),
                json!({ "allOf": [base, b(&[])], "required": ["b"] }),
            ],
        ),
        narrower(
            "newly required outside the parts",
            [
                all(vec![base.clone(), b(&[])]),
                json!({ "allOf": [base, b(&[])], "required": ["b"] }),
            ],
        ),
        wider(
            "no longer required outside the parts",
            [
                json!({ "allOf": [base, b(&[])], "required": ["b"] }),
                all(vec![base.clone(), b(&[])]),
            ],
        ),
        narrower(
            "required in a separate part",
            [
                all(vec![base.clone(), b(&[])]),
                all(vec![base.clone(), b(&[]), json!({ "required": ["a"] })]),
            ],
        ),
        same(
            "properties outside the parts",
            [
                with(
                    &reusable,
                    json!({ "allOf": [reference("Base")], "properties": { "b": text() } }),
                ),
                extended(json!({ "properties": { "b": text() } })),
            ],
        ),
        narrower(
            "property narrowed by a part",
            [
                all(vec![base.clone(), b(&[])]),
                all(vec![
                    base.clone(),
                    object(&[("b", json!({ "type": "string", "enum": ["x"] }))], &[]),
                ]),
            ],
        ),
        narrower(
            "limit in a part",
            [
                all(vec![base.clone(), b(&[])]),
                all(vec![base.clone(), b(&[]), json!({ "maxProperties": 5 })]),
            ],
        ),
        rule(
            "annotation in a part",
            [
                all(vec![base.clone(), b(&[])]),
                all(vec![base.clone(), b(&[]), json!({ "x-note": 1 })]),
            ],
            Harmless,
            Harmless,
        ),
    ]);
}

#[test]
fn discriminators() {
    let union = |mapping: &[(&str, &str)], names: &[&str]| {
        let reusable: Vec<_> = [("Cat", "cat"), ("Dog", "dog"), ("Cow", "cow")]
            .iter()
            .map(|(name, value)| (*name, kind(value, &[], &[])))
            .collect();
        let mapping: Map<String, Value> = mapping
            .iter()
            .map(|(value, name)| ((*value).to_owned(), reference(name)["$ref"].clone()))
            .collect();
        let names: Vec<_> = names.iter().map(|name| reference(name)).collect();
        with(
            &reusable,
            json!({ "oneOf": names, "discriminator": { "propertyName": "kind", "mapping": mapping } }),
        )
    };
    let two = union(&[("cat", "Cat"), ("dog", "Dog")], &["Cat", "Dog"]);
    let three = union(
        &[("cat", "Cat"), ("dog", "Dog"), ("cow", "Cow")],
        &["Cat", "Dog", "Cow"],
    );
    check(vec![
        wider("mapped alternative", [two.clone(), three.clone()]),
        narrower("mapped alternative", [three, two.clone()]),
        rule(
            "alternative mapped to a different value",
            [
                two.clone(),
                union(&[("cat", "Cat"), ("hound", "Dog")], &["Cat", "Dog"]),
            ],
            Breaking,
            Breaking,
        ),
        wider(
            "second value for an alternative",
            [
                two.clone(),
                union(
                    &[("cat", "Cat"), ("dog", "Dog"), ("hound", "Dog")],
                    &["Cat", "Dog"],
                ),
            ],
        ),
        narrower(
            "second value removed",
            [
                union(
                    &[("cat", "Cat"), ("dog", "Dog"), ("hound", "Dog")],
                    &["Cat", "Dog"],
                ),
                two.clone(),
            ],
        ),
        rule(
            "swapped values",
            [
                two.clone(),
                union(&[("cat", "Dog"), ("dog", "Cat")], &["Cat", "Dog"]),
            ],
            Breaking,
            Breaking,
        ),
        same(
            "explicit default mapping",
            [
                union(&[], &["Cat", "Dog"]),
                union(&[("Cat", "Cat"), ("Dog", "Dog")], &["Cat", "Dog"]),
            ],
        ),
        same(
            "mapping removed",
            [
                union(&[("Cat", "Cat")], &["Cat", "Dog"]),
                union(&[], &["Cat", "Dog"]),
            ],
        ),
        rule(
            "mapping with swapped names",
            [
                union(&[], &["Cat", "Dog"]),
                union(&[("Cat", "Dog"), ("Dog", "Cat")], &["Cat", "Dog"]),
            ],
            Breaking,
            Breaking,
        ),
        same(
            "mapping that keeps the names of renamed alternatives",
            [
                with(
                    &[("Cat", kind("Cat", &[], &[])), ("Dog", kind("Dog", &[], &[]))],
                    json!({ "oneOf": [reference("Cat"), reference("Dog")], "discriminator": { "propertyName": "kind" } }),
                ),
                with(
                    &[("A", kind("Cat", &[], &[])), ("B", kind("Dog", &[], &[]))],
                    json!({
                        "oneOf": [reference("A"), reference("B")],
                        "discriminator": {
                            "propertyName": "kind",
                            "mapping": { "Cat": reference("A")["$ref"], "Dog": reference("B")["$ref"] },
                        },
                    }),
                ),
            ],
        ),
        same(
            "order",
            [
                two.clone(),
                union(&[("dog", "Dog"), ("cat", "Cat")], &["Dog", "Cat"]),
            ],
        ),
    ]);
}

#[test]
fn references() {
    let schema = object(&[("a", text())], &["a"]);
    let tree = |name: &str, required: &[&str]| {
        let node = object(
            &[
                ("value", text()),
                ("children", json!({ "type": "array", "items": reference(name) })),
            ],
            required,
        );
        with(&[(name, node)], json!({ "allOf": [reference(name)] }))
    };
    check(vec![
        same(
            "inline",
            [
                with(&[("A", schema.clone())], json!({ "allOf": [reference("A")] })),
                schema.clone(),
            ],
        ),
        same(
            "renamed",
            [
                with(
                    &[("A", schema.clone())],
                    json!({ "type": "array", "items": reference("A") }),
                ),
                with(
                    &[("B", schema.clone())],
                    json!({ "type": "array", "items": reference("B") }),
                ),
            ],
        ),
        same("recursive and renamed", [tree("A", &[]), tree("B", &[])]),
        narrower(
            "recursive, renamed and required",
            [tree("A", &[]), tree("B", &["value"])],
        ),
        wider(
            "recursive, renamed and optional",
            [tree("A", &["value"]), tree("B", &[])],
        ),
    ]);
}

#[test]
fn a_scalar_becomes_one_of_several_alternatives() {
    let string = |keyword: &str, value: Value| json!({ "type": "string", keyword: value });
    let format = |format: &str| string("format", json!(format));
    let number = |kind: &str, format: &str| json!({ "type": kind, "format": format });
    let pattern = |pattern: &str| string("pattern", json!(pattern));
    let length = |length: u32| string("maxLength", json!(length));
    let mut rules = Vec::new();
    for keyword in ["oneOf", "anyOf"] {
        let of = |members: [&Value; 2]| json!({ keyword: members });
        for (name, one, other) in [
            ("a wider format", format("date"), format("date-time")),
            ("an unrelated format", format("uri"), format("email")),
            ("strings", format("uuid"), text()),
            ("longer strings", length(5), length(9)),
            ("another pattern", pattern("^a"), pattern("^b")),
            ("short strings and a pattern", length(5), pattern("^b")),
            (
                "wider integers",
                number("integer", "int32"),
                number("integer", "int64"),
            ),
            ("numbers", number("integer", "int32"), number("number", "double")),
            ("values", string("enum", json!(["a"])), text()),
        ] {
            rules.push(wider(name, [one.clone(), of([&one, &other])]));
            rules.push(narrower(name, [of([&one, &other]), one.clone()]));
            let list = |items: Value| json!({ "type": "array", "items": items });
            rules.push(wider(name, [list(one.clone()), list(of([&one, &other]))]));
            let map = |values: Value| json!({ "type": "object", "additionalProperties": values });
            rules.push(narrower(name, [map(of([&one, &other])), map(one.clone())]));
        }
        for (name, few) in [
            ("formats", of([&format("date"), &format("uuid")])),
            ("patterns", of([&pattern("^a"), &pattern("^b")])),
            ("lengths", of([&length(5), &pattern("^b")])),
        ] {
            rules.push(narrower(name, [text(), few]));
        }
        // The schema accepts the values of all alternatives. In a response, a different format is only a warning.
        let (dates, times) = (of([&format("date"), &format("time")]), format("date-time"));
        rules.push(narrower("all alternatives", [times.clone(), dates.clone()]));
        rules.push(rule("all alternatives", [dates, times], Harmless, Harmless));
    }
    check(rules);
}

#[test]
fn null_is_an_alternative() {
    let null = json!({ "type": "null" });
    let mut rules = Vec::new();
    for keyword in ["oneOf", "anyOf"] {
        let of = |members: &[&Value]| json!({ keyword: members });
        let (cat, dog) = (kind("cat", &[], &[]), kind("dog", &[], &[]));
        let nullable_cat = of(&[&cat, &null]);
        let reusable = [("MaybeCat", nullable_cat.clone())];
        let named = |schema: Value| with(&reusable, schema);
        let (maybe_cat, list) = (reference("MaybeCat"), json!({ "type": "array", "items": text() }));
        let nullable_list = json!({ "type": ["array", "null"], "items": text() });
        rules.extend([
            // Null has the same meaning in all of these positions.
            same(
                "position",
                [of(&[&nullable_cat, &dog]), of(&[&cat, &of(&[&dog, &null])])],
            ),
            same("name", [named(of(&[&maybe_cat, &dog])), of(&[&cat, &dog, &null])]),
            same(
                "twice",
                [named(of(&[&maybe_cat, &dog, &null])), of(&[&cat, &dog, &null])],
            ),
            wider(
                "only in an alternative",
                [of(&[&cat, &dog]), named(of(&[&maybe_cat, &dog]))],
            ),
            narrower(
                "only in an alternative",
                [named(of(&[&maybe_cat, &dog])), of(&[&cat, &dog])],
            ),
            // A nullable schema is replaced by a union that accepts null in a different position.
            wider("list", [nullable_list.clone(), of(&[&of(&[&list, &cat]), &null])]),
            narrower("list", [of(&[&of(&[&list, &cat]), &null]), nullable_list.clone()]),
            rule(
                "list without null",
                [nullable_list, of(&[&list, &cat])],
                Breaking,
                Breaking,
            ),
            // The union has no other alternatives.
            narrower("only null", [json!({}), of(&[&null])]),
            rule("only null", [text(), of(&[&null])], Breaking, Breaking),
            same("only null", [null.clone(), of(&[&null])]),
        ]);
    }
    let all = |parts: &[Value]| json!({ "allOf": parts });
    let nullable = json!({ "type": ["integer", "null"] });
    let (two, two_or_null) = (json!({ "const": 2 }), json!({ "enum": [2, null] }));
    let reusable = [("Cat", kind("cat", &[], &[]))];
    let inner = all(&[reference("Cat"), json!({ "required": ["name"] })]);
    let parts = with(&reusable, inner.clone());
    let mut parts_30 = parts.clone();
    parts_30["nullable"] = json!(true);
    let parts_or_null = with(&reusable, json!({ "anyOf": [inner, { "type": "null" }] }));
    rules.extend([
        wider("parts", [parts.clone(), parts_or_null.clone()]),
        narrower("parts", [parts_or_null, parts.clone()]),
        narrower("parts in 3.0", [parts_30, parts]),
        narrower(
            "one part",
            [
                all(&[nullable.clone(), nullable.clone()]),
                all(&[nullable.clone(), json!({ "type": "integer" })]),
            ],
        ),
        narrower(
            "value",
            [
                all(&[nullable.clone(), two_or_null.clone()]),
                all(&[nullable.clone(), two.clone()]),
            ],
        ),
        wider(
            "value",
            [all(&[two, nullable.clone()]), all(&[two_or_null, nullable])],
        ),
    ]);
    check(rules);
}

#[test]
fn a_schema_is_replaced_by_other_alternatives() {
    let mut rules = Vec::new();
    for keyword in ["oneOf", "anyOf"] {
        let of = |members: Vec<Value>| json!({ "type": "array", "items": { keyword: members } });
        let list = |items: Value| json!({ "type": "array", "items": items });
        let (number, flag) = (json!({ "type": "integer" }), kind("x", &[], &[]));
        // No alternative accepts the old values, and clients don't expect the new ones.
        let others = of(vec![number.clone(), flag.clone()]);
        rules.push(rule("others", [list(text()), others.clone()], Breaking, Breaking));
        rules.push(rule("others", [others, list(text())], Breaking, Breaking));
        // The alternatives accept only some of the old values.
        let values = of(vec![
            json!({ "type": "string", "const": "a" }),
            json!({ "type": "string", "const": "b" }),
        ]);
        rules.push(narrower("values", [list(text()), values.clone()]));
        rules.push(wider("values", [values, list(text())]));
        // One alternative accepts all old values and more.
        let grown = of(vec![kind("x", &[("b", text())], &[]), number]);
        rules.push(wider("grown", [list(flag.clone()), grown.clone()]));
        rules.push(narrower("grown", [grown, list(flag)]));
    }
    check(rules);
}

#[test]
fn alternatives_next_to_other_constraints() {
    let plain = object(&[("a", text()), ("b", text())], &[]);
    let mut rules = Vec::new();
    for keyword in ["oneOf", "anyOf"] {
        let mut limited = plain.clone();
        limited[keyword] = json!([{ "required": ["a"] }, { "required": ["b"] }]);
        rules.push(narrower(
            "required alternatives",
            [plain.clone(), limited.clone()],
        ));
        rules.push(wider("required alternatives", [limited, plain.clone()]));
    }
    check(rules);
}

#[test]
fn constants_are_equivalent_to_an_enum() {
    let constants = |values: &[&str]| {
        let members: Vec<Value> = values.iter().map(|value| json!({ "const": value })).collect();
        json!({ "type": "string", "oneOf": members })
    };
    let values = |values: &[&str]| json!({ "type": "string", "enum": values });
    let typed = |name: &str| json!({ "oneOf": [{ "type": "string", "const": "a" }, { "type": name, "enum": ["b"] }] });
    let twice = |keyword: &str| {
        let members = [json!({ "const": "a" }), json!({ "enum": ["b", "a"] })];
        json!({ "type": "string", keyword: members })
    };
    check(vec![
        same("the same values", [constants(&["a", "b"]), values(&["a", "b"])]),
        same(
            "the same values, swapped",
            [values(&["a", "b"]), constants(&["a", "b"])],
        ),
        same("another order", [values(&["b", "a"]), constants(&["a", "b"])]),
        same(
            "types of the alternatives",
            [typed("string"), values(&["a", "b"])],
        ),
        same("a repeated value in anyOf", [twice("anyOf"), values(&["a", "b"])]),
        wider(
            "a constant added",
            [values(&["a", "b"]), constants(&["a", "b", "c"])],
        ),
        narrower(
            "a constant removed",
            [values(&["a", "b", "c"]), constants(&["a", "b"])],
        ),
        wider(
            "a value added",
            [constants(&["a", "b"]), values(&["a", "b", "c"])],
        ),
        narrower(
            "a value removed",
            [constants(&["a", "b", "c"]), values(&["a", "b"])],
        ),
        // `oneOf` rejects values that two alternatives accept, so the schemas are not equivalent.
        rule(
            "a repeated value in oneOf",
            [twice("oneOf"), values(&["a", "b"])],
            Breaking,
            Breaking,
        ),
    ]);
}

#[test]
fn a_negated_schema_changes_in_the_opposite_direction() {
    let not = |schema: Value| json!({ "type": "string", "not": schema });
    let values = |values: &[&str]| not(json!({ "enum": values }));
    let length = |length: u32| not(json!({ "type": "string", "minLength": length }));
    let both = |name, old: Value, new: Value| rule(name, [old, new], Breaking, Breaking);
    let pattern = |pattern: &str| not(json!({ "type": "string", "pattern": pattern }));
    check(vec![
        wider("fewer forbidden values", [values(&["a", "b"]), values(&["a"])]),
        narrower("more forbidden values", [values(&["a"]), values(&["a", "b"])]),
        both("different forbidden values", values(&["a"]), values(&["b"])),
        rule(
            "fewer forbidden lengths",
            [length(5), length(6)],
            Harmless,
            Breaking,
        ),
        rule(
            "more forbidden lengths",
            [length(6), length(5)],
            Breaking,
            Harmless,
        ),
        both("another pattern", pattern("^a$"), pattern("^b$")),
        wider("forbidden pattern", [not(text()), pattern("^a$")]),
        narrower("forbidden pattern", [pattern("^a$"), not(text())]),
    ]);
}
