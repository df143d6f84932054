//! Escapes text from documents and file names for an output format.
//!
//! Use [`Printable`] for terminals and logs, [`code_span`] and [`code_block`] for Markdown, and [`json`] for JSON.

use std::fmt::{self, Write as _};

use unicode_general_category::{GeneralCategory, get_general_category};

/// Displays text as one line without characters that a terminal or log would interpret.
///
/// Line separators and all control and format characters, such as line breaks, bidirectional controls and zero-width
/// characters, are written as escapes such as `\n` and `\u{202e}`. The bracket in `##[` is escaped too, because `##[`
/// starts a workflow command anywhere in a line of a GitHub log.
#[derive(Debug, Clone, Copy)]
pub struct Printable<'a>(pub &'a str);

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut hashes = 0;
        for c in self.0.chars() {
            if is_hidden(c) {
                write!(f, "{}", c.escape_default())?;
            } else if c == '[' && hashes >= 2 {
                write!(f, "{}", c.escape_unicode())?;
            } else {
                f.write_char(c)?;
            }
            hashes = if c == '#' { hashes + 1 } else { 0 };
        }
        Ok(())
    }
}

/// Returns `true` for characters that have no glyph but affect how other text is displayed or split into lines.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    matches!(
        get_general_category(c),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
    )
}

/// Returns a Markdown code span that contains exactly this text, escaped with [`Printable`]. Links, mentions,
/// references and HTML in the text have no effect.
#[must_use]
pub fn code_span(text: &str) -> String {
    let text = Printable(text).to_string();
    let fence = "`".repeat(longest_backticks(&text) + 1);
    let is_bare = |c: char| c != ' ' && c != '`';
    // Markdown removes one space at each end. The spaces separate backticks in the text from the fence.
    let space = if text.starts_with(is_bare) && text.ends_with(is_bare) {
        ""
    } else {
        " "
    };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Returns a fenced Markdown code block with the given lines, each escaped with [`Printable`]. Text beyond
/// `max_bytes` is omitted.
#[must_use]
pub fn code_block(text: &str, max_bytes: usize) -> String {
    let mut content = String::new();
    for line in text.lines() {
        let line = Printable(line).to_string();
        let room = max_bytes.saturating_sub(content.len());
        if line.len() > room {
            let fits = line.char_indices().map(|(at, _)| at).take_while(|at| *at <= room);
            content.push_str(line.get(..fits.last().unwrap_or(0)).unwrap_or_default());
            content.push_str("…\n");
            break;
        }
        content.push_str(&line);
        content.push('\n');
    }
    let fence = "`".repeat(longest_backticks(&content).max(2) + 1);
    format!("{fence}text\n{content}{fence}\n")
}

fn longest_backticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Writes hidden characters in JSON strings as `\u` escapes. JSON itself requires this only for C0 control characters.
#[must_use]
pub fn json(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        // Outside of strings, line breaks are the only hidden characters in the input.
        if c == '\n' || !is_hidden(c) {
            escaped.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            escaped.push_str(&format!("\\u{unit:04x}"));
        }
    }
    escaped.replace("##[", "##\\u005b")
}
