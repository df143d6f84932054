//! Patterns compiled to tables: the client's matcher must agree with an ECMA-262 engine.

#[path = "../../src/ergonomic/support/pattern.rs"]
mod matcher;

use matcher::Pattern;
use proptest::prelude::*;
use xtask_generate::ergonomic::pattern::{Compiled, MAX_POSITIONS, Ranges, compile};

fn leak<T>(values: Vec<T>) -> &'static [T] {
    Vec::leak(values)
}

/// Returns a matcher for a pattern and its length limits.
fn matcher(source: &str) -> impl Fn(&str) -> bool + use<> {
    let (pattern, min, max) = match compile(source).unwrap_or_else(|error| panic!("{source}: {error}")) {
        Compiled::Only { class, min, max, .. } => (Pattern::Only(leak(class)), min, max),
        Compiled::Positions(automaton) => {
            let classes = automaton.classes.into_iter().map(|class: Ranges| leak(class));
            let pattern = Pattern::Positions {
                classes: leak(classes.collect()),
                first: automaton.first,
                follow: leak(automaton.follow),
                last: automaton.last,
                matches_empty: automaton.matches_empty,
            };
            (pattern, 0, None)
        }
    };
    move |text| {
        let length = text.chars().count();
        length >= min && max.is_none_or(|max| length <= max) && pattern.is_match(text)
    }
}

const PATTERNS: [&str; 42] = [
    "^[A-Za-z0-9_-]+$",
    "^[A-Z][0-9]+$",
    "^[a-z-]+$",
    "^[a-z]{2,4}$",
    "^[^a-c]*$",
    "^a?b$",
    "^(?:ab|c)+$",
    "^(ab|a)(c|bcd)?$",
    "^(?<name>a)b$",
    "^a{3}$",
    "^a{2,}b$",
    "^(a*)*$",
    "^(a|b*)+c{0,2}$",
    "^$",
    "",
    "a",
    "^a",
    "a$",
    "^a|b$",
    "ab|^c",
    "^\\d{1,3}$",
    "^\\w+\\s\\S$",
    "^\\D\\W$",
    "^.$",
    "^[\\d.]+$",
    "^[\\]\\-^]+$",
    "^\\.\\/\\-$",
    "^\\u0061\\x62\\t$",
    "^[é-ü]+$",
    "^(a|b)*?abb$",
    "^[[:alb:]]+$",
    "^[a-z&&[^b]]$",
    "^[a[b]]$",
    "^[~~a]+$",
    "^[a-b-]+$",
    "^[\\w-]+$",
    "^[^\\D-]+$",
    "^[-\\w]+$",
    "^[^-\\d]+$",
    "^[a-c-\\d]+$",
    "^\\<?a\\>?$",
    "^(?:[a-c]){2}$",
];

const TEXTS: [&str; 36] = [
    "", "a", "b", "c", "ab", "abc", "abb", "aab", "aaa", "aaaa", "ababc", "abcd", "A1", "A12", "a1", "1",
    "12", "1234", "-", "a-b", "a_b", "é", "ü", "x y", "x\u{a0}y", "\n", "a\n", "\u{2028}", "./-", "ab\t",
    "]-^", "٣", "a]", "[b]", "&]", "~",
];

#[test]
fn the_client_agrees_with_an_ecma_262_engine() {
    for source in PATTERNS {
        let engine = regress::Regex::with_flags(source, "").unwrap();
        let matches = matcher(source);
        for text in TEXTS {
            assert_eq!(
                matches(text),
                engine.find(text).is_some(),
                "{source:?} on {text:?}"
            );
        }
    }
}

#[test]
fn patterns_with_engine_specific_meaning_are_rejected() {
    for source in [
        "^(?=a)a$",
        "^(?!a)$",
        "^(a)\\1$",
        "\\bword\\b",
        "^a^b$",
        "(^a)",
        "^\\p{L}+$",
        "^(?i)a$",
        "^(?i:a)$",
        "^(?P<n>a)$",
        "\\Aa\\z",
        "^a{200}b{2}$",
        "^((((a?){99}){99}){99}){99}$",
        "^[b-a]$",
        "^(a$",
        "^\\a$",
        "^\\x{61}$",
        "^\\u+061$",
        "^a{,3}$",
        "^a{ 1,3}$",
        "^[]a]$",
        "^[^]a]$",
        "^[--a]$",
        "^[!-\\d]$",
        "^[\\d-x]$",
        "^[a",
        "^a\\",
    ] {
        let error = compile(source).expect_err(source);
        assert!(!error.is_empty() && !error.contains('\n'), "{source}: {error}");
    }
    let empty = matcher("^((((){99}){99}){99}){99}$");
    assert!(empty("") && !empty("a"));
    assert!(compile(&format!("^a{{{MAX_POSITIONS}}}b?$")).is_err());
    assert!(compile(&format!("^(?:a){{{MAX_POSITIONS}}}$")).is_ok());
}

proptest! {
    #[test]
    fn the_matchers_agree_on_arbitrary_patterns(
        source in r"\^?([ab]|\[ab-\]|\[\^1\\s\]|\(a\|b\)|\.|\\d|a\*|b\+|a\?|\(ab\)\{1,3\}|\(a\|\)){0,6}\$?",
        text in r"[ab1\-\n]{0,8}",
    ) {
        let engine = regress::Regex::with_flags(&source, "u").unwrap();
        prop_assert_eq!(matcher(&source)(&text), engine.find(&text).is_some(), "{} on {:?}", source, text);
    }
}
