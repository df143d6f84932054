//! Compiles the ECMA-262 regular expressions in a document to tables for the client.
//!
//! Thanks to the tables, the client doesn't need a regex engine. Each pattern is compiled to a Glushkov automaton,
//! whose states are the positions in the pattern that match a single character.

use regex_syntax::ast::{
    AssertionKind, Ast, ClassPerl, ClassPerlKind, ClassSet, ClassSetItem, GroupKind, LiteralKind, Repetition,
    RepetitionKind, RepetitionRange, parse,
};
use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

/// The maximum number of positions in a pattern. This is the number of bits in the client's state.
pub const MAX_POSITIONS: usize = 128;

/// The maximum number of parts in a pattern after expanding its repetitions.
const MAX_STEPS: usize = 10_000;

/// A character set, as sorted inclusive ranges.
pub type Ranges = Vec<(char, char)>;

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compiled {
    /// A pattern that matches `min` to `max` characters of a single class.
    Only {
        /// The character class.
        class: Ranges,
        /// The items of the class as written in the pattern, such as `A-Z` and `_`, if all of them are printable.
        items: Option<Vec<String>>,
        /// The minimum number of characters.
        min: usize,
        /// The maximum number of characters, if limited.
        max: Option<usize>,
    },
    /// Any other pattern.
    Positions(Automaton),
}

/// A Glushkov automaton. Sets of positions are stored as bit sets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Automaton {
    /// The character class that each position matches.
    pub classes: Vec<Ranges>,
    /// The positions that can match the first character.
    pub first: u128,
    /// For each position, the positions that can match the next character.
    pub follow: Vec<u128>,
    /// The positions that can match the last character.
    pub last: u128,
    /// `true` if the empty string matches.
    pub matches_empty: bool,
    steps: usize,
}

/// Compiles a pattern.
///
/// # Errors
///
/// Returns the reason if the client can't check the pattern.
pub fn compile(pattern: &str) -> Result<Compiled, String> {
    let ast = parse::Parser::new()
        .parse(pattern)
        .map_err(|error| error.kind().to_string())?;
    if let Some(only) = only(&ast)? {
        return Ok(only);
    }
    let mut automaton = Automaton::default();
    let whole = automaton.alternatives(&ast)?;
    automaton.first = whole.first;
    automaton.last = whole.last;
    automaton.matches_empty = whole.is_nullable;
    Ok(Compiled::Positions(automaton))
}

/// Compiles a pattern that consists of a single repeated class between anchors. Returns `None` for other patterns.
fn only(ast: &Ast) -> Result<Option<Compiled>, String> {
    let Ast::Concat(concat) = ast else { return Ok(None) };
    let [
        Ast::Assertion(start),
        Ast::Repetition(repetition),
        Ast::Assertion(end),
    ] = concat.asts.as_slice()
    else {
        return Ok(None);
    };
    if !(is_start(&start.kind) && is_end(&end.kind)) {
        return Ok(None);
    }
    let Some(class) = class(&repetition.ast)? else {
        return Ok(None);
    };
    let (min, max) = bounds(repetition);
    let items = match repetition.ast.as_ref() {
        Ast::ClassBracketed(class) if !class.negated => listed(&class.kind),
        _ => None,
    };
    Ok(Some(Compiled::Only {
        class: ranges(&class),
        items,
        min,
        max,
    }))
}

/// Returns the literals and ranges in a class if it contains nothing else and all characters are printable.
fn listed(set: &ClassSet) -> Option<Vec<String>> {
    let ClassSet::Item(item) = set else { return None };
    let items = match item {
        ClassSetItem::Union(union) => union.items.as_slice(),
        item => std::slice::from_ref(item),
    };
    let is_readable = |c: char| c.is_alphanumeric() || c.is_ascii_graphic();
    items
        .iter()
        .map(|item| match item {
            ClassSetItem::Literal(literal) => is_readable(literal.c).then(|| literal.c.to_string()),
            ClassSetItem::Range(range) => (is_readable(range.start.c) && is_readable(range.end.c))
                .then(|| format!("{}-{}", range.start.c, range.end.c)),
            _ => None,
        })
        .collect()
}

fn is_start(kind: &AssertionKind) -> bool {
    *kind == AssertionKind::StartLine
}

fn is_end(kind: &AssertionKind) -> bool {
    *kind == AssertionKind::EndLine
}

fn bounds(repetition: &Repetition) -> (usize, Option<usize>) {
    let size = |count: u32| count as usize;
    match &repetition.op.kind {
        RepetitionKind::ZeroOrOne => (0, Some(1)),
        RepetitionKind::ZeroOrMore => (0, None),
        RepetitionKind::OneOrMore => (1, None),
        RepetitionKind::Range(RepetitionRange::Exactly(count)) => (size(*count), Some(size(*count))),
        RepetitionKind::Range(RepetitionRange::AtLeast(min)) => (size(*min), None),
        RepetitionKind::Range(RepetitionRange::Bounded(min, max)) => (size(*min), Some(size(*max))),
    }
}

/// A part of a pattern: its first and last positions, and whether it matches the empty string.
#[derive(Clone, Copy)]
struct Part {
    first: u128,
    last: u128,
    is_nullable: bool,
}

const EMPTY: Part = Part {
    first: 0,
    last: 0,
    is_nullable: true,
};

impl Automaton {
    /// Adds the top-level alternatives of the pattern, each with its own anchors. An unanchored alternative may be
    /// preceded or followed by any characters.
    fn alternatives(&mut self, ast: &Ast) -> Result<Part, String> {
        match ast {
            Ast::Alternation(alternation) => {
                let parts = alternation.asts.iter().map(|ast| self.alternatives(ast));
                let parts: Vec<Part> = parts.collect::<Result<_, _>>()?;
                Ok(either(&parts))
            }
            Ast::Concat(concat) => self.anchored(&concat.asts),
            other => self.anchored(std::slice::from_ref(other)),
        }
    }

    fn anchored(&mut self, asts: &[Ast]) -> Result<Part, String> {
        let (is_started, asts) = match asts {
            [Ast::Assertion(assertion), rest @ ..] if is_start(&assertion.kind) => (true, rest),
            _ => (false, asts),
        };
        let (is_ended, asts) = match asts {
            [rest @ .., Ast::Assertion(assertion)] if is_end(&assertion.kind) => (true, rest),
            _ => (false, asts),
        };
        let mut parts = Vec::new();
        if !is_started {
            parts.push(self.anything()?);
        }
        for ast in asts {
            parts.push(self.part(ast)?);
        }
        if !is_ended {
            parts.push(self.anything()?);
        }
        Ok(self.sequence(&parts))
    }

    /// Adds a part that matches any sequence of characters.
    fn anything(&mut self) -> Result<Part, String> {
        let any = self.position(vec![('\0', char::MAX)])?;
        Ok(self.repeated(any, true))
    }

    fn part(&mut self, ast: &Ast) -> Result<Part, String> {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return Err("it is too long when its repetitions are expanded".to_owned());
        }
        if let Some(class) = class(ast)? {
            return self.position(ranges(&class));
        }
        match ast {
            Ast::Empty(_) => Ok(EMPTY),
            Ast::Group(group) if is_plain_group(&group.kind) => self.part(&group.ast),
            Ast::Concat(concat) => {
                let parts = concat.asts.iter().map(|ast| self.part(ast));
                let parts: Vec<Part> = parts.collect::<Result<_, _>>()?;
                Ok(self.sequence(&parts))
            }
            Ast::Alternation(alternation) => {
                let parts = alternation.asts.iter().map(|ast| self.part(ast));
                let parts: Vec<Part> = parts.collect::<Result<_, _>>()?;
                Ok(either(&parts))
            }
            Ast::Repetition(repetition) => self.repetition(repetition),
            Ast::Assertion(_) => Err("it contains an assertion other than at its start or end".to_owned()),
            Ast::Group(_) | Ast::Flags(_) => Err("it sets flags".to_owned()),
            other => Err(format!("it contains `{other}`")),
        }
    }

    /// Expands a repetition into the required copies of the part, followed by the optional copies.
    fn repetition(&mut self, repetition: &Repetition) -> Result<Part, String> {
        let (min, max) = bounds(repetition);
        let mut parts = Vec::new();
        for _ in 0..min {
            parts.push(self.part(&repetition.ast)?);
        }
        match max {
            Some(max) => {
                for _ in min..max {
                    let part = self.part(&repetition.ast)?;
                    parts.push(Part {
                        is_nullable: true,
                        ..part
                    });
                }
            }
            // Without a maximum, the last required copy may repeat.
            None => {
                let part = match parts.pop() {
                    Some(last) => last,
                    None => self.part(&repetition.ast)?,
                };
                let repeated = self.repeated(part, min == 0);
                parts.push(repeated);
            }
        }
        Ok(self.sequence(&parts))
    }

    fn repeated(&mut self, part: Part, is_optional: bool) -> Part {
        self.link(part.last, part.first);
        Part {
            is_nullable: part.is_nullable || is_optional,
            ..part
        }
    }

    fn sequence(&mut self, parts: &[Part]) -> Part {
        parts.iter().fold(EMPTY, |before, part| {
            self.link(before.last, part.first);
            Part {
                first: before.first | if before.is_nullable { part.first } else { 0 },
                last: part.last | if part.is_nullable { before.last } else { 0 },
                is_nullable: before.is_nullable && part.is_nullable,
            }
        })
    }

    fn link(&mut self, from: u128, to: u128) {
        for (position, follow) in self.follow.iter_mut().enumerate() {
            if from >> position & 1 == 1 {
                *follow |= to;
            }
        }
    }

    fn position(&mut self, class: Ranges) -> Result<Part, String> {
        let index = self.classes.len();
        if index == MAX_POSITIONS {
            return Err(format!(
                "it has more than {MAX_POSITIONS} positions that match a character"
            ));
        }
        self.classes.push(class);
        self.follow.push(0);
        Ok(Part {
            first: 1 << index,
            last: 1 << index,
            is_nullable: false,
        })
    }
}

fn either(parts: &[Part]) -> Part {
    let none = Part {
        is_nullable: false,
        ..EMPTY
    };
    parts.iter().fold(none, |all, part| Part {
        first: all.first | part.first,
        last: all.last | part.last,
        is_nullable: all.is_nullable || part.is_nullable,
    })
}

fn is_plain_group(kind: &GroupKind) -> bool {
    match kind {
        GroupKind::CaptureIndex(_) => true,
        GroupKind::CaptureName { starts_with_p, .. } => !starts_with_p,
        GroupKind::NonCapturing(flags) => flags.items.is_empty(),
    }
}

/// Returns the class of a part that always matches exactly one character, or `None` for any other part.
fn class(ast: &Ast) -> Result<Option<ClassUnicode>, String> {
    Ok(Some(match ast {
        Ast::Literal(literal) => of_char(&literal.kind, literal.c)?,
        Ast::Dot(_) => {
            let mut lines = of_ranges(&[('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')]);
            lines.negate();
            lines
        }
        Ast::ClassPerl(perl) => of_perl(perl),
        Ast::ClassBracketed(bracketed) => {
            let ClassSet::Item(item) = &bracketed.kind else {
                return Err(
                    "it contains a set operation, which has a different meaning in ECMA-262".to_owned(),
                );
            };
            let mut class = of_item(item)?;
            if bracketed.negated {
                class.negate();
            }
            class
        }
        Ast::ClassUnicode(_) => return Err("it uses a Unicode property escape".to_owned()),
        _ => return Ok(None),
    }))
}

fn of_item(item: &ClassSetItem) -> Result<ClassUnicode, String> {
    Ok(match item {
        ClassSetItem::Literal(literal) => of_char(&literal.kind, literal.c)?,
        ClassSetItem::Range(range) => {
            of_char(&range.start.kind, range.start.c)?;
            of_char(&range.end.kind, range.end.c)?;
            of_ranges(&[(range.start.c, range.end.c)])
        }
        ClassSetItem::Perl(perl) => of_perl(perl),
        ClassSetItem::Union(union) => {
            let mut all = ClassUnicode::empty();
            for item in &union.items {
                all.union(&of_item(item)?);
            }
            all
        }
        ClassSetItem::Unicode(_) => return Err("it uses a Unicode property escape".to_owned()),
        ClassSetItem::Empty(_) | ClassSetItem::Ascii(_) | ClassSetItem::Bracketed(_) => {
            return Err("it contains `[` in a class, which has a different meaning in ECMA-262".to_owned());
        }
    })
}

/// Returns the class that contains a single character.
///
/// # Errors
///
/// Returns an error if the character is escaped in a way that has a different meaning in ECMA-262.
fn of_char(kind: &LiteralKind, c: char) -> Result<ClassUnicode, String> {
    match kind {
        LiteralKind::Superfluous if c.is_ascii_alphanumeric() => Err(format!("it contains `\\{c}`")),
        LiteralKind::Special(kind) if *kind == regex_syntax::ast::SpecialLiteralKind::Bell => {
            Err("it contains `\\a`".to_owned())
        }
        LiteralKind::Octal | LiteralKind::HexBrace(_) => {
            Err("it contains an escape that ECMA-262 does not support".to_owned())
        }
        _ => Ok(of_ranges(&[(c, c)])),
    }
}

/// Returns the class for `\d`, `\w` or `\s` as defined by ECMA-262: `\d` and `\w` match only ASCII, and `\s` matches
/// all whitespace and line terminators.
fn of_perl(perl: &ClassPerl) -> ClassUnicode {
    let mut class = match perl.kind {
        ClassPerlKind::Digit => of_ranges(&[('0', '9')]),
        ClassPerlKind::Word => of_ranges(&[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
        ClassPerlKind::Space => of_ranges(&[
            ('\t', '\r'),
            (' ', ' '),
            ('\u{a0}', '\u{a0}'),
            ('\u{1680}', '\u{1680}'),
            ('\u{2000}', '\u{200a}'),
            ('\u{2028}', '\u{2029}'),
            ('\u{202f}', '\u{202f}'),
            ('\u{205f}', '\u{205f}'),
            ('\u{3000}', '\u{3000}'),
            ('\u{feff}', '\u{feff}'),
        ]),
    };
    if perl.negated {
        class.negate();
    }
    class
}

fn of_ranges(ranges: &[(char, char)]) -> ClassUnicode {
    ClassUnicode::new(
        ranges
            .iter()
            .map(|(start, end)| ClassUnicodeRange::new(*start, *end)),
    )
}

fn ranges(class: &ClassUnicode) -> Ranges {
    class.iter().map(|range| (range.start(), range.end())).collect()
}
