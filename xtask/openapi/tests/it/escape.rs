//! Escaping of text from documents for terminals, JSON and Markdown.

use serde_json::json;
use xtask_openapi::escape::{Printable, code_block, code_span, json};
use xtask_openapi::source::Source;
use xtask_openapi::{Document, Error};

#[test]
fn hidden_characters_are_shown_as_escapes() {
    let cases = [
        ("a b", "a b"),
        ("é字👍 \"'\\", "é字👍 \"'\\"),
        ("\t\r\n\0\u{1b}[2J", r"\t\r\n\u{0}\u{1b}[2J"),
        ("\u{7f}\u{85}\u{9b}", r"\u{7f}\u{85}\u{9b}"),
        (
            "\u{202e}\u{2066}\u{200f}\u{61c}",
            r"\u{202e}\u{2066}\u{200f}\u{61c}",
        ),
        (
            "\u{200b}\u{200d}\u{feff}\u{ad}\u{2060}",
            r"\u{200b}\u{200d}\u{feff}\u{ad}\u{2060}",
        ),
        ("\u{2028}\u{2029}\u{e0041}", r"\u{2028}\u{2029}\u{e0041}"),
        (
            "##[add-mask]x ###[a] #[b] ##",
            r"##\u{5b}add-mask]x ###\u{5b}a] #[b] ##",
        ),
    ];
    for (text, shown) in cases {
        assert_eq!(Printable(text).to_string(), shown);
        assert_eq!(Printable(shown).to_string(), shown);
    }
}

#[test]
fn errors_are_a_single_printable_line() {
    let error = Error::at("a\n.yaml", "/b\u{1b}", "c\u{202e}\n::stop-commands::d");
    assert_eq!(
        error.to_string(),
        r"a\n.yaml: at /b\u{1b}: c\u{202e}\n::stop-commands::d"
    );
    let error = Document::parse("a.yaml", b"\"\\e[2J\": 1\n\"\\e[2J\": 2\n").unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("\\u{1b}[2J") && !text.contains('\u{1b}'),
        "{text:?}"
    );
}

#[test]
fn escaped_json_is_equivalent() {
    let value = json!({ "a\u{7f}": "\u{9b}\u{202e}\u{200b}\u{2028}\u{e0041}\n##[b]" });
    let text = json(&serde_json::to_string_pretty(&value).unwrap());
    assert_eq!(
        text,
        "{\n  \"a\\u007f\": \"\\u009b\\u202e\\u200b\\u2028\\udb40\\udc41\\n##\\u005bb]\"\n}"
    );
    assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
}

#[test]
fn a_code_span_has_a_fence_longer_than_any_backtick_run_inside() {
    let cases = [
        ("a", "`a`"),
        ("", "`  `"),
        ("`", "`` ` ``"),
        ("a``b", "```a``b```"),
        ("``a", "``` ``a ```"),
        (" a ", "`  a  `"),
        ("a\nb", r"`a\nb`"),
    ];
    for (text, span) in cases {
        assert_eq!(code_span(text), span);
    }
}

#[test]
fn a_code_block_has_a_fence_longer_than_any_inside_and_is_bounded() {
    assert_eq!(code_block("a\nb\u{1b}\n", 100), "```text\na\nb\\u{1b}\n```\n");
    assert_eq!(code_block("````\n~~~\n", 100), "`````text\n````\n~~~\n`````\n");
    assert_eq!(code_block("ab\ncdéf", 6), "```text\nab\ncd…\n```\n");
    assert_eq!(code_block("", 0), "```text\n```\n");
}

#[test]
fn source_records_link_only_to_https_urls() {
    let cell = |url: &str| {
        let source = Source {
            url: Some(url.to_owned()),
            document: "`a|b".to_owned(),
            ..Source::default()
        };
        let block = source
            .refresh_block("r", "<!-- source:begin --><!-- source:end -->")
            .unwrap();
        assert!(block.contains("| document | `` `a\\|b `` |"), "{block}");
        let line = block.lines().find(|line| line.starts_with("| url")).unwrap();
        line.to_owned()
    };
    assert_eq!(cell("https://example.com/a"), "| url | <https://example.com/a> |");
    for url in ["javascript:alert(1)", "https://a> <img>", "https://a b"] {
        assert_eq!(cell(url), format!("| url | `{url}` |"));
    }
}
