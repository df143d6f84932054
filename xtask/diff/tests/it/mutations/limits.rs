//! Limits in requests and responses: numeric bounds, lengths and counts, patterns, and multiples.

use serde_json::{Value, json};

use super::support::{Breaking, Edited, Info, REQUEST, RESPONSE, Warning, both_ways, text};
use crate::support::diff;

#[test]
fn bounds() {
    // Each entry consists of the keyword, the id, the severity of adding the keyword to a request, and the severity of
    // loosening it in a response.
    let upper = [
        ("maximum", "max", Warning, Breaking),
        ("exclusiveMaximum", "exclusive-max", Warning, Breaking),
        ("maxLength", "max-length", Breaking, Warning),
        ("maxItems", "max-items", Breaking, Warning),
        ("maxProperties", "max-properties", Breaking, Warning),
    ];
    for (keyword, id, is_set, loosened) in upper {
        let [set, unset, up, down] = ids(id);
        let of = |limit: i64| json!({ keyword: limit });
        both_ways(of(5), of(6), (up, Info, loosened), (down, Breaking, Info));
        both_ways(json!({}), of(5), (set, is_set, Info), (unset, Info, loosened));
    }
    let lower = [
        ("minimum", "min", Breaking),
        ("exclusiveMinimum", "exclusive-min", Breaking),
    ];
    for (keyword, id, loosened) in lower {
        let [set, unset, up, down] = ids(id);
        let of = |limit: i64| json!({ keyword: limit });
        both_ways(of(5), of(6), (up, Breaking, Info), (down, Info, loosened));
        both_ways(json!({}), of(5), (set, Warning, Info), (unset, Info, loosened));
    }
    // The lower limit of a count defaults to 0.
    for (keyword, id) in [
        ("minLength", "min-length"),
        ("minItems", "min-items"),
        ("minProperties", "min-properties"),
    ] {
        let [_, _, up, down] = ids(id);
        for old in [json!({ keyword: 5 }), json!({})] {
            both_ways(
                old,
                json!({ keyword: 6 }),
                (up, Breaking, Info),
                (down, Info, Warning),
            );
        }
    }
}

#[test]
fn bounds_are_compared_numerically() {
    let [set, unset, up, down] = ids("max");
    let of = |limit: Value| json!({ "type": "number", "maximum": limit });
    let higher = (up, Info, Breaking);
    let lower = (down, Breaking, Info);
    both_ways(of(json!(5)), of(json!(5.5)), higher, lower);
    both_ways(of(json!(-1)), of(json!(0)), higher, lower);
    both_ways(of(json!(i64::MAX - 1)), of(json!(i64::MAX)), higher, lower);
    both_ways(of(json!(i64::MAX)), of(json!(u64::MAX)), higher, lower);
    // A limit that is not a number is reported as an unrecognized keyword.
    let changed = ("keyword-changed", Warning, Warning);
    both_ways(of(json!(5)), of(json!("six")), changed, changed);
    both_ways(
        json!({ "type": "number" }),
        of(json!("six")),
        (set, Warning, Info),
        (unset, Info, Breaking),
    );
}

/// Returns the ids for adding, removing, increasing and decreasing a bound.
fn ids(bound: &str) -> [&'static str; 4] {
    ["set", "unset", "increased", "decreased"]
        .map(|what| &*Box::leak(format!("{bound}-{what}").into_boxed_str()))
}

#[test]
fn patterns_multiples_and_uniqueness() {
    both_ways(
        json!({ "type": "string" }),
        text("pattern", json!("a+")),
        ("pattern-added", Breaking, Info),
        ("pattern-removed", Info, Info),
    );
    let changed = ("pattern-changed", Warning, Info);
    both_ways(
        text("pattern", json!("a+")),
        text("pattern", json!("b+")),
        changed,
        changed,
    );
    for pattern in ["", ".*", "^.*$", "^.*"] {
        let report = |schema: &str| {
            let probe = |pattern: &str| {
                let schema = format!("{schema}/properties/probe");
                Edited::facts().set(&schema, text("pattern", json!(pattern)))
            };
            let changes = diff(&probe("a+").0, &probe(pattern).0).changes;
            changes
                .into_iter()
                .map(|change| (change.id, change.severity))
                .collect::<Vec<_>>()
        };
        let expected = |id: &str| vec![(id.to_owned(), Info)];
        assert_eq!(report(REQUEST), expected("request-property-pattern-generalized"));
        assert_eq!(report(RESPONSE), expected("response-property-pattern-changed"));
    }
    let of = |number: f64| json!({ "type": "number", "multipleOf": number });
    both_ways(
        json!({ "type": "number" }),
        of(2.0),
        ("multiple-of-set", Breaking, Info),
        ("multiple-of-unset", Info, Breaking),
    );
    both_ways(
        of(4.0),
        of(2.0),
        ("multiple-of-loosened", Info, Breaking),
        ("multiple-of-changed", Breaking, Info),
    );
    both_ways(
        json!({ "type": "array" }),
        json!({ "type": "array", "uniqueItems": true }),
        ("unique-items-set", Breaking, Info),
        ("unique-items-unset", Info, Warning),
    );
}
