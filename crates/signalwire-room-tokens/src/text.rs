//! Truncates untrusted text and makes invisible characters visible.

/// Returns the first `max` characters of a text, followed by `…` if characters were removed.
pub(crate) fn truncated(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Replaces control characters with spaces and escapes invisible characters, as in `\u{202e}`.
pub(crate) fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if c.is_control() => visible.push(' '),
            _ if is_invisible(c) => visible.extend(c.escape_unicode()),
            _ => visible.push(c),
        }
    }
    visible
}

/// Returns `true` for bidirectional controls, zero-width characters, line and paragraph separators, and tags.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}
