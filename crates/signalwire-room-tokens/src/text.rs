//! Truncates untrusted text.

/// Returns the first `max` characters of a text, followed by `…` if characters were removed.
pub(crate) fn truncated(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
