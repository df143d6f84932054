//! Translates ECMA-262 regular expressions, which OpenAPI documents contain, to the syntax of the `regex` crates.

use std::str::Chars;

/// The items of the classes that differ between the two syntaxes. `.` matches everything except `LINE_ENDS`.
const LINE_ENDS: &str = r"\n\r\x{2028}\x{2029}";
const SPACES: &str = r"\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}";
const WORD: &str = "0-9A-Z_a-z";

/// Translates a pattern.
///
/// # Errors
///
/// Returns the reason if the pattern uses a feature that the `regex` crates don't support or that they interpret
/// differently. Other invalid patterns may be returned unchanged.
pub fn to_rust(pattern: &str) -> Result<String, String> {
    let mut rust = String::new();
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => rust.push_str(&escape(&mut rest)?),
            '[' => class(&mut rest, &mut rust)?,
            '.' => rust.push_str(&format!("[^{LINE_ENDS}]")),
            '(' if !is_plain_group(rest.as_str()) => {
                return Err("it contains a look-around assertion or flags".to_owned());
            }
            '{' if !is_quantifier(rest.as_str()) => {
                return Err("it contains a `{` that does not start a quantifier".to_owned());
            }
            c => rust.push(c),
        }
    }
    Ok(rust)
}

/// Returns `true` if the text after `(` starts a group that is capturing, named or non-capturing.
fn is_plain_group(rest: &str) -> bool {
    match rest.strip_prefix('?') {
        Some(rest) => {
            rest.starts_with(':')
                || (rest.starts_with('<') && !(rest.starts_with("<=") || rest.starts_with("<!")))
        }
        None => true,
    }
}

/// Returns `true` if the text after `{` is a quantifier. The `regex` crates also support forms such as `{,3}`.
fn is_quantifier(rest: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let bounds = rest
        .split_once('}')
        .map(|(inside, _)| inside.split_once(',').unwrap_or((inside, "")));
    bounds.is_some_and(|(min, max)| is_number(min) && (max.is_empty() || is_number(max)))
}

/// Translates a character class, starting after `[`.
fn class(rest: &mut Chars<'_>, rust: &mut String) -> Result<(), String> {
    rust.push('[');
    if rest.as_str().starts_with('^') {
        rust.extend(rest.next());
    }
    if rest.as_str().starts_with(']') {
        return Err("it contains an empty character class".to_owned());
    }
    // These describe the last item: it can be the start of a range, it is the `-` of a range, or it is a class.
    let (mut may_start_range, mut is_in_range, mut is_after_set) = (false, false, false);
    while let Some(c) = rest.next() {
        let next = rest.as_str();
        let is_set = c == '\\' && starts_set(next);
        let is_range = c == '-' && may_start_range && !next.starts_with(']');
        match c {
            '\\' => rust.push_str(&escape(rest)?),
            ']' => {
                rust.push(']');
                return Ok(());
            }
            // In the `regex` crates, `--` is an operator, and a range that starts or ends with a class is invalid.
            '-' if next.starts_with('-')
                || (is_after_set && !next.starts_with(']'))
                || (is_range && next.strip_prefix('\\').is_some_and(starts_set)) =>
            {
                return Err(
                    "it contains a character class in which a `-` is next to another `-` or to a class"
                        .to_owned(),
                );
            }
            '-' if is_range => rust.push('-'),
            // In the `regex` crates, these may start a range, a nested class or an operator.
            '-' | '[' | '&' | '~' => rust.extend(['\\', c]),
            c => rust.push(c),
        }
        may_start_range = !is_set && !is_range && !is_in_range;
        (is_in_range, is_after_set) = (is_range, is_set);
    }
    Err("a character class is not closed".to_owned())
}

/// Returns `true` if the text after a backslash starts with the name of a class.
fn starts_set(rest: &str) -> bool {
    rest.starts_with(['d', 'D', 'w', 'W', 's', 'S'])
}

/// Translates an escape, starting after the backslash.
fn escape(rest: &mut Chars<'_>) -> Result<String, String> {
    Ok(match rest.next().ok_or("it ends with a backslash")? {
        'd' => "[0-9]".to_owned(),
        'D' => "[^0-9]".to_owned(),
        'w' => format!("[{WORD}]"),
        'W' => format!("[^{WORD}]"),
        's' => format!("[{SPACES}]"),
        'S' => format!("[^{SPACES}]"),
        'x' => code(rest, 2)?,
        'u' => code(rest, 4)?,
        c @ ('n' | 'r' | 't' | 'f' | 'v') => format!(r"\{c}"),
        // Backreferences, word boundaries, control characters and Unicode properties.
        c if c.is_alphanumeric() => return Err(format!(r"it contains `\{c}`")),
        // In the `regex` crates, `\<` and `\>` are word boundaries.
        c if c.is_ascii_punctuation() && c != '<' && c != '>' => format!(r"\{c}"),
        c => c.to_string(),
    })
}

fn code(rest: &mut Chars<'_>, digits: usize) -> Result<String, String> {
    let hex: String = rest.by_ref().take(digits).collect();
    let is_hex = hex.len() == digits && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    let code = u32::from_str_radix(&hex, 16).ok().filter(|_| is_hex);
    match code.and_then(char::from_u32) {
        Some(_) => Ok(format!(r"\x{{{hex}}}")),
        None => Err("it contains an escape with an invalid character code".to_owned()),
    }
}
