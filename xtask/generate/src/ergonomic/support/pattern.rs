//! Regular expressions from the OpenAPI document, compiled to tables by the code generator.

/// A compiled pattern. Character ranges are inclusive.
#[derive(Clone, Copy, Debug)]
#[allow(dead_code, reason = "which variants are used depends on the document")]
pub(crate) enum Pattern {
    /// A pattern that matches if every character is in one of the ranges.
    Only(&'static [(char, char)]),
    /// An automaton whose states are the positions in the pattern that match a single character. Sets of positions are
    /// stored as bit sets.
    Positions {
        /// The characters that each position matches.
        classes: &'static [&'static [(char, char)]],
        /// The positions that can match the first character.
        first: u128,
        /// For each position, the positions that can match the next character.
        follow: &'static [u128],
        /// The positions that can match the last character.
        last: u128,
        /// `true` if the empty string matches.
        matches_empty: bool,
    },
}

impl Pattern {
    /// Returns `true` if the pattern matches the entire text.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        match *self {
            Self::Only(class) => text.chars().all(|c| is_in(class, c)),
            Self::Positions { matches_empty, .. } if text.is_empty() => matches_empty,
            Self::Positions {
                classes,
                first,
                follow,
                last,
                ..
            } => {
                let (mut next, mut read) = (first, 0);
                for c in text.chars() {
                    read = positions(next)
                        .filter(|position| classes.get(*position).is_some_and(|class| is_in(class, c)))
                        .fold(0, |read, position| read | 1 << position);
                    next = positions(read)
                        .filter_map(|position| follow.get(position))
                        .fold(0, |next, follow| next | follow);
                }
                read & last != 0
            }
        }
    }
}

fn is_in(class: &[(char, char)], c: char) -> bool {
    class.iter().any(|(start, end)| (*start..=*end).contains(&c))
}

/// Iterates over the positions in a bit set, in ascending order.
fn positions(mut set: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(lowest)
    })
}
