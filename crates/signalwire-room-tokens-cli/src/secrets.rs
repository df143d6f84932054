//! Redaction of tokens in messages that quote user input.

/// Placeholder for redacted text.
const HIDDEN: &str = "…";

/// Maximum length, in bytes, of a plain word. Every command, flag and permission fits; every token is longer.
const MAX_WORD_LENGTH: usize = 35;

/// Maximum length, in characters, of a short value. An RFC 3339 timestamp in UTC is exactly this long.
const MAX_VALUE_LENGTH: usize = 20;

/// Returns the input if it is a plain word, such as a command, flag or permission. Redacts anything else
/// because it may be a secret.
pub(crate) fn plain(typed: &str) -> &str {
    let is_word = is_word(typed, |c| c.is_ascii_alphabetic() || matches!(c, '-' | '_' | '.'));
    if is_word { typed } else { HIDDEN }
}

/// Returns the input if it is too short to be a token and doesn't look like one. Redacts anything else.
pub(crate) fn short(typed: &str) -> &str {
    let is_short = typed.chars().count() <= MAX_VALUE_LENGTH && !contained_in(typed);
    if is_short { typed } else { HIDDEN }
}

/// Returns the name if it has the form of an API field name. Anything else may be a secret.
pub(crate) fn field(name: &str) -> Option<&str> {
    let is_word = is_word(name, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    (is_word && !name.is_empty()).then_some(name)
}

fn is_word(text: &str, is_letter: impl Fn(char) -> bool) -> bool {
    text.len() <= MAX_WORD_LENGTH && text.chars().all(is_letter) && !is_secret(text)
}

/// Redacts every room token or API token in the text.
pub(crate) fn hide(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for piece in text.split_inclusive(ends_word) {
        let word = piece.trim_end_matches(ends_word);
        shown.push_str(if is_secret(word) { HIDDEN } else { word });
        shown.push_str(piece.strip_prefix(word).unwrap_or_default());
    }
    shown
}

/// Returns `true` if the text contains something that looks like a token.
pub(crate) fn contained_in(text: &str) -> bool {
    text.split(ends_word).any(is_secret)
}

/// Returns `true` for characters that can't be part of a token. Tokens contain only URL-safe characters.
fn ends_word(c: char) -> bool {
    !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// Returns `true` if a word looks like a room token (a JSON Web Token) or an API token.
fn is_secret(word: &str) -> bool {
    let word = word.trim_start_matches('-');
    let has_digit = || word.bytes().any(|byte| byte.is_ascii_digit());
    word.contains("eyJ") || (word.starts_with("PT") && (word.len() > MAX_WORD_LENGTH || has_digit()))
}
