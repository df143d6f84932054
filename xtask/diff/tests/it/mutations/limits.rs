//! Limits: bounds of numbers, lengths and counts, patterns, multiples; in the request and in a response.

use serde_json::json;

use super::values::{both_ways, text};
use super::{Breaking, Info, Warning};

#[test]
fn bounds() {
    // Keyword, id, and what loosening it means in a response.
    let upper = [
        ("maximum", "max", Breaking),
        ("exclusiveMaximum", "exclusive-max", Breaking),
        ("maxLength", "max-length", Warning),
        ("maxItems", "max-items", Warning),
        ("maxProperties", "max-properties", Warning),
    ];
    for (keyword, id, loosened) in upper {
        let [set, unset, up, down] = ids(id);
        let of = |limit: i64| json!({ keyword: limit });
        both_ways(of(5), of(6), (up, Info, loosened), (down, Breaking, Info));
        both_ways(json!({}), of(5), (set, Warning, Info), (unset, Info, loosened));
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
    // What counts has a lower limit even where none is set.
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

/// The ids of a bound that is set, unset, increased and decreased.
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
    let of = |number: f64| json!({ "type": "number", "multipleOf": number });
    both_ways(
        json!({ "type": "number" }),
        of(2.0),
        ("multiple-of-set", Warning, Info),
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
        ("unique-items-set", Warning, Info),
        ("unique-items-unset", Info, Warning),
    );
}
