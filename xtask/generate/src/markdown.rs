//! Text of a document in the Markdown of documentation comments: the one place where it is escaped.

/// A sentence as one line of Markdown: code spans stay, everything else is plain text.
///
/// It can't open a block, a link or HTML, whatever it holds.
pub(crate) fn prose(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let has_spans = text.matches('`').count().is_multiple_of(2) && !text.contains("``");
    if !has_spans {
        return plain(&text, true);
    }
    let mut line = String::new();
    for (index, piece) in text.split('`').enumerate() {
        if index % 2 == 1 {
            line.push_str(&format!("`{piece}`"));
        } else {
            line.push_str(&plain(piece, index == 0));
        }
    }
    line
}

/// A value as a code span, on one line.
pub(crate) fn code(value: &str) -> String {
    let value: String = value
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    let mut fence = String::from("`");
    while value.contains(&fence) {
        fence.push('`');
    }
    let is_apart = value.starts_with('`') || value.ends_with('`') || value.trim().is_empty();
    let space = if is_apart { " " } else { "" };
    format!("{fence}{space}{value}{space}{fence}")
}

/// Escapes what has a meaning in Markdown anywhere, and at the start of a line.
fn plain(text: &str, starts_line: bool) -> String {
    let mut escaped = String::new();
    let mut is_start = starts_line;
    for c in text.chars() {
        let is_special = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|'
        ) || is_start && matches!(c, '#' | '+' | '-' | '=' | ':' | '.' | ')');
        if is_special {
            escaped.push('\\');
        }
        if !c.is_control() {
            escaped.push(c);
        }
        // A number and `.` start a list.
        is_start = is_start && c.is_ascii_digit();
    }
    escaped
}
