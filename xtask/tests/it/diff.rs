//! `cargo xtask diff`: exit codes and output formats.

use serde_json::Value;

use crate::support::{OutputExt as _, Workspace, assert_success, published};

const FACTS: &str = "spec/facts.yaml";

/// Returns a workspace with a modified copy of the facts.
fn with_change(from: &str, to: &str) -> Workspace {
    let workspace = Workspace::copy();
    let facts = workspace.read(FACTS);
    assert_eq!(facts.matches(from).count(), 1, "{from}");
    workspace.write("new.yaml", &facts.replace(from, to));
    workspace
}

#[test]
fn a_document_is_identical_to_itself() {
    let workspace = Workspace::copy();
    let output = workspace.xtask([
        "diff",
        "checked-in",
        FACTS,
        "--format",
        "json",
        "--fail-on",
        "info",
    ]);
    assert_success(&output);
    let report: Value = serde_json::from_str(&output.stdout()).unwrap();
    assert_eq!(report["verdict"], "identical");
    assert_eq!(report["changes"].as_array().map(Vec::len), Some(0));
}

#[test]
fn the_facts_are_identical_to_the_document_that_they_come_from() {
    let Some(published) = published("2026-08-21-signalwire-rest.openapi-3.1.yaml") else {
        return;
    };
    let output = Workspace::copy().xtask([
        "diff",
        "checked-in",
        published.to_str().unwrap(),
        "--format",
        "json",
    ]);
    assert_success(&output);
    let report: Value = serde_json::from_str(&output.stdout()).unwrap();
    assert_eq!(report["verdict"], "identical", "{report}");
}

#[test]
fn breaking_changes_fail_the_check() {
    let workspace = with_change("maxLength: 200\n", "maxLength: 100\n");
    let output = workspace.xtask(["diff", "checked-in", "new.yaml", "--format", "json"]);
    assert_eq!(output.code(), 1, "{}", output.stderr());
    let report: Value = serde_json::from_str(&output.stdout()).unwrap();
    assert_eq!(report["verdict"], "breaking");
    assert_eq!(
        report["changes"][0]["id"],
        "request-property-max-length-decreased"
    );
    assert_eq!(report["changes"][0]["severity"], "breaking");
    let location = report["changes"][0]["location"].as_str().unwrap();
    assert!(location.contains("room_display_name"), "{location}");

    let tolerant = workspace.xtask(["diff", "checked-in", "new.yaml", "--fail-on", "never"]);
    assert_success(&tolerant);
    assert!(
        tolerant.stdout().contains("room_display_name"),
        "{}",
        tolerant.stdout()
    );
}

#[test]
fn additive_changes_pass() {
    let workspace = with_change("maxLength: 200\n", "maxLength: 300\n");
    let output = workspace.xtask(["diff", "checked-in", "new.yaml", "--format", "json"]);
    assert_success(&output);
    let report: Value = serde_json::from_str(&output.stdout()).unwrap();
    assert_eq!(report["verdict"], "additive", "{report}");
}

#[test]
fn the_threshold_is_configurable() {
    // Changing a default is a warning; raising a limit is informational.
    let warning = with_change("default: member\n", "default: audience\n");
    let info = with_change("maxLength: 200\n", "maxLength: 300\n");
    for (workspace, thresholds) in [
        (
            &warning,
            [("breaking", 0), ("warning", 1), ("info", 1), ("never", 0)],
        ),
        (
            &info,
            [("breaking", 0), ("warning", 0), ("info", 1), ("never", 0)],
        ),
    ] {
        for (threshold, code) in thresholds {
            let output = workspace.xtask(["diff", "checked-in", "new.yaml", "--fail-on", threshold]);
            assert_eq!(output.code(), code, "{threshold}: {}", output.stdout());
        }
    }
}

#[test]
fn every_format_reports_the_change() {
    let workspace = with_change("maxLength: 200\n", "maxLength: 100\n");
    let id = "request-property-max-length-decreased";
    for (format, marks) in [
        ("text", ["breaking", "room_display_name"]),
        ("markdown", ["# ", "room_display_name"]),
        ("github", ["::error file=new.yaml,title=", "room_display_name"]),
        ("json", ["\"verdict\": \"breaking\"", "room_display_name"]),
    ] {
        let output = workspace.xtask(["diff", "checked-in", "new.yaml", "--format", format]);
        assert_eq!(output.code(), 1, "{format}: {}", output.stderr());
        let said = output.stdout();
        for mark in marks.iter().chain([&id]) {
            assert!(said.contains(mark), "{format} must contain {mark}: {said}");
        }
        assert!(!said.contains('\u{1b}'), "no color without a terminal: {said}");
        assert_eq!(output.stderr(), "");
    }
}

#[test]
fn known_changes_can_be_ignored_until_a_date() {
    let workspace = with_change("maxLength: 200\n", "maxLength: 100\n");
    let ignoring = |expires: &str| {
        workspace.write(
            "known.yaml",
            &format!(
                "rules:\n- id: request-property-max-length-decreased\n  location: request.body.room_display_name\n  \
                 reason: nobody has names that long\n  expires: {expires}\n- id: request-property-removed\n  \
                 location: request.body.nothing\n  reason: of old\n  expires: {expires}\n"
            ),
        );
        workspace.xtask(["diff", "checked-in", "new.yaml", "--ignore", "known.yaml"])
    };
    let known = ignoring("9999-12-31");
    assert_success(&known);
    for words in [
        "nobody has names that long",
        "request-property-removed",
        "doesn't match any change",
    ] {
        // Long lines are wrapped.
        let text = known.stdout().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(words), "{words}: {text}");
    }
    let expired = ignoring("2020-01-01");
    assert_eq!(expired.code(), 1);
    assert!(
        expired.stdout().contains("expired on 2020-01-01"),
        "{}",
        expired.stdout()
    );

    for no_rules in ["rules: {}", "rules: [{id: a}]", "rule: []"] {
        workspace.write("known.yaml", no_rules);
        let output = workspace.xtask(["diff", "checked-in", "new.yaml", "--ignore", "known.yaml"]);
        assert_eq!(output.code(), 2, "{no_rules}");
        assert!(
            output.stderr().starts_with("error: known.yaml: "),
            "{}",
            output.stderr()
        );
    }
}

#[test]
fn unreadable_documents_are_errors() {
    let workspace = Workspace::copy();
    let facts = workspace.read(FACTS);
    workspace.write("page.yaml", "<!doctype html><title>Not found</title>");
    workspace.write("cut.yaml", &facts[..facts.len() / 2]);
    for new in ["page.yaml", "cut.yaml", "not-there.yaml"] {
        let output = workspace.xtask(["diff", "checked-in", new, "--fail-on", "never"]);
        assert_eq!(output.code(), 2, "{new}: {}", output.stdout());
        assert!(output.stderr().contains(new), "{}", output.stderr());
    }
}
