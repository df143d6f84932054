//! Rules that leave out changes which are known.

use serde_json::json;
use xtask_diff::{Ignore, Report, Verdict};

use crate::support::{diff, facts, today};

/// A report with two changes of one kind, in different places.
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
fn a_rule_leaves_out_what_it_names_and_says_so() {
    let report = apply(&rules("request.body.user_name", "2026-06-01", ""));
    assert_eq!((report.verdict, report.counts.breaking), (Verdict::Breaking, 1));
    assert_eq!(report.changes[0].location, "request.body.room_display_name");
    assert_eq!(report.notes.len(), 1);
    assert_eq!(
        report.notes[0],
        "The rule for `request-property-pattern-added` at `request.body.user_name` left out 1 until 2026-06-01: `known`"
    );
}

#[test]
fn rules_are_read_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ignore.yaml");
    std::fs::write(&path, rules("request.body.user_name", "2026-06-01", "")).unwrap();
    assert_eq!(
        Ignore::read(&path)
            .unwrap()
            .apply(report(), today())
            .changes
            .len(),
        1
    );
    let error = Ignore::read(&folder.path().join("nothing.yaml"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("nothing.yaml"), "{error}");
}

#[test]
fn a_rule_holds_for_its_own_kind() {
    let text = rules("request.body.user_name", "2026-06-01", "").replace("added", "removed");
    assert_eq!(apply(&text).changes.len(), 2);
}

#[test]
fn a_star_stands_for_the_rest() {
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
fn rules_that_expired_or_fit_nothing_are_reported() {
    let expired = apply(&rules("\"*\"", "2026-05-31", ""));
    assert_eq!((expired.changes.len(), expired.notes.len()), (2, 1));
    assert_eq!(
        expired.notes[0],
        "The rule for `request-property-pattern-added` at `*` expired on 2026-05-31 and no longer holds."
    );
    let unused = apply(&rules("request.body.nothing", "2026-12-31", ""));
    assert_eq!((unused.changes.len(), unused.notes.len()), (2, 1));
    assert_eq!(
        unused.notes[0],
        "The rule for `request-property-pattern-added` at `request.body.nothing` fits no change: remove it."
    );
    // Once it has expired, that is what there is to say of one that fits, and only of one.
    let both = apply(&rules("request.body.nothing", "2026-05-31", ""));
    assert!(both.notes[0].contains("fits no change"), "{}", both.notes[0]);
}

#[test]
fn a_rule_needs_a_reason_and_a_date() {
    let error = |text: &str| Ignore::from_yaml("ignore.yaml", text).unwrap_err().to_string();
    assert!(error("rules:\n- id: a\n  location: b\n  reason: c\n").contains("expires"));
    assert!(error("rules:\n- id: a\n  location: b\n  expires: 2026-01-01\n").contains("reason"));
    assert!(
        error("rules:\n- id: a\n  location: b\n  reason: \" \"\n  expires: 2026-01-01\n")
            .contains("gives no reason")
    );
    for day in ["soon", "2026-13-01"] {
        let rule = format!("id: a\n  location: b\n  reason: c\n  expires: {day}\n");
        let expected = format!(
            "ignore.yaml: at /rules/0: `expires` must be a day such as 2026-12-31, and not \"{day}\""
        );
        assert_eq!(error(&format!("rules:\n- {rule}")), expected);
    }
    assert!(error("rules:\n- idd: a\n").contains("at /rules/0: unknown field `idd`"));
    for text in ["", "rules: a", "rules: []\nmore: 1", "[]"] {
        assert!(
            error(text).contains("must be a mapping with nothing in it but `rules`"),
            "{text:?}"
        );
    }
}
