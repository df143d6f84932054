//! Overlays that would take too long to parse, match or apply.

use serde_json::{Value, json};

use super::commands::run;
use crate::support::{OutputExt as _, Workspace};

/// Asserts that an overlay with the given actions is rejected when applied to the checked-in facts.
#[track_caller]
fn assert_rejected(actions: Vec<Value>, reason: &str) {
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
    assert_rejected(vec![json!({ "target": target, "update": { "x-a": 1 } })], reason);
}

#[test]
fn nested_targets() {
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
fn expensive_targets() {
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
fn quoted_parts_of_a_target_are_not_limited() {
    assert_no_target("$['$..$..$..[[[[[[[[[[']", "matches nothing");
    assert_no_target(r"$['\'$..$..$..']", "matches nothing");
}

#[test]
fn doubling_updates() {
    let doubling =
        |index: usize| json!({ "target": "$..[?@.x]", "update": { format!("x-{index}"): { "x": 1 } } });
    let first = json!({ "target": "$.info", "update": { "x-first": { "x": 1 } } });
    let actions = std::iter::once(first).chain((0..40).map(doubling)).collect();
    assert_rejected(actions, "makes the overlay add more than");

    // This applies a large update at many locations.
    let text = "x".repeat(8 << 20);
    let large = json!({ "target": "$..[?@.type]", "update": { "x-text": text } });
    assert_rejected(vec![large], "makes the overlay add more than");
}

#[test]
fn deepening_updates() {
    let deeper = |index: usize| json!({ "target": format!("$.info{}", "['x-a']".repeat(index)), "update": { "x-a": {} } });
    assert_rejected(
        (0..70).map(deeper).collect(),
        "would be nested more than 64 levels deep",
    );
}
