//! Pattern inclusion: decides in bounded time whether one pattern accepts every string that another one accepts.

use std::collections::HashSet;

use regex_automata::dfa::{Automaton as _, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_automata::util::start;
use regex_automata::{Anchored, MatchKind};
use xtask_openapi::ecma;

/// The maximum length of a pattern, in bytes.
const MAX_PATTERN_BYTES: usize = 1_000;

/// The maximum size of an automaton, in bytes.
const MAX_AUTOMATON_BYTES: usize = 1 << 18;

/// The maximum number of state pairs to visit.
const MAX_PAIRS: usize = 20_000;

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
    let pattern = ecma::to_rust(pattern).ok()?;
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
