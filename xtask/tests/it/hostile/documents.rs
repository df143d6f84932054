//! Documents with text that, if it were not escaped, would become code, a link, a mention or a command. Every payload
//! is tested in every location, with `update` and `diff`.

use std::path::Path;
use std::process::Output;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::{Value, json};
use syn::visit_mut::VisitMut;
use xtask_openapi::Document;
use xtask_openapi::escape::is_hidden;

use super::commands::FACTS;
use crate::support::{OutputExt as _, Workspace};

/// A word that occurs in every payload.
const MARK: &str = "evil";

const PAYLOADS: [(&str, &str); 6] = [
    (
        "fence",
        "1\n\n```\npanic!(\"evil\");\n```\n\r\r```rust\rpanic!(\"evil\");\r```\r",
    ),
    (
        "indented code",
        "1\n\n    panic!(\"evil\");\n\n\tpanic!(\"evil\");\n\n- evil\n\n      evil\n1. evil\n# evil\n> evil\nevil\n===\n",
    ),
    (
        "tilde fence",
        "1\n\n~~~rust\npanic!(\"evil\");\n~~~\n| evil |\n|---|\n[evil]: https://evil.example\n<img src=evil>\n",
    ),
    (
        "link",
        "` [Review](https://evil.example) closes #1 @evil `` <https://evil.example> ``` [evil]",
    ),
    (
        "terminal",
        "a\n::stop-commands::evil\n##[add-mask]evil\u{1b}[2J\u{9b}31m\u{7f}evil",
    ),
    ("bidi", "evil\u{202e}b\u{2066}c\u{200b}d\u{2028}e"),
];

/// The only HTML that a report may contain.
const DETAILS: [&str; 3] = ["<details>\n", "<summary>Rule ids</summary>\n", "</details>\n"];

/// The Markdown extensions that rustdoc enables.
const RUSTDOC: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_SMART_PUNCTUATION);

const OPERATION: &str = "/paths/~1api~1video~1room_tokens/post";
const REQUEST: &str = "/components/schemas/CreateRoomTokenRequest/properties";

/// A function that inserts text into a document.
type Put = fn(&mut Value, &str);

const PLACES: [(&str, Put); 19] = [
    ("title", |d, text| d["info"]["title"] = json!(text)),
    ("version", |d, text| d["info"]["version"] = json!(text)),
    ("descriptions", |d, text| {
        d["info"]["description"] = json!(text);
        at(d, OPERATION)["summary"] = json!(text);
        at(d, REQUEST)["user_name"]["description"] = json!(text);
    }),
    ("extensions", |d, text| {
        d["x-a"] = json!({ "a": text });
        at(d, REQUEST)["user_name"]["x-a"] = json!([text]);
    }),
    ("server URL", |d, text| {
        d["servers"][0]["url"] = json!(format!("https://{{space_name}}.signalwire.com/{text}"));
    }),
    ("server variable", |d, text| {
        d["servers"][0]["variables"]["space_name"]["default"] = json!(text);
    }),
    ("tag", |d, text| {
        d["tags"][0]["name"] = json!(text);
        at(d, OPERATION)["tags"] = json!([text]);
    }),
    ("path", |d, text| {
        let paths = d["paths"].as_object_mut().unwrap();
        let item = paths.shift_remove("/api/video/room_tokens").unwrap();
        paths.insert(format!("/{text}/api/video/room_tokens"), item);
    }),
    ("operationId", |d, text| {
        at(d, OPERATION)["operationId"] = json!(text);
    }),
    ("parameter and header", |d, text| {
        at(d, OPERATION)["parameters"] =
            json!([{ "name": text, "in": "query", "schema": { "type": "string", "maxLength": 1 } }]);
        at(d, OPERATION)["responses"]["200"]["headers"] = json!({ text: { "schema": { "type": "string" } } });
    }),
    ("media type", |d, text| {
        at(d, OPERATION)["requestBody"]["content"][text] = json!({ "schema": { "type": "string" } });
    }),
    ("property", |d, text| {
        at(d, REQUEST)[text] = json!({ "type": "string", "maxLength": 1 });
    }),
    ("default", |d, text| {
        at(d, REQUEST)["user_name"]["default"] = json!(text);
    }),
    ("pattern and format", |d, text| {
        at(d, REQUEST)["room_name"]["pattern"] = json!(text);
        at(d, REQUEST)["user_name"]["format"] = json!(text);
    }),
    ("enum value", |d, text| {
        at(d, "/components/schemas/StatusCode400/properties/error/enum")[0] = json!(text);
    }),
    ("enum value of the request", |d, text| {
        at(d, "/components/schemas/JoinAsType/enum")[0] = json!(text);
    }),
    ("unknown field", |d, text| {
        at(d, REQUEST)["user_name"][text] = json!(1);
    }),
    ("schema", |d, text| {
        d["components"]["schemas"][text] = json!({ "type": "string" });
        let reference = text.replace('~', "~0").replace('/', "~1").replace('%', "%25");
        at(d, REQUEST)["user_name"] = json!({ "$ref": format!("#/components/schemas/{reference}") });
    }),
    ("security scheme", |d, text| {
        d["components"]["securitySchemes"][text] = json!({ "type": "http", "scheme": "Basic" });
        d["security"] = json!([{ text: [] }]);
    }),
];

fn at<'a>(document: &'a mut Value, pointer: &str) -> &'a mut Value {
    document.pointer_mut(pointer).unwrap()
}

/// Runs a test for each location, two at a time.
fn for_each_place(check: impl Fn(&str, Put) + Sync) {
    let (one, other) = PLACES.split_at(PLACES.len() / 2);
    std::thread::scope(|scope| {
        for places in [one, other] {
            scope.spawn(|| places.iter().for_each(|(place, put)| check(place, *put)));
        }
    });
}

fn facts(workspace: &Workspace) -> Value {
    Document::read(&workspace.path(FACTS)).unwrap().value().clone()
}

#[test]
fn nothing_in_a_document_becomes_code_a_command_or_a_link() {
    for_each_document(&["link"], |workspace, checked_in, case| {
        check_update(workspace, checked_in, case);
    });
    for_each_document(&["terminal"], |workspace, _, case| check_diff(workspace, case));
}

#[test]
#[ignore = "slow; run by `.ci/run`"]
fn no_payload_in_a_document_becomes_code_a_command_or_a_link() {
    for_each_document(&PAYLOADS.map(|(name, _)| name), |workspace, checked_in, case| {
        check_diff(workspace, case);
        check_update(workspace, checked_in, case);
    });
}

/// Runs a check for each of these payloads at each location in a document.
fn for_each_document(payloads: &[&str], check: impl Fn(&Workspace, &Snapshot, &str) + Sync) {
    let original = facts(&Workspace::copy());
    for_each_place(|place, put| {
        let workspace = Workspace::copy();
        let checked_in = Snapshot::of(&workspace);
        for (payload, text) in PAYLOADS.iter().filter(|(name, _)| payloads.contains(name)) {
            let case = format!("{payload} as {place}");
            let mut document = original.clone();
            put(&mut document, text);
            workspace.write("new.json", &document.to_string());
            check(&workspace, &checked_in, &case);
            checked_in.restore(&workspace);
        }
    });
}

/// The contents of the files that an update writes.
struct Snapshot(Vec<(&'static str, String)>);

impl Snapshot {
    const CODE: [&str; 2] = [
        "crates/signalwire-room-tokens-api/src/generated/client.rs",
        "crates/signalwire-room-tokens-api/src/generated/constants.rs",
    ];
    const OTHERS: [&str; 5] = [
        FACTS,
        "spec/openapi.yaml",
        "spec/source.yaml",
        "spec/README.md",
        "crates/signalwire-room-tokens-mock/src/generated/create_room_token.schema.json",
    ];

    fn of(workspace: &Workspace) -> Self {
        let names = Self::CODE.into_iter().chain(Self::OTHERS);
        Self(names.map(|name| (name, workspace.read(name))).collect())
    }

    fn restore(&self, workspace: &Workspace) {
        for (name, text) in &self.0 {
            workspace.write(name, text);
        }
        std::fs::remove_file(workspace.path("outputs")).ok();
        std::fs::remove_file(workspace.path("summary.md")).ok();
    }
}

fn check_diff(workspace: &Workspace, case: &str) {
    let text = run(workspace, &["diff", FACTS, "new.json"], case);
    let github = run(
        workspace,
        &["diff", FACTS, "new.json", "--format", "github"],
        case,
    );
    assert_eq!(text.code(), github.code(), "{case}");
    let ours = ["error", "warning", "notice"].map(|command| format!("::{command} file=new.json,title="));
    for line in github.stdout().lines() {
        let is_command = line.trim_start().starts_with("::");
        let is_ours = ours.iter().any(|start| line.starts_with(start)) || line.starts_with("::notice::");
        assert!(!is_command || is_ours, "{case}: {line}");
    }
    if github.code() < 2 {
        assert_harmless_markdown(&workspace.read("summary.md"), case);
    }
}

fn check_update(workspace: &Workspace, checked_in: &Snapshot, case: &str) {
    let arguments = ["update", "--from", "new.json", "--report", "report.md"];
    let output = run(workspace, &arguments, case);
    if output.code() == 2 {
        assert!(
            output.stderr().starts_with("error: "),
            "{case}: {}",
            output.stderr()
        );
        return;
    }
    assert_harmless_markdown(&workspace.read("report.md"), case);
    assert_eq!(workspace.read("outputs").lines().count(), 4, "{case}");
    for (name, before) in &checked_in.0 {
        let text = workspace.read(name);
        // Values may contain tabs.
        assert_printable(&text.replace('\t', " "), case);
        if text != *before && Snapshot::CODE.contains(name) {
            assert_harmless_code(&text, case);
        }
    }
}

#[test]
fn json_contains_no_characters_that_a_terminal_interprets() {
    let workspace = Workspace::copy();
    for (payload, text) in PAYLOADS {
        let mut document = facts(&workspace);
        at(&mut document, REQUEST)[text] = json!({ "type": "string", "default": text });
        document["info"]["version"] = json!(text);
        workspace.write("new.json", &document.to_string());
        let output = run(
            &workspace,
            &["diff", FACTS, "new.json", "--format", "json"],
            payload,
        );
        let report: Value = serde_json::from_str(&output.stdout()).unwrap();
        let changes = report["changes"].as_array().unwrap();
        assert!(changes.iter().any(|change| change["new"] == text), "{report}");
    }
}

/// Runs a command and checks that its output is safe in a terminal and in a workflow log.
fn run(workspace: &Workspace, arguments: &[&str], case: &str) -> Output {
    let output = workspace
        .xtask_command(arguments)
        .env("GITHUB_OUTPUT", workspace.path("outputs"))
        .env("GITHUB_STEP_SUMMARY", workspace.path("summary.md"))
        .output()
        .unwrap();
    assert!(output.code() <= 2, "{case}: {arguments:?}: {}", output.stderr());
    let is_github = arguments.contains(&"github");
    for (index, printed) in [output.stdout(), output.stderr()].into_iter().enumerate() {
        assert_printable(&printed, case);
        let starts_command = |line: &&str| line.trim_start().starts_with("::");
        if index == 1 || !is_github {
            assert_eq!(
                printed.lines().find(starts_command),
                None,
                "{case}: {arguments:?}"
            );
        }
    }
    output
}

#[track_caller]
fn assert_printable(text: &str, case: &str) {
    let hidden = text.chars().find(|c| *c != '\n' && is_hidden(*c));
    assert_eq!(hidden, None, "{case}: {text}");
    assert!(!text.contains("##["), "{case}: {text}");
}

/// Asserts that the payload occurs only in code spans and code blocks, and that the Markdown contains nothing
/// unexpected.
#[track_caller]
fn assert_harmless_markdown(text: &str, case: &str) {
    assert_printable(text, case);
    let mut is_block = false;
    for event in Parser::new_ext(text, Options::all()) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_block = true,
            Event::End(TagEnd::CodeBlock) => is_block = false,
            Event::Code(_) => {}
            Event::Text(_) if is_block => {}
            Event::Start(
                Tag::HtmlBlock | Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell,
            )
            | Event::End(
                TagEnd::HtmlBlock | TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell,
            ) => {}
            Event::Html(html) => assert!(DETAILS.contains(&&*html), "{case}: {html}: {text}"),
            other => {
                let event = format!("{other:?}");
                let is_live = ["Link", "Image", "Html", "FootnoteReference", "Table"]
                    .iter()
                    .any(|name| event.contains(name));
                assert!(
                    !is_live && !event.contains(MARK) && !event.contains('@') && !event.contains("#1"),
                    "{case}: {event}: {text}"
                );
            }
        }
    }
}

/// Asserts that the code can be parsed and that its documentation contains the payload only as plain text.
#[track_caller]
fn assert_harmless_code(code: &str, case: &str) {
    assert_printable(code, case);
    let mut file = syn::parse_file(code).unwrap_or_else(|error| panic!("{case}: {error}: {code}"));
    let mut docs = Docs(Vec::new());
    docs.visit_file_mut(&mut file);
    assert!(docs.0.len() > 20, "{case}");
    for doc in docs.0 {
        for event in Parser::new_ext(&doc, RUSTDOC) {
            match event {
                Event::Start(Tag::Paragraph) | Event::End(_) | Event::SoftBreak => {}
                Event::Text(_) | Event::Code(_) => {}
                // These links come from the overlay and from progenitor.
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let ours = [
                        "https://signalwire.com/",
                        "https://developer.signalwire.com/",
                        "super::",
                        "Self::",
                    ];
                    let is_ours = ours.iter().any(|start| dest_url.starts_with(start));
                    assert!(is_ours, "{case}: {doc}");
                }
                // The generator added this heading.
                Event::Start(Tag::Heading { .. }) => {
                    assert_eq!(
                        doc.matches('#').count(),
                        doc.matches("\n # Errors\n").count(),
                        "{case}: {doc}"
                    );
                }
                Event::Start(Tag::List(None) | Tag::Item) => {
                    assert!(doc.contains("Arguments:\n - `"), "{case}: {doc}");
                }
                other => panic!("{case}: {other:?}: {doc}"),
            }
        }
    }
}

/// Collects the doc comments in a file.
struct Docs(Vec<String>);

impl VisitMut for Docs {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
            syn::Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
                syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(text),
                    ..
                }) => Some(text.value()),
                _ => None,
            },
            _ => None,
        });
        let lines: Vec<String> = lines.collect();
        if !lines.is_empty() {
            self.0.push(lines.join("\n"));
        }
    }
}

#[test]
fn an_import_rejects_control_characters_with_their_location() {
    let workspace = Workspace::copy();
    let cases: [(Put, &str, &str); 6] = [
        (
            |d, text| d["info"]["version"] = json!(text),
            "1\n",
            "/info/version: the value contains a control character (U+000A)",
        ),
        (
            |d, text| at(d, REQUEST)["user_name"]["default"] = json!(text),
            "a\rb",
            "/user_name/default: the value contains a control character (U+000D)",
        ),
        (
            |d, text| at(d, REQUEST)["user_name"]["default"] = json!({ "a": [text] }),
            "\u{9b}",
            "/user_name/default/a/0: the value contains a control character (U+009B)",
        ),
        (
            |d, text| at(d, REQUEST)[text] = json!({ "type": "string" }),
            "a\tb",
            "/properties/a\\tb: the name contains a control character (U+0009)",
        ),
        (
            |d, text| at(d, "/components/schemas/JoinAsType/enum")[0] = json!(text),
            "a\u{202e}",
            "/enum/0: the value contains a bidirectional control character or a line separator (U+202E)",
        ),
        (
            |d, text| d["x-a"] = json!({ text: 1 }),
            "a\u{2066}",
            "/x-a/a\\u{2066}: the name contains a bidirectional control character or a line separator (U+2066)",
        ),
    ];
    for (put, text, message) in cases {
        let mut document = facts(&workspace);
        put(&mut document, text);
        workspace.write("new.json", &document.to_string());
        let output = workspace.xtask(["import", "--from", "new.json", "--output", "out.yaml"]);
        assert_eq!(output.code(), 2, "{text:?}");
        assert!(output.stderr().contains(message), "{}", output.stderr());
        assert!(!workspace.path("out.yaml").exists(), "{text:?}");
    }

    let mut document = facts(&workspace);
    at(&mut document, REQUEST)["user_name"]["default"] = json!("two\nlines\r\nand\ta tab");
    document["info"]["description"] = json!("\u{202e} words are not carried over \u{1b}");
    workspace.write("new.json", &document.to_string());
    let output = workspace.xtask(["import", "--from", "new.json", "--output", "out.yaml"]);
    assert_eq!(output.code(), 0, "{}", output.stderr());
}

#[test]
fn generating_without_an_import_is_safe() {
    let spec = Workspace::copy();
    let mut document = facts(&spec);
    let text = PAYLOADS.map(|(_, text)| text).concat();
    document["info"]["description"] = json!(text);
    document["info"]["title"] = json!("[evil](https://evil.example) <b>");
    document["info"]["version"] = json!("` [evil](https://evil.example) <b>");
    let operation = at(&mut document, OPERATION);
    operation["summary"] = json!(text);
    operation["description"] = json!(text);
    operation["requestBody"]["description"] = json!(text);
    operation["parameters"] = json!([{
        "name": "`[evil]", "in": "query", "description": text, "schema": { "type": "string", "maxLength": 1 }
    }]);
    at(&mut document, REQUEST)["user_name"]["description"] = json!(text);
    at(&mut document, REQUEST)["``` evil"] = json!({ "type": "string", "description": text, "maxLength": 2 });
    let schema = at(&mut document, "/components/schemas/JoinAsType");
    schema["description"] = json!(text);
    schema["enum"] = json!(["` evil\n```\nevil\n```", "b"]);
    schema["x-enumDescriptions"] = json!({ "b": "```\nevil\n```\n- evil" });
    document["components"]["schemas"]["Either"] = json!({ "oneOf": [
        { "type": "string", "title": "`` evil", "description": text },
        { "type": "integer", "title": "evil" },
    ] });
    at(&mut document, REQUEST)["either"] = json!({ "$ref": "#/components/schemas/Either" });
    spec.write("new.json", &document.to_string());

    let output = spec.xtask(["generate", "--spec", "new.json", "--out", "out"]);

    assert_eq!(output.code(), 0, "{}", output.stderr());
    for name in ["out/client.rs", "out/constants.rs"] {
        assert_harmless_code(&spec.read(name), name);
    }
    let client = spec.read("out/client.rs");
    for shown in [
        r"/// Client for \[evil\](https:\//evil.example) \<b\>",
        r"/// Version: \` \[evil\](https:\//evil.example) \<b\>",
        r"/// ``` ` evil\n```\nevil\n``` ```",
    ] {
        assert!(
            client.contains(shown.trim_start_matches("/// ")),
            "{shown}: {client}"
        );
    }
}

#[test]
fn an_update_reports_everything_that_reaches_generated_files() {
    type Edit = fn(&mut Value);
    let changes: [(&str, Edit); 6] = [
        ("`info.version` | changed (`\"1.0.0\"` → `\"1.0.1\"`)", |d| {
            d["info"]["version"] = json!("1.0.1");
        }),
        ("`info.title` | changed", |d| {
            d["info"]["title"] = json!("T");
        }),
        ("`/x-a` was added: `1`", |d| d["x-a"] = json!(1)),
        ("`/tags/0/x-a` was added: `1`", |d| d["tags"][0]["x-a"] = json!(1)),
        (
            "`/components/schemas/CreateRoomTokenRequest/properties` has its members in a different order",
            |d| {
                let fields = at(d, REQUEST).as_object_mut().unwrap();
                let first = fields.shift_remove_entry("room_name").unwrap();
                fields.extend([first]);
            },
        ),
        ("`/components/schemas/JoinAsType/enum/0` changed", |d| {
            at(d, "/components/schemas/JoinAsType/enum")
                .as_array_mut()
                .unwrap()
                .reverse();
        }),
    ];
    for (words, change) in changes {
        let workspace = Workspace::copy();
        let before = workspace.read("spec/openapi.yaml");
        let mut document = facts(&workspace);
        change(&mut document);
        workspace.write("new.json", &document.to_string());
        let output = workspace.xtask(["update", "--from", "new.json"]);
        assert_eq!(output.code(), 0, "{}", output.stderr());
        let report = output.stdout();
        assert!(report.contains(words), "{words}: {report}");
        assert!(!report.contains("no difference"), "{report}");
        let is_title = words.contains("info.title");
        assert_eq!(workspace.read("spec/openapi.yaml") == before, is_title, "{words}");
    }
}

#[test]
fn file_names_are_escaped_when_printed() {
    let workspace = Workspace::copy();
    let orphan = "crates/signalwire-room-tokens-api/src/generated/a\n::stop-commands::x\n\u{1b}[2J.rs";
    workspace.write(orphan, "");
    for arguments in [&["generate", "--check"][..], &["generate"]] {
        let output = workspace.xtask(arguments);
        assert_printable(&output.stderr(), "an orphan");
        assert!(
            output.stderr().contains("a\\n::stop-commands::x"),
            "{}",
            output.stderr()
        );
    }
    assert!(!Path::new(&workspace.path(orphan)).exists());
}

#[test]
fn lines_of_stale_files_do_not_start_workflow_commands() {
    let workspace = Workspace::copy();
    let file = "crates/signalwire-room-tokens-api/src/generated/client.rs";
    let text = workspace.read(file);
    // Apart from their indentation, the context lines of the diff start with `::`.
    let line = "        ::serde::Deserialize,\n";
    let changed = format!("{line}::stop-commands::x\u{1b}[2J##[add-mask]x\n");
    workspace.write(file, &text.replacen(line, &changed, 1));
    let output = workspace.xtask(["generate", "--check"]);
    assert_eq!(output.code(), 1);
    assert_printable(&output.stdout(), "a diff");
    assert!(
        output.stdout().contains("-::stop-commands::x") && output.stdout().contains(r"\u{3a}:serde"),
        "{}",
        output.stdout()
    );
    let starts_command = |line: &&str| line.trim_start().starts_with("::");
    assert_eq!(output.stdout().lines().find(starts_command), None);
}
