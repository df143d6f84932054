//! Text of a document as Markdown for documentation comments.
//!
//! rustdoc runs code blocks as tests, and renders links and HTML. Names and values go through
//! [`code_span`](xtask_openapi::escape::code_span), sentences through [`prose`], other texts through [`text`]: none of
//! them becomes anything but text and code spans.

use xtask_openapi::escape::{Printable, code_span};

/// Markdown that displays this text: paragraphs without any other element, whatever the text has in it.
///
/// Lines are trimmed, and hidden characters are written as [`Printable`] writes them.
#[must_use]
pub fn text(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let lines: Vec<String> = text.split(['\n', '\r']).map(line).collect();
    lines.join("\n")
}

/// Markdown that displays this text on one line. Code spans stay code spans.
pub(crate) fn prose(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
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

/// Escapes one line. White space at its ends would make it indented code or a hard line break.
fn line(line: &str) -> String {
    let line = line.trim().replace('\t', " ");
    escape(&line, block_marker(&line))
}

/// Escapes what has a meaning anywhere in a line, and the character that would begin a block.
fn escape(line: &str, marker: Option<usize>) -> String {
    let line = Printable(line).to_string();
    let mut escaped = String::with_capacity(line.len());
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        // The slash is that of `https://`, which tools make a link of.
        if r"\`*_[]<>&~|".contains(c) || (c == '/' && before == ':') || marker == Some(at) {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped
}

/// The position of the character that makes a line a heading, an item of a list, a rule or a row of a table, unless it
/// is escaped everywhere.
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
