//! Overlays that take forever to read, to find their targets, or to lay over a document.

use serde_json::{Value, json};

use super::run;
use crate::support::{Said as _, Workspace};

/// The checked-in facts with these actions laid over them: one of them must be refused.
#[track_caller]
fn assert_refused(actions: Vec<Value>, reason: &str) {
    let overlay = json!({
        "overlay": "1.0.0", "info": { "title": "T", "version": "1" }, "actions": actions
    });
    let workspace = Workspace::copy();
    workspace.write("overlay.json", &overlay.to_string());
    let output = run(
        &workspace,
        &["generate", "--overlay", "overlay.json", "--out", "out"],
    );
    assert_eq!(output.code(), 2);
    let said = output.stderr();
    assert!(
        said.contains("overlay.json: at /actions/") && said.contains(reason),
        "{reason}: {said}"
    );
    assert!(!workspace.path("out").exists());
}

#[track_caller]
fn assert_no_target(target: &str, reason: &str) {
    assert_refused(vec![json!({ "target": target, "update": { "x-a": 1 } })], reason);
}

#[test]
fn targets_that_nest() {
    for count in [20, 150] {
        let nested = |open: &str, inside: &str, close: &str| {
            format!("$[?{}{inside}{}]", open.repeat(count), close.repeat(count))
        };
        assert_no_target(&nested("(", "@.a", ")"), "nests brackets");
        assert_no_target(&nested("!(", "@.a", ")"), "nests brackets");
        assert_no_target(&nested("@[?", "@", "]"), "nests brackets");
        assert_no_target(&nested("[", "", "]"), "nests brackets");
    }
}

#[test]
fn targets_that_search_again_and_again() {
    assert_no_target(&format!("${}", ".a".repeat(100_000)), "longer than");
    assert_no_target(&format!("${}", "..*".repeat(30)), "`..`");
    assert_no_target("$..[?$..[?$..x]]", "`..`");
    assert_no_target("$.*[?$.*[?$.*]]", "`$`");
    assert_no_target(
        "$[?match(@, '(((a{1000}){1000}){1000}){1000}')]",
        "matches nothing",
    );
    assert_no_target(&format!("$[?@.a{}]", " && @.a".repeat(100)), "matches nothing");
}

#[test]
fn what_a_target_has_in_quotes_is_only_text() {
    assert_no_target("$['$..$..$..[[[[[[[[[[']", "matches nothing");
    assert_no_target(r"$['\'$..$..$..']", "matches nothing");
}

#[test]
fn updates_that_double() {
    let doubling =
        |index: usize| json!({ "target": "$..[?@.x]", "update": { format!("x-{index}"): { "x": 1 } } });
    let first = json!({ "target": "$.info", "update": { "x-first": { "x": 1 } } });
    let actions = std::iter::once(first).chain((0..40).map(doubling)).collect();
    assert_refused(actions, "adds too much");

    // Each is large, and goes to many places.
    let text = "x".repeat(8 << 20);
    let large = json!({ "target": "$..[?@.type]", "update": { "x-text": text } });
    assert_refused(vec![large], "adds too much");
}

#[test]
fn updates_that_deepen() {
    let deeper = |index: usize| json!({ "target": format!("$.info{}", "['x-a']".repeat(index)), "update": { "x-a": {} } });
    assert_refused((0..70).map(deeper).collect(), "nests deeper than 64");
}
