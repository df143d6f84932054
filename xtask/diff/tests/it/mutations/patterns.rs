//! Changing a pattern in a request is harmless if the new pattern accepts every string that the old one accepts.

use serde_json::json;
use xtask_diff::Severity;

use super::support::{Edited, Info, REQUEST, RESPONSE, Warning, text};
use crate::support::diff;

/// Returns the id and severity of changing one pattern to another.
fn change(schema: &str, old: &str, new: &str) -> (String, Severity) {
    let [old, new] = [old, new].map(|pattern| {
        let probe = format!("{schema}/properties/probe");
        Edited::facts().set(&probe, text("pattern", json!(pattern))).0
    });
    let mut changes = diff(&old, &new).changes;
    assert_eq!(changes.len(), 1, "{changes:#?}");
    let change = changes.remove(0);
    (change.id, change.severity)
}

#[track_caller]
fn is_wider(old: &str, new: &str) -> bool {
    let in_response = change(RESPONSE, old, new);
    assert_eq!(
        in_response,
        ("response-property-pattern-changed".to_owned(), Info)
    );
    match change(REQUEST, old, new) {
        (id, Info) => {
            assert_eq!(id, "request-property-pattern-generalized");
            true
        }
        (id, severity) => {
            assert_eq!(
                (id.as_str(), severity),
                ("request-property-pattern-changed", Warning)
            );
            false
        }
    }
}

#[test]
fn wider_patterns_are_detected() {
    for (narrow, wide) in [
        ("^[a-z]+$", "^[a-z0-9]+$"),
        ("^[a-z]{1,5}$", "^[a-z]{1,6}$"),
        ("^[a-z]{2,}$", "^[a-z]+$"),
        ("^(a|b)$", "^(?:a|b|c)$"),
        ("^a", "a"),
        ("abc", "b"),
        (r"^\d+$", r"^\w+$"),
        (r"^[\w-]+$", r"^[\w.-]+$"),
        (r"^\S$", "^[^a]$|a"),
        (r"^\u0041$", r"^[\x41B]$"),
        ("^[[]$", r"^[\[\]]$"),
        ("^[a&b]$", "^[a&bc]$"),
        ("^a$", ""),
    ] {
        assert!(is_wider(narrow, wide), "{narrow} to {wide}");
        assert!(!is_wider(wide, narrow), "{wide} to {narrow}");
    }
}

#[test]
fn equivalent_patterns_accept_the_same_strings() {
    for (a, b) in [
        (r"^\d$", "^[0-9]$"),
        ("^aa*$", "^a+$"),
        ("^.$", r"^[^\n\r\u2028\u2029]$"),
        (r"^\s$", r"^[\s]$"),
        (r"^\D$", r"^[^\d]$"),
        (r"^[\D]$", r"^(?<name>[^0-9])$"),
    ] {
        assert!(is_wider(a, b) && is_wider(b, a), "{a} and {b}");
    }
}

#[test]
fn undecidable_patterns_are_warnings() {
    for pattern in [
        "^(?=a)a$",
        "^(?!a)b$",
        "(?<=a)b",
        r"^(a)\1$",
        r"^\bword\b$",
        r"^\p{L}$",
        "^[]$",
        "^[^]$",
        "(",
        "^[a--z]$",
        "(?i)a",
        "^a{,2}$",
        r"^[!-\d]$",
        r"^\ud83d$",
        "^((a{100}){100}){100}$",
    ] {
        assert!(
            !is_wider(pattern, "^a$") && !is_wider("^b$", pattern),
            "{pattern}"
        );
    }
    // The length limit is 1,000 bytes.
    let of = |length: usize| format!("^{}$", "a".repeat(length - 2));
    assert!(is_wider(&of(1_000), "a"));
    assert!(!is_wider(&of(1_001), "a"));
}
