//! Pattern inclusion: decides in bounded time whether one pattern accepts every string that another one accepts.

use std::collections::HashSet;

use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use regex_automata::{Anchored, MatchKind};

/// The maximum length of a pattern, in bytes.
const MAX_PATTERN_BYTES: usize = 1_000;

/// The maximum size of an automaton, in bytes.
const MAX_AUTOMATON_BYTES: usize = 1 << 18;

/// The maximum number of state pairs to visit.
const MAX_PAIRS: usize = 20_000;

/// The characters that `.` excludes and those that `\s` and `\w` match in ECMA-262, in Rust regex syntax.
const LINE_ENDS: &str = r"\n\r\x{2028}\x{2029}";
const SPACES: &str = r"\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}";
const WORD: &str = "0-9A-Za-z_";

/// Returns `true` if `wide` accepts every string that `narrow` accepts. Returns `false` if it doesn't, or if a pattern
/// uses look-around, may have a different meaning in Rust regex syntax, or is too large.
pub(super) fn accepts_all_of(wide: &str, narrow: &str) -> bool {
    let (Some(wide), Some(narrow)) = (automaton(wide), automaton(narrow)) else {
        return false;
    };
    let at_start = start::Config::new().anchored(Anchored::Yes);
    let (Ok(wide_start), Ok(narrow_start)) = (wide.start_state(&at_start), narrow.start_state(&at_start))
    else {
        return false;
    };
    let mut seen = HashSet::from([(wide_start, narrow_start)]);
    let mut pending = vec![(wide_start, narrow_start)];
    while let Some((in_wide, in_narrow)) = pending.pop() {
        let accepts =
            |dfa: &dense::DFA<Vec<u32>>, state: StateID| dfa.is_match_state(dfa.next_eoi_state(state));
        if seen.len() > MAX_PAIRS || (accepts(&narrow, in_narrow) && !accepts(&wide, in_wide)) {
            return false;
        }
        for byte in 0..=u8::MAX {
            let next = (wide.next_state(in_wide, byte), narrow.next_state(in_narrow, byte));
            if !narrow.is_dead_state(next.1) && seen.insert(next) {
                pending.push(next);
            }
        }
    }
    true
}

/// Builds an automaton for all strings that contain a match.
fn automaton(pattern: &str) -> Option<dense::DFA<Vec<u32>>> {
    if pattern.len() > MAX_PATTERN_BYTES {
        return None;
    }
    let pattern = in_rust(pattern)?;
    dense::Builder::new()
        .configure(
            dense::Config::new()
                .start_kind(StartKind::Anchored)
                .match_kind(MatchKind::All)
                .dfa_size_limit(Some(MAX_AUTOMATON_BYTES))
                .determinize_size_limit(Some(MAX_AUTOMATON_BYTES)),
        )
        .thompson(thompson::Config::new().nfa_size_limit(Some(MAX_AUTOMATON_BYTES)))
        .build(&format!("(?s:.)*(?:{pattern})(?s:.)*"))
        .ok()
}

/// Translates an ECMA-262 pattern to Rust regex syntax. Returns `None` if its meaning might differ.
fn in_rust(pattern: &str) -> Option<String> {
    let mut rust = String::new();
    let mut chars = pattern.chars().peekable();
    let mut is_in_class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => rust.push_str(&escape(&mut chars, is_in_class)?),
            '[' if is_in_class => rust.push_str(r"\["),
            '[' => {
                is_in_class = true;
                rust.push('[');
                if chars.next_if_eq(&'^').is_some() {
                    rust.push('^');
                }
                // Rust regex syntax doesn't support empty character classes.
                if chars.peek() == Some(&']') {
                    return None;
                }
            }
            ']' if is_in_class => {
                is_in_class = false;
                rust.push(']');
            }
            // In Rust regex syntax, these are character class operators.
            '&' | '~' if is_in_class => rust.extend(['\\', c]),
            '-' if is_in_class && chars.peek() == Some(&'-') => return None,
            '.' if !is_in_class => rust.push_str(&format!("[^{LINE_ENDS}]")),
            '(' if !is_in_class && chars.next_if_eq(&'?').is_some() => {
                // Any other group is a look-around assertion, a named group, or invalid in ECMA-262.
                chars.next_if_eq(&':')?;
                rust.push_str("(?:");
            }
            c => rust.push(c),
        }
    }
    (!is_in_class).then_some(rust)
}

fn escape(chars: &mut std::iter::Peekable<std::str::Chars<'_>>, is_in_class: bool) -> Option<String> {
    let class = |members: &str| {
        if is_in_class {
            members.to_owned()
        } else {
            format!("[{members}]")
        }
    };
    let all_but = |members: &str| (!is_in_class).then(|| format!("[^{members}]"));
    let code = |digits: usize, chars: &mut std::iter::Peekable<std::str::Chars<'_>>| {
        let hex: String = chars.by_ref().take(digits).collect();
        let code = u32::from_str_radix(&hex, 16)
            .ok()
            .filter(|_| hex.len() == digits)?;
        char::from_u32(code).map(|_| format!(r"\x{{{code:x}}}"))
    };
    Some(match chars.next()? {
        'd' => class("0-9"),
        'D' => all_but("0-9")?,
        'w' => class(WORD),
        'W' => all_but(WORD)?,
        's' => class(SPACES),
        'S' => all_but(SPACES)?,
        'x' => code(2, chars)?,
        'u' => code(4, chars)?,
        c @ ('n' | 'r' | 't' | 'f' | 'v') => format!(r"\{c}"),
        // Backreferences, word boundaries, control characters and Unicode properties.
        c if c.is_alphanumeric() => return None,
        c if c.is_ascii_punctuation() => format!(r"\{c}"),
        c => c.to_string(),
    })
}
