//! Fuzzes the import and comparison of documents with arbitrary bytes.

use chrono::NaiveDate;
use xtask_diff::{Ignore, Verdict, compare, literal, render};
use xtask_openapi::lower::lower;
use xtask_openapi::{Document, Error, import as import_document};

use crate::escape::{assert_printable, assert_report};

/// The separator between the documents in an input.
const SEPARATOR: &[u8] = b"\n=====\n";

/// Imports the input as a published document.
pub fn import(input: &[u8]) {
    let document = match Document::parse("input.yaml", input) {
        Ok(document) => document,
        Err(error) => return assert_is_about(&error, "input.yaml"),
    };
    match import_document(&document, &[]) {
        Err(error) => assert_is_about(&error, "input.yaml"),
        Ok(imported) => {
            let facts =
                Document::parse("facts.yaml", imported.yaml.as_bytes()).expect("facts should be valid YAML");
            assert_eq!(
                facts.value(),
                &imported.facts,
                "the YAML contains different facts"
            );
            assert_eq!(facts.version(), document.version());
            let again = import_document(&facts, &[]).expect("facts should be importable");
            assert_eq!(again.yaml, imported.yaml, "importing the facts changed them");
            convert(&facts);
        }
    }
}

/// Converts facts to OpenAPI 3.0.
fn convert(facts: &Document) {
    match lower(facts) {
        Err(error) => assert_is_about(&error, "facts.yaml"),
        Ok(lowered) => {
            for conversion in &lowered.lossy_conversions {
                assert_printable(&conversion.to_string());
            }
            let lowered = facts.changed("lowered", lowered.value);
            let again = lower(&lowered).expect("a converted document should be convertible again");
            assert_eq!(
                &again.value,
                lowered.value(),
                "converting again changed the document"
            );
        }
    }
}

/// Compares the input's two documents in both directions. An optional third document contains ignore rules.
pub fn diff(input: &[u8]) {
    let (old, rest) = split(input);
    let (new, rules) = split(rest);
    let document =
        |name: &str, text| Document::parse(name, text).inspect_err(|error| assert_is_about(error, name));
    let (Ok(old), Ok(new)) = (document("old.yaml", old), document("new.yaml", new)) else {
        return;
    };
    let today = NaiveDate::default();
    if let Ok(report) = compare(&old, &old, &[], today) {
        assert!(
            report.changes.is_empty(),
            "a document differs from itself: {:?}",
            report.changes
        );
        assert_eq!(report.verdict, Verdict::Identical);
    }
    let (report, reverse) = match (compare(&old, &new, &[], today), compare(&new, &old, &[], today)) {
        (Ok(report), Ok(reverse)) => (report, reverse),
        (Err(error), _) | (_, Err(error)) => {
            assert!(
                ["old.yaml", "new.yaml"].contains(&error.source_name.as_str()),
                "{error}"
            );
            return assert!(!error.message.is_empty());
        }
    };
    assert_eq!(
        report.changes.is_empty(),
        reverse.changes.is_empty(),
        "{report:?}\n{reverse:?}"
    );
    let markdown = render::markdown_within(&report, 4096);
    assert!(markdown.len() <= 4096, "{} bytes", markdown.len());
    assert_report(&markdown);
    assert_report(&render::markdown(&report));
    assert_printable(&render::github(&report, "facts.yaml"));
    assert_printable(&render::text(&report, render::Style::Plain));
    for location in literal::differences(old.value(), new.value()) {
        assert_report(&location);
        assert!(!location.contains('\n'), "{location}");
    }
    let rules = std::str::from_utf8(rules)
        .ok()
        .map(|text| Ignore::from_yaml("ignore.yaml", text));
    match rules {
        Some(Ok(rules)) => {
            let rest = rules.apply(report.clone(), today);
            assert!(rest.changes.len() <= report.changes.len());
            assert_report(&render::markdown(&rest));
        }
        Some(Err(error)) => assert_is_about(&error, "ignore.yaml"),
        None => {}
    }
}

/// Splits the input at the first separator.
fn split(input: &[u8]) -> (&[u8], &[u8]) {
    let at = input
        .windows(SEPARATOR.len())
        .position(|window| window == SEPARATOR);
    let at = at.unwrap_or(input.len());
    let (before, after) = input.split_at(at);
    (before, after.strip_prefix(SEPARATOR).unwrap_or_default())
}

/// Asserts that an error names the document and that its message is printable and fits on one line.
fn assert_is_about(error: &Error, name: &str) {
    assert_eq!(error.source_name, name, "{error}");
    assert!(!error.message.is_empty(), "{error}");
    let text = error.to_string();
    assert_printable(&text);
    assert!(!text.contains('\n'), "{text}");
}
