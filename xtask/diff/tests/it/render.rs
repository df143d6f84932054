//! The forms of a report.

use serde_json::{Value, json};
use xtask_diff::render::{MAX_MARKDOWN_BYTES, Style, github, markdown, text};
use xtask_diff::{Report, SCHEMA_VERSION};

use crate::support::{diff, facts};

const PROPERTIES: &str = "/components/schemas/CreateRoomTokenRequest/properties";

/// A report with a change of every severity.
fn report() -> Report {
    let mut new = facts();
    let properties = new.pointer_mut(PROPERTIES).unwrap();
    properties["user_name"]["pattern"] = json!("a+");
    properties["permissions"]["default"] = json!([]);
    properties["probe"] = json!({ "type": "string" });
    properties["meta"]["description"] = json!("Data.");
    diff(&facts(), &new)
}

/// A report with so many changes that no comment holds them.
fn long_report() -> Report {
    let mut new = facts();
    let properties = new.pointer_mut(PROPERTIES).unwrap();
    for index in 0..1500 {
        properties[format!("probe_{index}")] = json!({ "type": "string" });
    }
    diff(&facts(), &new)
}

#[test]
fn json_has_the_documented_form() {
    let report = serde_json::to_value(report()).unwrap();
    assert_eq!(report["version"], json!(SCHEMA_VERSION));
    assert_eq!(report["verdict"], "breaking");
    assert_eq!(
        report["counts"],
        json!({ "breaking": 1, "warning": 1, "info": 1, "cosmetic": 1 })
    );
    assert_eq!(
        report["changes"][0],
        json!({
            "id": "request-property-pattern-added",
            "severity": "breaking",
            "direction": "request",
            "operation": "POST /api/video/room_tokens",
            "location": "request.body.user_name",
            "old": null,
            "new": "a+",
            "message": "`request.body.user_name` must match a pattern: \"a+\".",
            "rust": {
                "item": "create_room_token::user_name::PATTERN",
                "effect": "appears",
                "signalwire-room-tokens-api": "minor",
                "signalwire-room-tokens": "patch",
            },
        })
    );
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&report), ["version", "verdict", "counts", "changes"]);
}

#[test]
fn text_has_every_change_and_colours_only_where_asked_for() {
    let report = report();
    let plain = text(&report, Style::Plain);
    for change in &report.changes {
        assert!(
            plain.contains(&change.message) && plain.contains(&change.id),
            "{plain}"
        );
    }
    for heading in [
        "Breaking",
        "Warnings",
        "Compatible",
        "Cosmetic",
        "breaking: 1 breaking, 1 warning",
    ] {
        assert!(plain.contains(heading), "{plain}");
    }
    assert!(!plain.contains('\u{1b}'));
    let coloured = text(&report, Style::Coloured);
    assert!(coloured.contains("\u{1b}[31mBreaking\u{1b}[0m"));
    assert_eq!(text(&diff(&facts(), &facts()), Style::Plain), "identical\n");
}

#[test]
fn what_a_document_says_cannot_steer_the_terminal() {
    let mut new = facts();
    new.pointer_mut(PROPERTIES).unwrap()["\u{1b}[2J\nevil"] = json!({ "type": "string" });
    let plain = text(&diff(&facts(), &new), Style::Plain);
    assert!(!plain.contains('\u{1b}') && plain.contains("evil"), "{plain}");
}

#[test]
fn markdown_fits_a_comment_and_says_what_is_left_out() {
    let short = markdown(&report());
    assert!(
        short.starts_with("## API changes: breaking: 1 breaking") && !short.contains("left out"),
        "{short}"
    );
    let report = long_report();
    let long = markdown(&report);
    assert!(long.len() < MAX_MARKDOWN_BYTES);
    let shown = long.lines().filter(|line| line.starts_with("- ")).count();
    assert!(
        long.contains(&format!("**{} more left out", report.changes.len() - shown)),
        "{shown} shown"
    );
}

#[test]
fn markdown_of_a_foreign_document_is_only_words() {
    let mut new = facts();
    let evil = "<img src=x> @everyone\n# Heading";
    new.pointer_mut(PROPERTIES).unwrap()["user_name"]["default"] = json!(evil);
    let text = markdown(&diff(&facts(), &new));
    assert!(
        !text.contains("<img") && !text.contains("@everyone") && !text.contains("\n# Heading"),
        "{text}"
    );
}

#[test]
fn github_annotations_are_one_line_each() {
    let mut new = facts();
    new.pointer_mut(PROPERTIES).unwrap()["a\nb"] = json!({ "type": "string" });
    new.pointer_mut(PROPERTIES).unwrap()["user_name"]["pattern"] = json!("100%");
    let text = github(&diff(&facts(), &new), "spec/a,b.yaml");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(
        lines[0].starts_with("::error file=spec/a%2Cb.yaml,title=request-property-pattern-added::"),
        "{text}"
    );
    assert!(
        lines[0].contains("100%25") && lines[0].contains("%0ARust: "),
        "{text}"
    );
    assert!(lines[1].starts_with("::notice file="), "{text}");
}
