//! Report formats.

use serde_json::{Value, json};
use xtask_diff::render::{MAX_MARKDOWN_BYTES, Style, github, markdown, markdown_within, text};
use xtask_diff::{
    Bump, Crate, Effect, Ignore, Report, RustEffect, SCHEMA_VERSION, Severity, Unmeasured, Verdict,
};

use crate::support::{diff, facts, today};

const PROPERTIES: &str = "/components/schemas/CreateRoomTokenRequest/properties";

/// Returns an effect on an item in the generated crate.
fn effect(item: &str, effect: Effect, bump: Bump) -> RustEffect {
    RustEffect {
        package: Crate::Api,
        item: item.to_owned(),
        effect,
        bump,
    }
}

/// Returns a report with a change of every severity and with effects on the generated crate, but not on the client.
fn report() -> Report {
    let mut new = facts();
    let properties = new.pointer_mut(PROPERTIES).unwrap();
    properties["user_name"]["pattern"] = json!("a+");
    properties["join_as"]["default"] = json!("audience");
    properties["probe"] = json!({ "type": "string" });
    properties["meta"]["description"] = json!("Data.");
    let effects = vec![
        effect("A::DEFAULT", Effect::ChangesValue, Bump::Patch),
        effect("types::A::probe", Effect::Appears, Bump::Major),
        effect("types::A::other", Effect::Appears, Bump::Major),
    ];
    diff(&facts(), &new).with_rust(effects, Vec::new())
}

/// Returns a report with `count` notes about rules that match no change.
fn noted_report(count: usize) -> Report {
    let rule = |index: usize| {
        format!("{{id: rule-{index}, location: request.body, reason: none, expires: 2026-12-31}}")
    };
    let rules: Vec<String> = (0..count).map(rule).collect();
    let rules = Ignore::from_yaml("rules.yaml", &format!("rules: [{}]", rules.join(", "))).unwrap();
    rules.apply(diff(&facts(), &facts()), today())
}

/// Returns a report with more changes than a comment can hold.
fn long_report() -> Report {
    let mut new = facts();
    let kinds = &mut new["components"]["schemas"]["JoinAsType"]["enum"];
    for index in 0..1500 {
        kinds.as_array_mut().unwrap().push(json!(format!("kind_{index}")));
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
            "message": "`request.body.user_name`: pattern added (`\"a+\"`)",
        })
    );
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        names(&report),
        ["version", "verdict", "counts", "changes", "rust"]
    );
    // The highest version bump comes first.
    assert_eq!(
        report["rust"],
        json!([
            { "crate": "signalwire-room-tokens-api", "item": "types::A::probe", "effect": "appears", "bump": "major" },
            { "crate": "signalwire-room-tokens-api", "item": "types::A::other", "effect": "appears", "bump": "major" },
            { "crate": "signalwire-room-tokens-api", "item": "A::DEFAULT", "effect": "changes-value", "bump": "patch" },
        ])
    );
}

const TEXT: &str = "\
breaking: 1 breaking, 1 warning, 1 compatible, 1 cosmetic → api major, client
  none

Breaking
  POST /api/video/room_tokens
    `request.body.user_name`: pattern added (`\"a+\"`)
      [request-property-pattern-added]

Warnings
  POST /api/video/room_tokens
    `request.body.join_as`: default changed (`\"member\"` → `\"audience\"`)
      [request-property-default-value-changed]

Compatible
  POST /api/video/room_tokens
    `request.body.probe`: new optional property (`\"string\"`)
      [new-optional-request-property]

Cosmetic
  POST /api/video/room_tokens
    `request.body.meta.description`: documentation changed (`\"Data.\"`)
      [prose-changed]

Rust
  api major, added: `types::A::probe`, `types::A::other`
  api patch, value changed: `A::DEFAULT`
";

const MARKDOWN: &str = "\
## API changes: breaking

🔴 1 breaking · 🟡 1 warning · 🟢 1 compatible · ⚪ 1 cosmetic → api major, client none

Rust:

- api major, added: `types::A::probe`, `types::A::other`
- api patch, value changed: `A::DEFAULT`

| | Where | Change |
|---|---|---|
| | **`POST /api/video/room_tokens`** | |
| 🔴 | `request.body.user_name` | pattern added (`\"a+\"`) |
| 🟡 | `request.body.join_as` | default changed (`\"member\"` → `\"audience\"`) |
| 🟢 | `request.body.probe` | new optional property (`\"string\"`) |
| ⚪ | `request.body.meta.description` | documentation changed (`\"Data.\"`) |

<details>
<summary>Rule ids</summary>

- `request-property-pattern-added`: `request.body.user_name`
- `request-property-default-value-changed`: `request.body.join_as`
- `new-optional-request-property`: `request.body.probe`
- `prose-changed`: `request.body.meta.description`

</details>
";

const GITHUB: &str = "\
::error file=spec/facts.yaml,title=request-property-pattern-added::`POST /api/video/room_tokens`: \
`request.body.user_name`: pattern added (`\"a+\"`)
::warning file=spec/facts.yaml,title=request-property-default-value-changed::`POST /api/video/room_tokens`: \
`request.body.join_as`: default changed (`\"member\"` → `\"audience\"`)
::notice file=spec/facts.yaml,title=new-optional-request-property::`POST /api/video/room_tokens`: \
`request.body.probe`: new optional property (`\"string\"`)
::notice file=spec/facts.yaml,title=prose-changed::`POST /api/video/room_tokens`: \
`request.body.meta.description`: documentation changed (`\"Data.\"`)
::notice::Rust: api major, added: `types::A::probe`, `types::A::other`
::notice::Rust: api patch, value changed: `A::DEFAULT`
breaking: 1 breaking, 1 warning, 1 compatible, 1 cosmetic → api major, client none
";

#[test]
fn every_format_is_complete() {
    let report = report();
    assert_eq!(text(&report, Style::Plain), TEXT);
    assert_eq!(markdown(&report), MARKDOWN);
    assert_eq!(github(&report, "spec/facts.yaml"), GITHUB);
}

#[test]
fn text_is_grouped_by_operation() {
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
    assert!(
        plain.starts_with("additive: 5 compatible\n\nCompatible\n"),
        "{plain}"
    );
}

#[test]
fn the_verdict_has_counts_and_version_bumps() {
    let with = |count: usize| {
        let mut new = facts();
        for name in ["user_name", "room_display_name"].iter().take(count) {
            new.pointer_mut(PROPERTIES).unwrap()[name]["default"] = json!("a");
        }
        diff(&facts(), &new)
    };
    let first_line = |report: &Report| text(report, Style::Plain).lines().next().unwrap().to_owned();
    assert_eq!(first_line(&with(1)), "additive: 1 warning");
    assert!(!markdown(&with(1)).contains('→'));
    let minor = || vec![effect("types::A", Effect::Appears, Bump::Minor)];
    let measured = with(2).with_rust(minor(), Vec::new());
    assert_eq!(
        first_line(&measured),
        "additive: 2 warnings → api minor, client none"
    );
    assert_eq!(
        (measured.bump(Crate::Api), measured.bump(Crate::Client)),
        (Some(Bump::Minor), None)
    );
    // A renamed schema changes the generated Rust API, even though clients are not affected.
    let renamed = with(0).with_rust(minor(), Vec::new());
    assert_eq!(first_line(&renamed), "identical → api minor, client none");
    assert!(
        markdown(&renamed).starts_with("## API changes: identical\n\n→ api minor, client none\n\nRust:\n")
    );
}

#[test]
fn unmeasured_crates_are_listed_with_the_reason() {
    let unmeasured = vec![Unmeasured {
        package: Crate::Client,
        reason: "new.yaml: at /paths: must have `x`".to_owned(),
    }];
    let effects = vec![effect("types::A", Effect::Disappears, Bump::Major)];
    let report = diff(&facts(), &facts()).with_rust(effects, unmeasured);
    let plain = text(&report, Style::Plain);
    assert!(
        plain.starts_with("identical → api major, client unknown\n"),
        "{plain}"
    );
    let reason = "client, not measured: `` new.yaml: at /paths: must have `x` ``";
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(reason), "{plain}");
    assert!(markdown(&report).contains(&format!("\n- {reason}\n")));
    assert!(github(&report, "a").contains(&format!("::notice::Rust: {reason}\n")));
    assert_eq!(
        serde_json::to_value(&report).unwrap()["rust_unmeasured"],
        json!([{ "crate": "signalwire-room-tokens", "reason": "new.yaml: at /paths: must have `x`" }])
    );
}

#[test]
fn long_lists_of_items_are_truncated_in_comments_and_annotations() {
    let many = |name: &str, count: usize| {
        let item = |index: usize| effect(&format!("types::{name}{index}"), Effect::Appears, Bump::Minor);
        diff(&facts(), &facts()).with_rust((0..count).map(item).collect(), Vec::new())
    };
    let report = many("A", 12);
    for shortened in [markdown(&report), github(&report, "a")] {
        assert!(shortened.contains("`types::A9`, and 2 more\n"), "{shortened}");
    }
    assert!(text(&report, Style::Plain).contains("`types::A11`"));
    let long = markdown_within(&many(&"a".repeat(1000), 12), 20_000);
    assert!(
        long.contains("The list of affected Rust items is too long for a comment.") && long.len() < 1_000,
        "{long}"
    );
}

#[test]
fn ignored_changes_keep_their_effect_on_the_crates() {
    let rules = "rules: [{id: request-property-pattern-added, location: request.body.user_name, reason: a, expires: 2026-12-31}]";
    let rest = Ignore::from_yaml("rules.yaml", rules)
        .unwrap()
        .apply(report(), today());
    assert_eq!((rest.changes.len(), rest.rust), (3, report().rust));
}

#[test]
fn long_values_are_truncated() {
    let message = |length: usize| {
        let mut new = facts();
        new.pointer_mut(PROPERTIES).unwrap()["user_name"]["default"] = json!("a".repeat(length));
        diff(&facts(), &new).changes[0].message.clone()
    };
    // The limit of 80 characters includes the quotation marks.
    assert!(message(78).ends_with(&format!(" (`\"{}\"`)", "a".repeat(78))));
    assert!(message(79).ends_with(&format!(" (`\"{}…`)", "a".repeat(78))));
}

#[test]
fn text_has_every_change_and_optional_colors() {
    let report = report();
    let plain = text(&report, Style::Plain);
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    for change in &report.changes {
        assert!(
            words.contains(&format!("{} [{}]", change.message, change.id)),
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
        "\u{1b}[31mbreaking: 1 breaking, 1 warning, 1 compatible, 1 cosmetic → api major, client\n  none\u{1b}[0m\n",
    ] {
        assert!(coloured.contains(painted), "{coloured:?}");
    }
    assert_eq!(report.worst(), Some(Severity::Breaking));
    assert_eq!(diff(&facts(), &facts()).worst(), None);
    assert_eq!(text(&diff(&facts(), &facts()), Style::Plain), "identical\n");
}

#[test]
fn control_characters_in_documents_are_escaped() {
    let mut new = facts();
    new.pointer_mut(PROPERTIES).unwrap()["\u{1b}[2J\nevil"] = json!({ "type": "string" });
    new["paths"]["/\u{1b}[2J/api/video/room_tokens"] = json!({ "post": { "responses": {} } });
    let report = diff(&facts(), &new);
    for plain in [text(&report, Style::Plain), github(&report, "a")] {
        assert!(!plain.contains('\u{1b}') && plain.contains("evil"), "{plain}");
    }
}

#[test]
fn markdown_fits_a_comment_and_counts_omitted_changes() {
    let short = markdown(&report());
    assert!(
        short.starts_with("## API changes: breaking\n\n🔴 1 breaking") && !short.contains("omitted"),
        "{short}"
    );
    let report = long_report();
    let longest = report
        .changes
        .iter()
        .map(|change| change.message.len() + change.location.len() + 200)
        .max()
        .unwrap();
    for max_bytes in [MAX_MARKDOWN_BYTES, 20_000, 2_000] {
        let long = markdown_within(&report, max_bytes);
        assert!(
            long.len() < max_bytes && long.len() + 512 + longest > max_bytes,
            "{}",
            long.len()
        );
        let shown = long.lines().filter(|line| line.starts_with("| 🟢 |")).count();
        let omitted = format!(
            "**{} more omitted to keep the comment short.**",
            report.changes.len() - shown
        );
        assert!(long.contains(&omitted), "{shown} shown");
    }
}

#[test]
fn rows_after_an_omitted_row_are_omitted() {
    let mut new = facts();
    for name in [&*"a".repeat(3_000), "b"] {
        new.pointer_mut(PROPERTIES).unwrap()[name] = json!({ "type": "string" });
    }
    let text = markdown_within(&diff(&facts(), &new), 2_000);
    assert!(
        text.contains("**2 more omitted") && !text.contains("\n| 🟢"),
        "{text}"
    );
}

#[test]
fn notes_use_at_most_a_quarter_of_a_comment() {
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
        text.contains(&format!("**{} more omitted", 200 - lengths.len())),
        "{text}"
    );
    let few = markdown_within(&noted_report(2), 20_000);
    assert_eq!((notes(&few).len(), few.contains("omitted")), (2, false));
}

#[test]
fn document_text_is_in_code_spans() {
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
            r##"(`"<img src=x> @everyone\n# Heading"`)"##,
            r#"```"` closes #1 ``"```)"#,
            r#"``request.body["a`b"]``"#,
        ] {
            assert!(text.contains(span), "{span}: {text}");
        }
    }

    // Text from rule files is also put in code spans.
    let rules = "rules: [{id: request-property-pattern-added, location: '`@a`', reason: '[b](c)', expires: 2026-12-31}]";
    let report = Ignore::from_yaml("rules.yaml", rules)
        .unwrap()
        .apply(report, today());
    let noted = markdown(&report);
    assert!(
        noted.contains("> The rule for `request-property-pattern-added` at `` `@a` `` doesn't match"),
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
        format!("{} {}", change.id, change.message)
    };
    assert_eq!(
        edited("version", json!("2")),
        "info-changed `info.version`: changed (`\"1.0.0\"` → `\"2\"`)"
    );
    assert_eq!(
        edited("title", json!("T")),
        "info-changed `info.title`: changed (`\"SignalWire REST API\"` → `\"T\"`)"
    );
    assert_eq!(
        edited("contact", json!({})),
        "prose-changed `info.contact`: documentation changed (`{}`)"
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
    assert!(lines[0].contains("100%25"), "{text}");
    assert!(lines[1].starts_with("::notice file="), "{text}");
}

/// Returns a document whose operations return the same schema.
fn shared_schema(paths: &[&str], schema: &Value) -> Value {
    let response = json!({ "description": "", "content": { "application/json": { "schema": schema } } });
    let operation = json!({ "get": { "responses": { "404": response, "422": response } } });
    let paths: serde_json::Map<String, Value> = paths
        .iter()
        .map(|path| ((*path).to_owned(), operation.clone()))
        .collect();
    json!({ "openapi": "3.0.3", "info": { "title": "", "version": "1" }, "paths": paths })
}

#[test]
fn equal_markdown_rows_are_merged() {
    let document = |kind: &str| shared_schema(&["/a", "/b"], &json!({ "type": kind, "minLength": 3 }));
    let report = diff(&document("string"), &document("integer"));
    assert_eq!(report.counts.breaking, 4);
    let text = markdown(&report);
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).collect();
    let [_, operations, row] = *rows else {
        panic!("{text}")
    };
    assert_eq!(operations, "| | **`GET /a`, `GET /b`** | |");
    assert!(
        row.starts_with(
            "| 🔴 | `response.404.body`, `response.422.body` | type changed (`\"string\"` → `\"integer\"`) |"
        ),
        "{text}"
    );
    assert!(
        text.contains("\n- `response-body-type-changed`: `response.404.body`, `response.422.body`\n"),
        "{text}"
    );
}

#[test]
fn pipes_do_not_end_a_markdown_cell() {
    for (pattern, shown) in [
        ("a|b", r#"(`"a\|b"`)"#),
        ("||", r#"(`"\|\|"`)"#),
        (r"a\|b", r#"(`"a\\\u{7c}b"`)"#),
    ] {
        let mut new = facts();
        new.pointer_mut(PROPERTIES).unwrap()["user_name"]["pattern"] = json!(pattern);
        new.pointer_mut(PROPERTIES).unwrap()["x|y"] = json!({ "type": "string" });
        let text = markdown(&diff(&facts(), &new));
        assert!(text.contains(shown), "{shown}: {text}");
        for row in text.lines().filter(|line| line.starts_with('|')) {
            assert_eq!(row.replace("\\|", "").matches('|').count(), 4, "{row}");
        }
    }
}

#[test]
fn rust_api_changes_are_reported_if_nothing_else_breaks() {
    let mut new = facts();
    new.pointer_mut(PROPERTIES).unwrap()["probe"] = json!({ "type": "string" });
    let effects = vec![effect("types::A::probe", Effect::Appears, Bump::Major)];
    let compatible = diff(&facts(), &new).with_rust(effects, Vec::new());
    let statement = "\nCompatible on the wire; the generated Rust API changes.\n";
    assert!(text(&compatible, Style::Plain).contains(statement));
    assert!(markdown(&compatible).contains(statement));
    assert!(!markdown(&report()).contains(statement));
}

#[test]
fn text_is_wrapped_between_words_outside_of_code_spans() {
    let mut new = facts();
    let hostile = "word ".repeat(8) + "::stop-commands::x";
    new.pointer_mut(PROPERTIES).unwrap()["user_name"]["default"] = json!(hostile);
    let plain = text(&diff(&facts(), &new), Style::Plain);
    assert!(plain.contains(&format!("`\"{hostile}\"`")), "{plain}");
    for line in plain.lines() {
        assert!(line.len() <= 80 || line.contains(&hostile), "{line}");
        assert!(!line.trim_start().starts_with("::"), "{plain}");
    }
}
