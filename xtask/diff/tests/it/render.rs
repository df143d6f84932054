//! The forms of a report.

use serde_json::{Value, json};
use xtask_diff::render::{MAX_MARKDOWN_BYTES, Style, github, markdown, markdown_within, text};
use xtask_diff::{Ignore, Report, SCHEMA_VERSION, Severity, Verdict};

use crate::support::{diff, facts, today};

const PROPERTIES: &str = "/components/schemas/CreateRoomTokenRequest/properties";

/// A report with a change of every severity.
fn report() -> Report {
    let mut new = facts();
    let properties = new.pointer_mut(PROPERTIES).unwrap();
    properties["user_name"]["pattern"] = json!("a+");
    properties["join_as"]["default"] = json!("audience");
    properties["probe"] = json!({ "type": "string" });
    properties["meta"]["description"] = json!("Data.");
    diff(&facts(), &new)
}

/// A report with as many notes: schemas whose names are new.
fn noted_report(count: usize) -> Report {
    let document = |prefix: &str| {
        let mut document = facts();
        for index in 0..count {
            let name = format!("{prefix}{index}");
            document.pointer_mut(PROPERTIES).unwrap()[format!("probe_{index}")] =
                json!({ "$ref": format!("#/components/schemas/{name}") });
            document["components"]["schemas"][name] = json!({ "type": "string", "maxLength": index });
        }
        document
    };
    diff(&document("Old"), &document("New"))
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
            "message": "`request.body.user_name` must match a pattern: `\"a+\"`.",
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

/// The report as text, with the words in it that are long shortened.
const TEXT: &str = "\
Breaking
  POST /api/video/room_tokens
    `request.body.user_name` must match a pattern: `\"a+\"`. [request-property-pattern-added]
      Rust: `create_room_token::user_name::PATTERN` appears; api minor, client patch

Warnings
  POST /api/video/room_tokens
    `request.body.join_as` has another default: `\"member\"` → `\"audience\"`. [request-property-default-value-changed]
      Rust: `create_room_token::join_as::DEFAULT` changes its value; api patch, client patch

Compatible
  POST /api/video/room_tokens
    `request.body.probe` is new and optional: `\"string\"`. [new-optional-request-property]
      Rust: `types::CreateRoomTokenRequest::probe` appears; api major, client minor

Cosmetic
  POST /api/video/room_tokens
    `request.body.meta.description` is described in other words: `\"Data.\"`. [prose-changed]

breaking: 1 breaking, 1 warning, 1 compatible, 1 cosmetic
Versions must rise: signalwire-room-tokens-api major, signalwire-room-tokens minor
";

const MARKDOWN: &str = "\
## API changes: breaking: 1 breaking, 1 warning, 1 compatible, 1 cosmetic

Versions must rise: signalwire-room-tokens-api major, signalwire-room-tokens minor

### Breaking

**`POST /api/video/room_tokens`**

- `request.body.user_name` must match a pattern: `\"a+\"`. <sub>request-property-pattern-added</sub> <br>Rust: \
`create_room_token::user_name::PATTERN` appears; api minor, client patch

### Warnings

**`POST /api/video/room_tokens`**

- `request.body.join_as` has another default: `\"member\"` → `\"audience\"`. <sub>request-property-default-value-changed</sub> \
<br>Rust: `create_room_token::join_as::DEFAULT` changes its value; api patch, client patch

### Compatible

**`POST /api/video/room_tokens`**

- `request.body.probe` is new and optional: `\"string\"`. <sub>new-optional-request-property</sub> <br>Rust: \
`types::CreateRoomTokenRequest::probe` appears; api major, client minor

### Cosmetic

**`POST /api/video/room_tokens`**

- `request.body.meta.description` is described in other words: `\"Data.\"`. <sub>prose-changed</sub>
";

const GITHUB: &str = "\
::error file=spec/facts.yaml,title=request-property-pattern-added::`POST /api/video/room_tokens`: \
`request.body.user_name` must match a pattern: `\"a+\"`.%0ARust: `create_room_token::user_name::PATTERN` appears; \
api minor, client patch
::warning file=spec/facts.yaml,title=request-property-default-value-changed::`POST /api/video/room_tokens`: \
`request.body.join_as` has another default: `\"member\"` → `\"audience\"`.%0ARust: `create_room_token::join_as::DEFAULT` \
changes its value; api patch, client patch
::notice file=spec/facts.yaml,title=new-optional-request-property::`POST /api/video/room_tokens`: \
`request.body.probe` is new and optional: `\"string\"`.%0ARust: `types::CreateRoomTokenRequest::probe` appears; \
api major, client minor
::notice file=spec/facts.yaml,title=prose-changed::`POST /api/video/room_tokens`: \
`request.body.meta.description` is described in other words: `\"Data.\"`.
breaking: 1 breaking, 1 warning, 1 compatible, 1 cosmetic
";

#[test]
fn each_form_says_it_all() {
    let report = report();
    assert_eq!(text(&report, Style::Plain), TEXT);
    assert_eq!(markdown(&report), MARKDOWN);
    assert_eq!(github(&report, "spec/facts.yaml"), GITHUB);
}

#[test]
fn each_operation_has_a_group_of_its_own() {
    let document = |tag: &str| {
        let operation = |id: &str| json!({ "get": { "operationId": id, "tags": [tag], "responses": {} } });
        json!({
            "openapi": "3.0.3",
            "info": { "title": "", "version": "1" },
            "paths": { "/a": operation("a"), "/b": operation("b") },
            "components": { "securitySchemes": { "key": { "type": "http", "scheme": tag } } },
        })
    };
    let plain = text(&diff(&document("x"), &document("y")), Style::Plain);
    let places: Vec<&str> = plain
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .collect();
    assert_eq!(
        places,
        ["  The whole document", "  GET /a", "  GET /b"],
        "{plain}"
    );
    assert!(plain.ends_with("\nadditive: 5 compatible\nVersions must rise: signalwire-room-tokens-api patch, signalwire-room-tokens none\n"), "{plain}");
}

#[test]
fn the_headline_counts_and_the_versions_rise_where_they_must() {
    let with = |count: usize| {
        let mut new = facts();
        for name in ["user_name", "room_display_name"].iter().take(count) {
            new.pointer_mut(PROPERTIES).unwrap()[name]["default"] = json!("a");
        }
        text(&diff(&facts(), &new), Style::Plain)
    };
    assert!(with(1).contains("\nadditive: 1 warning\n"), "{}", with(1));
    assert!(with(2).contains("\nadditive: 2 warnings\n"), "{}", with(2));
    assert!(
        with(2).ends_with(
            "Versions must rise: signalwire-room-tokens-api minor, signalwire-room-tokens patch\n"
        )
    );
    let words = {
        let mut new = facts();
        new.pointer_mut(PROPERTIES).unwrap()["meta"]["description"] = json!("Data.");
        diff(&facts(), &new)
    };
    let plain = text(&words, Style::Plain);
    assert!(
        plain.ends_with("\ncosmetic: 1 cosmetic\n") && !plain.contains("Rust:"),
        "{plain}"
    );
    assert!(!markdown(&words).contains("Versions"));
    // Of another operation, our own crate wraps nothing.
    let other = |nullable: bool| {
        let schema =
            json!({ "type": "object", "properties": { "a": { "type": "string" } }, "maxProperties": 5 });
        let mut schema = schema;
        schema["minProperties"] = json!(if nullable { 1 } else { 2 });
        json!({
            "openapi": "3.0.3",
            "info": { "title": "", "version": "1" },
            "paths": { "/a": { "get": {
                "operationId": "a",
                "responses": { "200": { "description": "", "content": { "application/json": { "schema": schema } } } },
            } } },
        })
    };
    let plain = text(&diff(&other(true), &other(false)), Style::Plain);
    assert!(plain.contains("Rust: api patch, client none"), "{plain}");
    assert!(
        plain
            .ends_with("Versions must rise: signalwire-room-tokens-api patch, signalwire-room-tokens none\n"),
        "{plain}"
    );
}

#[test]
fn a_schema_of_another_name_is_a_note() {
    let mut new = facts();
    let schemas = new["components"]["schemas"].as_object_mut().unwrap();
    let schema = schemas.shift_remove("JoinAsType").unwrap();
    schemas.insert("JoinKind".to_owned(), schema);
    new.pointer_mut(PROPERTIES).unwrap()["join_as"]["allOf"][0]["$ref"] =
        json!("#/components/schemas/JoinKind");
    let report = diff(&facts(), &new);
    assert_eq!((report.changes.len(), report.notes.len()), (0, 1));
    let note = "The schema of `types::JoinAsType` has another name, and so has the generated type: `types::JoinKind`. \
                That is no change of the API, and a major one of the generated crate.";
    assert_eq!(text(&report, Style::Plain), format!("Note: {note}\nidentical\n"));
    assert!(markdown(&report).contains(&format!("\n> {note}\n")));
    assert!(github(&report, "a").starts_with(&format!("::notice::{note}\n")));
}

#[test]
fn long_values_are_cut_in_sentences() {
    let message = |length: usize| {
        let mut new = facts();
        new.pointer_mut(PROPERTIES).unwrap()["user_name"]["default"] = json!("a".repeat(length));
        diff(&facts(), &new).changes[0].message.clone()
    };
    // With its quotation marks.
    assert!(message(78).ends_with(&format!(": `\"{}\"`.", "a".repeat(78))));
    assert!(message(79).ends_with(&format!(": `\"{}…`.", "a".repeat(78))));
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
    for painted in [
        "\u{1b}[31mBreaking\u{1b}[0m\n",
        "\u{1b}[33mWarnings\u{1b}[0m\n",
        "\u{1b}[32mCompatible\u{1b}[0m\n",
        "\u{1b}[2mCosmetic\u{1b}[0m\n",
        "\u{1b}[31mbreaking: 1 breaking, 1 warning, 1 compatible, 1 cosmetic\u{1b}[0m\n",
    ] {
        assert!(coloured.contains(painted), "{coloured:?}");
    }
    assert_eq!(report.worst(), Some(Severity::Breaking));
    assert_eq!(diff(&facts(), &facts()).worst(), None);
    assert_eq!(text(&diff(&facts(), &facts()), Style::Plain), "identical\n");
}

#[test]
fn what_a_document_says_cannot_steer_the_terminal() {
    let mut new = facts();
    new.pointer_mut(PROPERTIES).unwrap()["\u{1b}[2J\nevil"] = json!({ "type": "string" });
    new["paths"]["/\u{1b}[2J/api/video/room_tokens"] = json!({ "post": { "responses": {} } });
    let report = diff(&facts(), &new);
    for plain in [text(&report, Style::Plain), github(&report, "a")] {
        assert!(!plain.contains('\u{1b}') && plain.contains("evil"), "{plain}");
    }
}

#[test]
fn markdown_fits_a_comment_and_says_what_is_left_out() {
    let short = markdown(&report());
    assert!(
        short.starts_with("## API changes: breaking: 1 breaking") && !short.contains("left out"),
        "{short}"
    );
    let report = long_report();
    let longest = report
        .changes
        .iter()
        .map(|change| change.message.len() + 200)
        .max()
        .unwrap();
    for max_bytes in [MAX_MARKDOWN_BYTES, 20_000, 2_000] {
        let long = markdown_within(&report, max_bytes);
        assert!(
            long.len() < max_bytes && long.len() + 512 + longest > max_bytes,
            "{}",
            long.len()
        );
        let shown = long.lines().filter(|line| line.starts_with("- ")).count();
        let left_out = format!(
            "**{} more left out: too many for one comment.**",
            report.changes.len() - shown
        );
        assert!(long.contains(&left_out), "{shown} shown");
    }
}

#[test]
fn a_list_has_no_holes() {
    let mut new = facts();
    for name in [&*"a".repeat(3_000), "b"] {
        new.pointer_mut(PROPERTIES).unwrap()[name] = json!({ "type": "string" });
    }
    let text = markdown_within(&diff(&facts(), &new), 2_000);
    assert!(
        text.contains("**2 more left out") && !text.contains("\n- "),
        "{text}"
    );
}

#[test]
fn notes_take_a_quarter_of_a_comment() {
    let notes = |text: &str| {
        text.lines()
            .filter(|line| line.starts_with("> "))
            .map(str::len)
            .collect::<Vec<_>>()
    };
    let report = noted_report(200);
    assert_eq!(report.notes.len(), 200);
    let text = markdown_within(&report, 20_000);
    let lengths = notes(&text);
    assert!(text.len() < 6_000 && text.len() > 4_500, "{}", text.len());
    assert!(
        text.contains(&format!("**{} more left out", 200 - lengths.len())),
        "{text}"
    );
    // They have a place before the changes, of which then none is shown in part.
    let few = markdown_within(&noted_report(2), 20_000);
    assert_eq!((notes(&few).len(), few.contains("left out")), (2, false));
}

#[test]
fn text_of_a_document_stands_in_code_spans() {
    let mut new = facts();
    let properties = new.pointer_mut(PROPERTIES).unwrap();
    let evil = "<img src=x> @everyone\n# Heading";
    properties["user_name"]["default"] = json!(evil);
    properties["room_name"]["pattern"] = json!("` closes #1 ``");
    properties["a`b"] = json!({ "type": "string" });
    let report = diff(&facts(), &new);
    let all = [
        markdown(&report),
        text(&report, Style::Plain),
        github(&report, "a"),
    ];
    for text in all {
        for span in [
            r##": `"<img src=x> @everyone\n# Heading"`."##,
            r#"→ ```"` closes #1 ``"```."#,
            r#"``request.body["a`b"]`` is new"#,
        ] {
            assert!(text.contains(span), "{span}: {text}");
        }
    }

    // So does what a file of rules says.
    let rules = "rules: [{id: request-property-pattern-added, location: '`@a`', reason: '[b](c)', expires: 2026-12-31}]";
    let report = Ignore::from_yaml("rules.yaml", rules)
        .unwrap()
        .apply(report, today());
    let noted = markdown(&report);
    assert!(
        noted.contains("> The rule for `request-property-pattern-added` at `` `@a` `` fits"),
        "{noted}"
    );
}

#[test]
fn fields_of_the_info_object_are_compared() {
    let edited = |field: &str, value: Value| {
        let mut new = facts();
        new["info"][field] = value;
        let report = diff(&facts(), &new);
        assert_eq!(report.verdict, Verdict::Cosmetic);
        assert_eq!(report.changes.len(), 1, "{:?}", report.changes);
        let change = &report.changes[0];
        assert_eq!(change.operation, None);
        assert_eq!(change.rust.item, None);
        format!("{} {}", change.id, change.message)
    };
    assert_eq!(
        edited("version", json!("2")),
        "info-changed `info.version` has another value: `\"1.0.0\"` → `\"2\"`."
    );
    assert_eq!(
        edited("title", json!("T")),
        "info-changed `info.title` has another value: `\"SignalWire REST API\"` → `\"T\"`."
    );
    assert_eq!(
        edited("contact", json!({})),
        "prose-changed `info.contact` is described in other words: `{}`."
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
