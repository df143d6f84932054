//! Text from the document is displayed as plain text in the generated documentation.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value, json};
use xtask_generate::files::Output;
use xtask_generate::workaround::Strictness;
use xtask_generate::{Inputs, Layout, generate, markdown};
use xtask_openapi::Document;
use xtask_openapi::escape::Printable;

use crate::support::{checked_in_but, content, generate_from, layout, messages};

/// Pieces of text: Markdown syntax, whitespace and hidden characters.
const PIECES: [&str; 40] = [
    "a",
    "b ",
    " ",
    "    ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    "`",
    "```",
    "~~~",
    "*",
    "**",
    "_",
    "[a]",
    "(b)",
    "!",
    "<b>",
    "<!--",
    "-->",
    "<https://a.b>",
    "https://a.b",
    "&amp;",
    "#",
    "-",
    "+",
    "1.",
    "2)",
    ">",
    "|",
    "|---|",
    ":-",
    "===",
    "---",
    "\\",
    "[a]: b",
    "[^1]",
    "\u{202e}",
    "\u{85}",
];

proptest! {
    #![proptest_config(Config { cases: 1000, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..Config::default() })]

    #[test]
    fn arbitrary_text_is_displayed_unchanged(pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..12)) {
        let text = pieces.concat();
        let escaped = markdown::text(&text);
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS;
        let mut shown = String::new();
        for event in Parser::new_ext(&escaped, options) {
            match event {
                Event::Start(Tag::Paragraph) => {}
                Event::Text(text) => shown.push_str(&text),
                Event::SoftBreak | Event::End(_) => shown.push('\n'),
                other => prop_assert!(false, "{other:?} in {escaped:?}"),
            }
        }
        let lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
        let lines: Vec<String> = lines.map(|line| Printable(&line.replace('\t', " ")).to_string()).collect();
        prop_assert_eq!(shown.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>(), lines);
    }
}

#[test]
fn plain_text_is_not_escaped() {
    for text in [
        "1.0.0",
        "A b, c: d (e) 'f' \"g\". 2.5 - h",
        "2026-01-01",
        "room.self.deaf",
    ] {
        assert_eq!(markdown::text(text), text);
    }
}

fn pets(description: &str, value: &str) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Pets", "version": "1" },
        "paths": { "/pets": { "post": {
            "operationId": "add_pet",
            "summary": description,
            "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Pet" } } } },
            "responses": { "200": { "description": "" } },
        } } },
        "components": { "schemas": { "Pet": { "type": "object", "properties": {
            "kind": { "type": "string", "description": description, "enum": [value, "b"] },
        } } } },
    })
}

#[test]
fn a_carriage_return_in_a_description_ends_a_line() {
    for line_break in ["\r", "\r\n", "\n"] {
        let document = pets(&format!("One{line_break}```{line_break}two"), "a");
        let files = generate_from(&document.to_string()).unwrap();
        let client = content(&files, "client.rs");
        assert!(
            client.contains("/// One\n")
                && client.contains("/// \\`\\`\\`\n")
                && client.contains("/// two\n"),
            "{client}"
        );
        syn::parse_file(client).unwrap();
    }
}

#[test]
fn values_are_single_code_spans() {
    let files = generate_from(&pets("d", "`a\n```\nb").to_string()).unwrap();
    let client = content(&files, "client.rs");
    assert!(client.contains(r"/// ```` `a\n```\nb ````."), "{client}");
    assert!(client.contains(r#"rename = "`a\n```\nb""#), "{client}");
}

#[test]
fn control_characters_are_rejected_without_an_import() {
    let cases = [
        (
            "/info/title",
            json!("a\u{1b}"),
            "/info/title: the value contains a control character (U+001B)",
        ),
        (
            "/info/version",
            json!("1\n2"),
            "/info/version: the value contains a control character (U+000A)",
        ),
        (
            "/components/schemas/Pet/properties/kind/enum/0",
            json!("\u{202e}"),
            "/enum/0: the value contains a bidirectional control character or a line separator (U+202E)",
        ),
    ];
    for (pointer, value, message) in cases {
        let mut document = pets("d", "a");
        *document.pointer_mut(pointer).unwrap() = value;
        let found = messages(generate_from(&document.to_string()));
        assert!(found.iter().any(|found| found.contains(message)), "{found:?}");
    }
}

#[test]
fn paths_with_invalid_characters_are_rejected() {
    for c in [' ', '"', '<', '>', '\\', '^', '`', '|'] {
        let mut document = pets("d", "a");
        let item = document["paths"]["/pets"].take();
        document["paths"] = json!({ format!("/pets{c}"): item });
        let found = messages(generate_from(&document.to_string()));
        let expected = format!("contains a character that is not allowed in URLs: {c:?}");
        assert!(
            found.iter().any(|found| found.contains(&expected)),
            "{c:?}: {found:?}"
        );
    }
}

#[test]
fn overlay_text_is_markdown_without_code() {
    let with = |description: &str| {
        let overlay = json!({
            "overlay": "1.0.0",
            "info": { "title": "t", "version": "1" },
            "actions": [{ "target": "$.paths['/pets'].post", "update": { "summary": description, "description": "d" } }, {
                "target": "$.info", "update": { "description": "d" }
            }, {
                "target": "$.paths['/pets'].post.requestBody", "update": { "description": "d" }
            }, {
                "target": "$.paths['/pets'].post.responses['200']", "update": { "description": "d" }
            }, {
                "target": "$.components.schemas.Pet", "update": { "description": "d" }
            }],
        });
        let parse = |name: &str, value: &Value| Document::parse(name, value.to_string().as_bytes()).unwrap();
        let mut facts = pets("d", "a");
        facts["paths"]["/pets"]["post"]
            .as_object_mut()
            .unwrap()
            .shift_remove("summary");
        let inputs = Inputs {
            facts: parse("pets.json", &facts),
            overlay: Some(parse("overlay.json", &overlay)),
            source: None,
            strictness: Strictness::WhereNeeded,
        };
        generate(&inputs, &Layout::flat())
    };
    let files = with("`Code` and <https://example.com>").unwrap();
    let client = content(&files, "client.rs");
    assert!(
        client.contains("/// `Code` and <https://example.com>\n"),
        "{client}"
    );

    let rejected = [
        ("a\n\n```\nb\n```\n", "a code block"),
        ("a\n\n    b\n\nc", "a code block"),
        ("a\n\n- b\n\n      c\n\nd", "a code block"),
        ("a <b>b</b>", "HTML"),
        ("![a](b)", "an image"),
    ];
    for (description, what) in rejected {
        let found = messages(with(description));
        let expected = format!("pets.json: at /paths/~1pets/post/summary: must not contain {what}");
        assert!(
            found.iter().any(|found| found.starts_with(&expected)),
            "{found:?}"
        );
    }
}

/// The mock server includes the schema by file name.
#[test]
fn the_schema_is_named_after_the_operation_of_the_overlay() {
    let inputs = checked_in_but("operationId: create_room_token", "operationId: another_name");
    let files = generate(&inputs, &layout()).unwrap();
    content(&files, "create_room_token.schema.json");
    let is_schema = |output: &&Output| output.path.to_string_lossy().ends_with(".schema.json");
    assert_eq!(files.outputs.iter().filter(is_schema).count(), 1);
}
