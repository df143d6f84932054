//! Escapes and checks text for doc comments, which are Markdown.
//!
//! rustdoc runs code blocks as tests and renders links and HTML. To prevent that, names and values are escaped with
//! [`code_span`], sentences with `prose`, and other text with [`text`]. The results contain only plain text and code
//! spans.

use pulldown_cmark::{Event, Options, Parser, Tag};
use xtask_openapi::escape::{Printable, code_span};

/// Escapes text so that Markdown displays it as plain paragraphs.
///
/// Trims each line, and escapes hidden characters the way [`Printable`] does.
#[must_use]
pub fn text(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let lines: Vec<String> = text.split(['\n', '\r']).map(line).collect();
    lines.join("\n")
}

/// Escapes text so that Markdown displays it on a single line. Preserves code spans.
pub(crate) fn prose(text: &str) -> String {
    let text = one_line(text);
    let has_code_spans = text.matches('`').count().is_multiple_of(2) && !text.contains("``");
    if !has_code_spans {
        return line(&text);
    }
    let pieces = text.split('`').enumerate();
    pieces
        .map(|(index, piece)| match index {
            0 => escape(piece, block_marker(piece)),
            _ if index % 2 == 1 => code_span(piece),
            _ => escape(piece, None),
        })
        .collect()
}

/// Replaces line breaks and repeated whitespace with single spaces.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Escapes one line. Trims whitespace, because it could create indented code or hard line breaks.
fn line(line: &str) -> String {
    let line = line.trim().replace('\t', " ");
    escape(&line, block_marker(&line))
}

/// Escapes the characters that are special anywhere in a line, and the character at index `marker`, which would start a
/// block.
fn escape(line: &str, marker: Option<usize>) -> String {
    let line = Printable(line).to_string();
    let mut escaped = String::with_capacity(line.len());
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        // Escape the slash in `https://`, because some tools turn URLs into links.
        if r"\`*_[]<>&~|".contains(c) || (c == '/' && before == ':') || marker == Some(at) {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped
}

/// Returns the index of the character that would turn a line into a heading, list item, thematic break or table row.
/// Returns `None` if `escape` escapes that character anyway.
fn block_marker(line: &str) -> Option<usize> {
    if line.starts_with(['#', '+', '-', '=', ':']) {
        return Some(0);
    }
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - rest.len();
    let is_number = digits > 0 && rest.starts_with(['.', ')']);
    let ends = rest.chars().nth(1).is_none_or(char::is_whitespace);
    (is_number && ends).then_some(digits)
}

/// Returns a description of the first element that documentation must not contain, if there is one.
pub(crate) fn forbidden(markdown: &str) -> Option<&'static str> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    Parser::new_ext(markdown, options).find_map(|event| match event {
        Event::Start(Tag::CodeBlock(_)) => Some("a code block, which `cargo test` would run"),
        Event::Start(Tag::HtmlBlock) | Event::Html(_) | Event::InlineHtml(_) => Some("HTML"),
        Event::Start(Tag::Image { .. }) => Some("an image"),
        _ => None,
    })
}
