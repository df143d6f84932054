//! Truncates untrusted text.

/// Returns the first `max` characters of a text, followed by `…` if characters were removed.
pub(crate) fn truncated(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Replaces control characters with spaces and escapes invisible characters, such as bidirectional controls.
pub(crate) fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        match c.escape_debug() {
            _ if c.is_control() => visible.push(' '),
            // Other escapes, such as `\"`, consist of two characters.
            escaped if escaped.len() > 2 => visible.extend(escaped),
            _ => visible.push(c),
        }
    }
    visible
}
