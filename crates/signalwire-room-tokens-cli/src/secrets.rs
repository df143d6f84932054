//! Secrets that got where they do not belong: messages repeat what people typed, but no tokens.

/// What stands in the place of what is not repeated.
const HIDDEN: &str = "…";

/// Longer than every command, flag and permission, and shorter than every token.
const LONGEST_WORD: usize = 35;

/// As long as a time in RFC 3339 without an offset.
const LONGEST_VALUE: usize = 20;

/// What somebody typed, if it is a plain word such as a command, a flag or a permission; nothing else is told from a
/// secret.
pub(crate) fn plain(typed: &str) -> &str {
    let is_word = is_word(typed, |c| c.is_ascii_alphabetic() || matches!(c, '-' | '_' | '.'));
    if is_word { typed } else { HIDDEN }
}

/// What somebody typed, if it is shorter than a token and like none.
pub(crate) fn short(typed: &str) -> &str {
    let is_short = typed.chars().count() <= LONGEST_VALUE && !are_in(typed);
    if is_short { typed } else { HIDDEN }
}

/// A name that somebody gave a field, if it is like those of the API's fields; nothing else is told from a secret.
pub(crate) fn field(name: &str) -> Option<&str> {
    let is_word = is_word(name, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    (is_word && !name.is_empty()).then_some(name)
}

fn is_word(text: &str, is_letter: impl Fn(char) -> bool) -> bool {
    text.len() <= LONGEST_WORD && text.chars().all(is_letter) && !is_secret(text)
}

/// A text with everything hidden that looks like a token of whatever kind.
pub(crate) fn hide(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for piece in text.split_inclusive(ends_word) {
        let word = piece.trim_end_matches(ends_word);
        shown.push_str(if is_secret(word) { HIDDEN } else { word });
        shown.push_str(piece.strip_prefix(word).unwrap_or_default());
    }
    shown
}

/// Whether a text has what looks like a token in it.
pub(crate) fn are_in(text: &str) -> bool {
    text.split(ends_word).any(is_secret)
}

/// Tokens are made of the characters that are safe in an address.
fn ends_word(c: char) -> bool {
    !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// Whether a word looks like a room token, which begins as every JSON Web Token does, or like an API token.
fn is_secret(word: &str) -> bool {
    let word = word.trim_start_matches('-');
    let has_digit = || word.bytes().any(|byte| byte.is_ascii_digit());
    word.contains("eyJ") || (word.starts_with("PT") && (word.len() > LONGEST_WORD || has_digit()))
}
