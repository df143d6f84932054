//! Document parsing: which documents are accepted, and which are rejected with an error that names the document.
//! Parsing never panics, and its cost is limited.

use proptest::prelude::*;
use serde_json::json;
use xtask_openapi::document::{MAX_BYTES, Version};
use xtask_openapi::{Document, Error, import, open};

use crate::support::{cases, parts, value};

fn parse(text: &str) -> Result<Document, Error> {
    Document::parse("api.yaml", text.as_bytes())
}

/// Returns the message of the expected error and asserts that the error names the document.
fn rejection(bytes: &[u8]) -> String {
    let error = Document::parse("api.yaml", bytes).expect_err("the document should be rejected");
    assert_eq!(error.source_name, "api.yaml");
    error.message
}

#[test]
fn yaml_and_json_keep_the_order_of_members() {
    let expected = json!({ "b": [1, -2.5, "x"], "a": { "c": null, "d": true } });
    for text in [
        "b: [1, -2.5, x]\na:\n  c: ~\n  d: true\n",
        "# comment\n---\nb:\n- 1\n- -2.5\n- x\na: {c: null, d: true}\n...\n",
        "{\"b\": [1, -2.5, \"x\"], \"a\": {\"c\": null, \"d\": true}}",
        "\u{feff}{\"b\": [1, -2.5, \"x\"], \"a\": {\"c\": null, \"d\": true}}",
        "\u{feff}b: [1, -2.5, x]\na: {c: null, d: true}\r\n",
    ] {
        let document = parse(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(document.value().to_string(), expected.to_string(), "{text:?}");
    }
    assert_eq!(parse(r#"{"a": "\ud83d\ude00"}"#).unwrap().value()["a"], "😀");
}

#[test]
fn scalars_follow_the_core_schema() {
    let document =
        parse("[yes, no, on, off, 010, 1_000, 2026-08-21, 1:30, 0x10, 1e3, True, '1', !!str 2]").unwrap();
    let expected = json!([
        "yes",
        "no",
        "on",
        "off",
        "010",
        "1_000",
        "2026-08-21",
        "1:30",
        16,
        1000.0,
        true,
        "1",
        "2"
    ]);
    assert_eq!(*document.value(), expected);
}

#[test]
fn anchors_are_shared() {
    let document = parse("a: &shared {x: [1]}\nb: *shared\n").unwrap();
    assert_eq!(document.value()["b"], json!({ "x": [1] }));
}

#[test]
fn duplicate_keys_are_rejected() {
    for text in [
        "a: 1\na: 2",
        "a: {b: 1, c: 2, b: 3}",
        r#"{"a": 1, "a": 2}"#,
        r#"[{"x": {"a": 1, "a": 1}}]"#,
    ] {
        let message = rejection(text.as_bytes());
        assert!(message.contains("duplicate"), "{text}: {message}");
    }
}

#[test]
fn alias_bombs() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let alias = format!("*a{}", level - 1);
        bomb.push_str(&format!(
            "a{level}: &a{level} [{}]\n",
            [alias.as_str(); 10].join(", ")
        ));
    }
    assert!(
        rejection(bomb.as_bytes()).contains("too large or too complex"),
        "{}",
        rejection(bomb.as_bytes())
    );
    assert!(rejection(b"a: *nobody").contains("unknown value at line 1, column 4"));
    rejection(b"a: &a [*a]");
}

#[test]
fn unlimited_nesting() {
    let block: String = (0..20_000)
        .map(|depth| format!("{}a:\n", " ".repeat(depth.min(300))))
        .collect();
    for text in [
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        "{a: ".repeat(100_000),
        format!("{}{}", "[".repeat(65), "]".repeat(65)),
        format!("{}1{}", "{\"a\":".repeat(65), "}".repeat(65)),
        "- ".repeat(100_000),
        block,
    ] {
        rejection(text.as_bytes());
    }
    for (open, close) in [("{\"a\":", "}"), ("{a: ", "}"), ("[", "]")] {
        let text = format!("{}1{}", open.repeat(64), close.repeat(64));
        assert!(parse(&text).is_ok(), "{text}");
    }
}

#[test]
fn invalid_bytes() {
    assert_eq!(rejection(b"a: \xff"), "is not UTF-8 (byte 3)");
    assert_eq!(
        rejection(&vec![b' '; MAX_BYTES as usize + 1]),
        "is larger than 64 MiB"
    );
    for text in [
        "{\"a\": 1} x",
        "{\"a\": 1} {\"b\": 2}",
        "a: 1\n---\nb: 2\n",
        "a: [1, 2",
        "a: \"text",
        "{\"a\": {\"b\": 1}",
        "a: b: c",
        "a: .nan",
        "a: .inf",
        "\u{0}",
    ] {
        let message = rejection(text.as_bytes());
        assert!(
            message.starts_with("is not valid YAML or JSON: "),
            "{text:?}: {message}"
        );
    }
}

#[test]
fn versions() {
    for (text, version) in [
        ("openapi: 3.0.0", Version::V3_0),
        ("openapi: 3.0.3", Version::V3_0),
        ("openapi: 3.1.0", Version::V3_1),
        ("openapi: '3.1.1'", Version::V3_1),
    ] {
        assert_eq!(parse(text).unwrap().version(), Ok(version), "{text}");
    }
    for (text, place, message) in [
        ("openapi: 3.2.0", "/openapi", "version \"3.2.0\""),
        ("openapi: 3.1", "/openapi", "such as `'3.1.0'`, not 3.1;"),
        ("openapi: '3.0'", "/openapi", "such as `'3.1.0'`, not \"3.0\";"),
        ("openapi: 30.0.0", "/openapi", "version"),
        ("swagger: '2.0'", "/swagger", "OpenAPI 2.0 (Swagger)"),
        ("info: {}", "", "`openapi` is missing"),
        ("[openapi]", "", "expected an object"),
        ("", "", "expected an object"),
    ] {
        let (found, text) = parts(parse(text).unwrap().version());
        assert_eq!(found, place);
        assert!(
            text.contains(message) && text.contains("OpenAPI 3.0 and 3.1 are supported"),
            "{text}"
        );
    }
}

#[test]
fn an_html_page_is_rejected() {
    for page in [
        "<!DOCTYPE html><html></html>",
        "\n  <html>\n<body>openapi: 3.1.0</body></html>",
        "<?xml version=\"1.0\"?><error/>",
    ] {
        let (_, message) = parts(parse(page));
        assert_eq!(message, "is an HTML or XML page, not an OpenAPI document");
    }
}

#[test]
fn files() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("api.yaml");
    let name = path.to_str().unwrap();
    let (_, message) = parts(open(name));
    assert!(message.starts_with("failed to read: "), "{message}");
    assert!(
        parts(open(folder.path().to_str().unwrap()))
            .1
            .starts_with("failed to read: ")
    );
    std::fs::write(&path, "openapi: 2.9.9\n").unwrap();
    assert_eq!(parts(open(name)).0, "/openapi");
    std::fs::write(&path, "openapi: 3.1.0\n").unwrap();
    let document = open(name).unwrap();
    assert_eq!(document.name(), name);
    assert_eq!(*document.value(), value("openapi: 3.1.0"));
    assert_eq!(
        document.sha256(),
        "f39db8e8ede3dc2457c613e2a304e6d478f6e5ec660e4746464f41e76ac77006"
    );
}

/// A valid document. Modified versions of it may cause errors, but no panics.
const API: &str = "openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://{s}.example.com/api', variables: {s: {default: a}}}]
paths:
  /video/room_tokens:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/S'}}}}
      responses: {'200': {description: d}}
components:
  schemas:
    S: &s {type: [object, 'null'], properties: {a: {anyOf: [{type: string}, {type: 'null'}]}}}
    T: *s
";

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn arbitrary_bytes_are_parsed_or_rejected(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        if let Ok(document) = Document::parse("api.yaml", &bytes) {
            let _ = import(&document, &[]);
        }
    }

    #[test]
    fn truncated_or_modified_documents_are_imported_or_rejected(
        start in 0..API.len(),
        length in 0..40usize,
        instead in "[ -~\n]{0,8}",
    ) {
        let (before, rest) = API.split_at(start);
        let text = format!("{before}{instead}{}", rest.get(length..).unwrap_or_default());
        let result = parse(&text).and_then(|document| import(&document, &[]));
        if let Err(error) = result {
            prop_assert_eq!(error.source_name, "api.yaml");
            prop_assert!(!error.message.is_empty());
        }
    }
}

#[test]
fn the_unmodified_document_imports() {
    assert!(import(&parse(API).unwrap(), &[]).is_ok());
}
