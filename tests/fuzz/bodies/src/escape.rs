//! Fuzzes the escaping of document text for terminals, JSON, Markdown and documentation.

use pulldown_cmark::{Event, Options, Parser, Tag};
use xtask_generate::markdown;
use xtask_openapi::escape::{Printable, code_block, code_span, is_hidden, json};

/// Escapes the input for each format and checks that the result renders as the same plain text.
pub fn escape(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let printable = Printable(&text).to_string();
    assert_printable(&printable);
    assert_eq!(
        Printable(&printable).to_string(),
        printable,
        "escaping a second time changed the text"
    );

    let written = json(&serde_json::to_string_pretty(&[&text]).expect("text should serialize"));
    assert_printable(&written);
    let read: [String; 1] = serde_json::from_str(&written).expect("escaped JSON should be valid JSON");
    assert_eq!(read, [&*text]);

    let item = format!("- {} <sub>id</sub>\n", code_span(&text));
    assert_printable(&item);
    let codes = events(&item).filter_map(|event| match event {
        Event::Code(code) => Some(code.to_string()),
        Event::Text(text) => {
            assert!([" ", "id"].contains(&&*text), "{text:?} in {item:?}");
            None
        }
        _ => None,
    });
    let codes: Vec<String> = codes.collect();
    // Markdown strips surrounding spaces from a code span unless it consists only of spaces.
    assert_eq!(codes.len(), 1, "{item:?}");
    assert!(
        codes == [&*printable] || printable.trim().is_empty(),
        "{codes:?} for {printable:?}"
    );

    let block = code_block(&text, 1000) + "\nafter\n";
    assert_printable(&block);
    let blocks = events(&block).filter(|event| matches!(event, Event::Start(Tag::CodeBlock(_))));
    assert_eq!(blocks.count(), 1, "{block:?}");
    assert!(block.len() < 3100 && events(&block).any(|event| event == Event::Text("after".into())));

    assert_documentation(&text);
}

/// Asserts that rustdoc renders the text as paragraphs with the same lines.
fn assert_documentation(text: &str) {
    let escaped = markdown::text(text);
    assert_printable(&escaped);
    let mut shown = String::new();
    // The options that rustdoc uses, except smart punctuation.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    for event in Parser::new_ext(&escaped, options) {
        match event {
            Event::Start(Tag::Paragraph) => {}
            Event::Text(text) => shown.push_str(&text),
            Event::SoftBreak | Event::End(_) => shown.push('\n'),
            other => panic!("{other:?} in {escaped:?}"),
        }
    }
    let lines = text
        .split(['\n', '\r'])
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let lines: Vec<String> = lines
        .map(|line| Printable(&line.replace('\t', " ")).to_string())
        .collect();
    assert_eq!(
        shown.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>(),
        lines
    );
}

/// Asserts that a report contains no links, no images, and no HTML other than its own tags.
pub(crate) fn assert_report(markdown: &str) {
    assert_printable(markdown);
    for event in events(markdown) {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::FootnoteDefinition(_))
            | Event::InlineHtml(_) => panic!("{event:?} in {markdown:?}"),
            Event::Html(html) => {
                assert!(
                    ["<details>\n", "<summary>Rule ids</summary>\n", "</details>\n"].contains(&&*html),
                    "{html} in {markdown:?}"
                );
            }
            _ => {}
        }
    }
}

fn events(markdown: &str) -> Parser<'_> {
    Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION)
}

/// Asserts that the text contains nothing that terminals or workflow logs would interpret.
pub(crate) fn assert_printable(text: &str) {
    let hidden = text.chars().find(|c| *c != '\n' && is_hidden(*c));
    assert_eq!(hidden, None, "{text:?}");
    assert!(!text.contains("##["), "{text:?}");
}
