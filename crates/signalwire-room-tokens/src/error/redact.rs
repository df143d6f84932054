//! Redacts secrets in text from the server, and escapes invisible characters.

use crate::text::{truncated, visible};

/// The text that replaces a secret.
const REDACTED: &str = "[redacted]";

/// The minimum length, in bytes, at which a random-looking word is redacted as a secret.
const SECRET_LENGTH: usize = 20;

/// Names whose values, after a `:` or `=`, are always redacted.
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
    truncated(&visible(&hide_named(&hide_words(&text))), max)
}

/// Returns a secret unchanged and in both of its JSON-escaped forms: with and without a `\` before each `/`.
fn spellings(secret: &str) -> [String; 3] {
    let quoted = secret.replace('\\', "\\\\").replace('"', "\\\"");
    let slashed = quoted.replace('/', "\\/");
    [slashed, quoted, secret.to_owned()]
}

/// Redacts words that look like tokens: parts of JSON Web Tokens, even if truncated, and long random-looking words.
fn hide_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(|c| !is_token_char(c)) {
        let word = part.trim_end_matches(|c| !is_token_char(c));
        out.push_str(if looks_secret(word) { REDACTED } else { word });
        out.push_str(part.strip_prefix(word).unwrap_or_default());
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

/// Redacts the values after names such as `"token":`, up to the next quote, comma or space.
fn hide_named(text: &str) -> String {
    let quotes = ['"', '\'', '\\', ' ', '\t'];
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    // Searching for separators rather than names keeps the running time linear.
    for (at, _) in lower.match_indices([':', '=']) {
        let (Some(name), Some(value)) = (lower.get(done..at), lower.get(at + 1..)) else {
            continue;
        };
        let name = name.trim_end_matches(quotes);
        if !SECRET_NAMES.iter().any(|secret| name.ends_with(secret)) {
            continue;
        }
        let value = value.trim_start_matches(quotes);
        if value.starts_with("null") || value.starts_with(['[', '{']) {
            continue;
        }
        let mut schemes = ["basic ", "bearer "].into_iter();
        let value = schemes
            .find_map(|scheme| value.strip_prefix(scheme))
            .unwrap_or(value);
        let end = value.find(['"', '\'', ',', '&', '}', '\n', '\r', ' ', '<', '\\']);
        let length = end.unwrap_or(value.len());
        if length > 0 {
            let start = lower.len() - value.len();
            out.push_str(text.get(done..start).unwrap_or_default());
            out.push_str(REDACTED);
            done = start + length;
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}
