//! Rules that ignore known changes.

use serde_json::json;
use xtask_diff::{Ignore, Report, Verdict};

use crate::support::{diff, facts, today};

/// Returns a report with two changes of the same kind at different locations.
fn report() -> Report {
    let mut new = facts();
    let properties = &mut new["components"]["schemas"]["CreateRoomTokenRequest"]["properties"];
    properties["user_name"]["pattern"] = json!("a+");
    properties["room_display_name"]["pattern"] = json!("a+");
    diff(&facts(), &new)
}

fn rules(location: &str, expires: &str, more: &str) -> String {
    format!(
        "rules:\n- id: request-property-pattern-added\n  location: {location}\n  reason: known\n  expires: {expires}\n{more}"
    )
}

fn apply(text: &str) -> Report {
    Ignore::from_yaml("ignore.yaml", text)
        .unwrap()
        .apply(report(), today())
}

#[test]
fn ignored_changes_are_noted() {
    let report = apply(&rules("request.body.user_name", "2026-06-01", ""));
    assert_eq!((report.verdict, report.counts.breaking), (Verdict::Breaking, 1));
    assert_eq!(report.changes[0].location, "request.body.room_display_name");
    assert_eq!(report.notes.len(), 1);
    assert_eq!(
        report.notes[0],
        "The rule for `request-property-pattern-added` at `request.body.user_name` ignored 1 change until 2026-06-01: `known`"
    );
}

#[test]
fn rules_are_read_from_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("ignore.yaml");
    std::fs::write(&path, rules("request.body.user_name", "2026-06-01", "")).unwrap();
    assert_eq!(
        Ignore::read(&path)
            .unwrap()
            .apply(report(), today())
            .changes
            .len(),
        1
    );
    let error = Ignore::read(&directory.path().join("nothing.yaml"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("nothing.yaml"), "{error}");
}

#[test]
fn rules_apply_to_one_kind() {
    let text = rules("request.body.user_name", "2026-06-01", "").replace("added", "removed");
    assert_eq!(apply(&text).changes.len(), 2);
}

#[test]
fn a_trailing_star_matches_any_suffix() {
    let report = apply(&rules(
        "\"request.body.*\"",
        "2026-12-31",
        "  operation: POST /api/video/room_tokens\n",
    ));
    assert_eq!((report.verdict, report.changes.len()), (Verdict::Identical, 0));
    let elsewhere = apply(&rules(
        "\"request.body.*\"",
        "2026-12-31",
        "  operation: POST /elsewhere\n",
    ));
    assert_eq!(elsewhere.changes.len(), 2);
}

#[test]
fn expired_and_unused_rules_are_reported() {
    let expired = apply(&rules("\"*\"", "2026-05-31", ""));
    assert_eq!((expired.changes.len(), expired.notes.len()), (2, 1));
    assert_eq!(
        expired.notes[0],
        "The rule for `request-property-pattern-added` at `*` expired on 2026-05-31 and no longer applies."
    );
    let unused = apply(&rules("request.body.nothing", "2026-12-31", ""));
    assert_eq!((unused.changes.len(), unused.notes.len()), (2, 1));
    assert_eq!(
        unused.notes[0],
        "The rule for `request-property-pattern-added` at `request.body.nothing` doesn't match any change; remove it."
    );
    // If an expired rule also matches no change, only the latter problem is reported.
    let both = apply(&rules("request.body.nothing", "2026-05-31", ""));
    assert!(
        both.notes[0].contains("doesn't match any change"),
        "{}",
        both.notes[0]
    );
}

#[test]
fn reason_and_expiry_are_required() {
    let error = |text: &str| Ignore::from_yaml("ignore.yaml", text).unwrap_err().to_string();
    assert!(error("rules:\n- id: a\n  location: b\n  reason: c\n").contains("expires"));
    assert!(error("rules:\n- id: a\n  location: b\n  expires: 2026-01-01\n").contains("reason"));
    assert!(
        error("rules:\n- id: a\n  location: b\n  reason: \" \"\n  expires: 2026-01-01\n")
            .contains("has no reason")
    );
    for day in ["soon", "2026-13-01"] {
        let rule = format!("id: a\n  location: b\n  reason: c\n  expires: {day}\n");
        let expected =
            format!("ignore.yaml: at /rules/0: `expires` must be a date such as 2026-12-31, not \"{day}\"");
        assert_eq!(error(&format!("rules:\n- {rule}")), expected);
    }
    assert!(error("rules:\n- idd: a\n").contains("at /rules/0: unknown field `idd`"));
    for text in ["", "rules: a", "rules: []\nmore: 1", "[]"] {
        assert!(
            error(text).contains("must be an object whose only field is a `rules` array"),
            "{text:?}"
        );
    }
}
