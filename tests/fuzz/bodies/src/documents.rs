//! Published documents, from any bytes.

use chrono::NaiveDate;
use xtask_diff::{Ignore, Verdict, compare, literal, render};
use xtask_openapi::document::Version;
use xtask_openapi::{Document, Error, import as import_document};

use crate::escape::{is_printable, is_report};

/// What stands between the documents of one input.
const BETWEEN: &[u8] = b"\n=====\n";

/// Imports the input as a published document.
pub fn import(input: &[u8]) {
    let document = match Document::parse("input.yaml", input) {
        Ok(document) => document,
        Err(error) => return is_of(&error, "input.yaml"),
    };
    match import_document(&document, &[]) {
        Err(error) => is_of(&error, "input.yaml"),
        Ok(imported) => {
            let facts = Document::parse("facts.yaml", imported.yaml.as_bytes()).expect("facts can be read");
            assert_eq!(facts.value(), &imported.facts, "facts are what is written");
            assert_eq!(facts.version(), Ok(Version::V3_0));
            let again = import_document(&facts, &[]).expect("facts are a document like any other");
            assert_eq!(again.yaml, imported.yaml, "facts come out of facts unchanged");
            for conversion in &imported.lossy_conversions {
                is_printable(&conversion.to_string());
            }
        }
    }
}

/// Compares the two documents of the input, both ways, with the rules that may follow as a third.
pub fn diff(input: &[u8]) {
    let (old, rest) = split(input);
    let (new, rules) = split(rest);
    let document = |name: &str, text| Document::parse(name, text).inspect_err(|error| is_of(error, name));
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
    is_report(&markdown);
    is_report(&render::markdown(&report));
    is_printable(&render::github(&report, "facts.yaml"));
    is_printable(&render::text(&report, render::Style::Plain));
    for place in literal::differences(old.value(), new.value()) {
        is_report(&place);
        assert!(!place.contains('\n'), "{place}");
    }
    let rules = std::str::from_utf8(rules)
        .ok()
        .map(|text| Ignore::from_yaml("ignore.yaml", text));
    match rules {
        Some(Ok(rules)) => {
            let rest = rules.apply(report.clone(), today);
            assert!(rest.changes.len() <= report.changes.len());
            is_report(&render::markdown(&rest));
        }
        Some(Err(error)) => is_of(&error, "ignore.yaml"),
        None => {}
    }
}

/// What comes before and after the first line of `=====`.
fn split(input: &[u8]) -> (&[u8], &[u8]) {
    let at = input.windows(BETWEEN.len()).position(|window| window == BETWEEN);
    let at = at.unwrap_or(input.len());
    let (before, after) = input.split_at(at);
    (before, after.strip_prefix(BETWEEN).unwrap_or_default())
}

/// An error says which document it is about, and what is wrong with it.
fn is_of(error: &Error, name: &str) {
    assert_eq!(error.source_name, name, "{error}");
    assert!(!error.message.is_empty(), "{error}");
    let text = error.to_string();
    is_printable(&text);
    assert!(!text.contains('\n'), "{text}");
}
