//! Redaction of secrets in text from the server, and escaping of invisible characters.

/// The replacement for a secret.
const REDACTED: &str = "[redacted]";

/// The minimum length, in bytes, of a random-looking word that is redacted as a secret.
const SECRET_LENGTH: usize = 20;

/// Names whose value, after a `:` or `=`, is always redacted.
const SECRET_NAMES: [&str; 5] = ["token", "secret", "password", "authorization", "api_key"];

/// Redacts the known secrets and everything that looks like a secret, and truncates the text to `max` characters.
///
/// Control characters are replaced with spaces. Characters that are invisible or change the text direction are escaped,
/// as in `\u{202e}`.
pub(crate) fn redact(text: &str, known: &[&str], max: usize) -> String {
    let mut text = text.to_owned();
    for secret in known.iter().filter(|secret| !secret.is_empty()) {
        for spelling in spellings(secret) {
            text = text.replace(&spelling, REDACTED);
        }
    }
    let text = visible(&hide_named(&hide_words(&text)));
    match text.char_indices().nth(max) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// Replaces control characters with spaces and escapes invisible characters.
fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() {
            visible.push(' ');
        } else if is_invisible(c) {
            visible.extend(c.escape_unicode());
        } else {
            visible.push(c);
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

/// Returns a secret unescaped and in both JSON escapings: with and without a `\` before each `/`.
fn spellings(secret: &str) -> [String; 3] {
    let quoted = secret.replace('\\', "\\\\").replace('"', "\\\"");
    let slashed = quoted.replace('/', "\\/");
    [slashed, quoted, secret.to_owned()]
}

/// Redacts words that look like tokens: parts of JSON Web Tokens, even if truncated, and long random-looking words.
fn hide_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_token_char(c)).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end);
        out.push_str(if looks_secret(word) { REDACTED } else { word });
        let gap = tail.find(is_token_char).unwrap_or(tail.len());
        let (between, next) = tail.split_at(gap);
        out.push_str(between);
        rest = next;
    }
    out
}

fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '=')
}

fn looks_secret(word: &str) -> bool {
    let any = |test: fn(&u8) -> bool| word.as_bytes().iter().any(test);
    let digit = any(u8::is_ascii_digit);
    let (lower, upper) = (any(u8::is_ascii_lowercase), any(u8::is_ascii_uppercase));
    word.starts_with("eyJ")
        || (word.len() >= SECRET_LENGTH && ((digit && (lower || upper)) || (lower && upper)))
}

/// Redacts the value after names such as `"token":`, up to the next quote, comma or space.
fn hide_named(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    while let Some((start, end)) = next_named_value(&lower, done) {
        out.push_str(text.get(done..start).unwrap_or_default());
        out.push_str(REDACTED);
        done = end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// Returns the start and end of the next value that follows a name in [`SECRET_NAMES`], starting the search at `from`.
fn next_named_value(lower: &str, from: usize) -> Option<(usize, usize)> {
    let quotes = ['"', '\'', '\\', ' ', '\t'];
    let mut search = from;
    // Searching for separators instead of names keeps the running time linear.
    loop {
        let at = search + lower.get(search..)?.find([':', '='])?;
        let name = lower.get(search..at)?.trim_end_matches(quotes);
        search = at + 1;
        if !SECRET_NAMES.iter().any(|secret| name.ends_with(secret)) {
            continue;
        }
        let value = lower.get(search..)?.trim_start_matches(quotes);
        if value.starts_with("null") || value.starts_with(['[', '{']) {
            continue;
        }
        let value = value
            .strip_prefix("basic ")
            .or_else(|| value.strip_prefix("bearer "))
            .unwrap_or(value);
        let length = value
            .find(['"', '\'', ',', '&', '}', '\n', '\r', ' ', '<', '\\'])
            .unwrap_or(value.len());
        if length > 0 {
            let start = lower.len() - value.len();
            return Some((start, start + length));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn redacts_words_that_look_like_tokens() {
        let cases = [
            ("got eyJ0eXAiOiJWUlQifQ.eyJ", "got [redacted].[redacted]"),
            ("eyJ", "[redacted]"),
            ("key PT0123456789abcdef0123 refused", "key [redacted] refused"),
            (
                "code list_contains_invalid_entries",
                "code list_contains_invalid_entries",
            ),
            (
                "see https://signalwire.com/docs/apis/error-codes",
                "see https://signalwire.com/docs/apis/error-codes",
            ),
            (r#"{"token":"short","x":1}"#, r#"{"token":"[redacted]","x":1}"#),
            (r#"{"token": null}"#, r#"{"token": null}"#),
            ("api_token=abc&x=1", "api_token=[redacted]&x=1"),
            ("Authorization: Basic abc", "Authorization: Basic [redacted]"),
            ("the token is invalid", "the token is invalid"),
        ];
        for (text, expected) in cases {
            assert_eq!(redact(text, &[], 200), expected);
        }
    }

    #[test]
    fn redacts_known_secrets_and_control_characters_and_truncates() {
        assert_eq!(redact("a hunter2\r\nb", &["hunter2", ""], 200), "a [redacted]  b");
        assert_eq!(redact("ääääää", &[], 3), "äää…");
    }

    #[test]
    fn redacts_secrets_with_json_escapes() {
        let secret = r#"to"k\n/1"#;
        for echoed in [r#"to"k\n/1"#, r#"to\"k\\n/1"#, r#"to\"k\\n\/1"#] {
            assert_eq!(redact(&format!("no {echoed}!"), &[secret], 200), "no [redacted]!");
        }
    }
}
