//! Compiles the ECMA-262 regular expressions in a document to tables for the client.
//!
//! With these tables, the client doesn't need a regex engine. Each pattern is compiled to a Glushkov automaton,
//! whose states are the positions in the pattern that match a single character.

use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{Ast, ClassSet, ClassSetItem};
use regex_syntax::hir::{self, Class, Hir, HirKind, Look};
use xtask_openapi::ecma;

/// The maximum number of positions in a pattern. This is the number of bits in the client's state.
pub const MAX_POSITIONS: usize = 128;

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
}

/// Compiles a pattern.
///
/// # Errors
///
/// Returns the reason if the client can't check the pattern.
pub fn compile(pattern: &str) -> Result<Compiled, String> {
    let rust = ecma::to_rust(pattern)?;
    let ast = Parser::new().parse(&rust);
    let ast = ast.map_err(|error| error.kind().to_string())?;
    let alternatives = match &ast {
        Ast::Alternation(alternation) => alternation.asts.as_slice(),
        single => std::slice::from_ref(single),
    };
    // Each alternative is parsed alone, because `regex_syntax` would extract their common parts, such as `^`.
    let alternatives = alternatives.iter().map(|ast| {
        let span = ast.span();
        let text = rust.get(span.start.offset..span.end.offset);
        regex_syntax::parse(text.unwrap_or_default()).map_err(|_| "it is too complex".to_owned())
    });
    let alternatives = alternatives.collect::<Result<Vec<Hir>, _>>()?;
    if let [single] = alternatives.as_slice()
        && let Some(only) = only(single, &ast)
    {
        return Ok(only);
    }
    let mut automaton = Automaton::default();
    let parts = alternatives.iter().map(|hir| automaton.anchored(hir));
    let whole = either(&parts.collect::<Result<Vec<_>, _>>()?);
    automaton.first = whole.first;
    automaton.last = whole.last;
    automaton.matches_empty = whole.is_nullable;
    Ok(Compiled::Positions(automaton))
}

/// Compiles a pattern that consists of a single repeated class between anchors. Returns `None` for other patterns.
fn only(hir: &Hir, ast: &Ast) -> Option<Compiled> {
    let (true, [inner], true) = without_anchors(hir) else {
        return None;
    };
    let HirKind::Repetition(repetition) = inner.kind() else {
        return None;
    };
    Some(Compiled::Only {
        class: class(&repetition.sub)?,
        items: listed(ast),
        min: repetition.min as usize,
        max: repetition.max.map(|max| max as usize),
    })
}

/// Returns whether an alternative starts with `^`, its other parts, and whether it ends with `$`.
fn without_anchors(hir: &Hir) -> (bool, &[Hir], bool) {
    let is = |hir: &Hir, look| *hir.kind() == HirKind::Look(look);
    let parts = match hir.kind() {
        HirKind::Concat(parts) => parts.as_slice(),
        _ => std::slice::from_ref(hir),
    };
    let (is_started, parts) = match parts {
        [start, rest @ ..] if is(start, Look::Start) => (true, rest),
        _ => (false, parts),
    };
    match parts {
        [rest @ .., end] if is(end, Look::End) => (is_started, rest, true),
        _ => (is_started, parts, false),
    }
}

/// Returns the literals and ranges in a repeated class between anchors. Returns `None` if the class contains anything
/// else or is not written in brackets, or if a character is not printable.
fn listed(ast: &Ast) -> Option<Vec<String>> {
    let Ast::Concat(concat) = ast else { return None };
    let [_, Ast::Repetition(repetition), _] = concat.asts.as_slice() else {
        return None;
    };
    let item = match &*repetition.ast {
        Ast::ClassBracketed(class) if !class.negated => match &class.kind {
            ClassSet::Item(item) => item,
            ClassSet::BinaryOp(_) => return None,
        },
        _ => return None,
    };
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
    /// Adds an alternative. If it is not anchored, any characters may precede or follow it.
    fn anchored(&mut self, hir: &Hir) -> Result<Part, String> {
        let (is_started, parts, is_ended) = without_anchors(hir);
        let before = if is_started { EMPTY } else { self.anything()? };
        let inner = self.parts(parts)?;
        let inner = self.sequence(&inner);
        let after = if is_ended { EMPTY } else { self.anything()? };
        Ok(self.sequence(&[before, inner, after]))
    }

    /// Adds a part that matches any sequence of characters.
    fn anything(&mut self) -> Result<Part, String> {
        let any = self.position(vec![('\0', char::MAX)])?;
        self.link(any.last, any.first);
        Ok(Part {
            is_nullable: true,
            ..any
        })
    }

    fn part(&mut self, hir: &Hir) -> Result<Part, String> {
        match hir.kind() {
            HirKind::Empty => Ok(EMPTY),
            HirKind::Look(_) => {
                Err("it contains an assertion other than `^` at the start or `$` at the end".to_owned())
            }
            HirKind::Literal(literal) => {
                let text = std::str::from_utf8(&literal.0).unwrap_or_default();
                let parts = text.chars().map(|c| self.position(vec![(c, c)]));
                let parts: Vec<Part> = parts.collect::<Result<_, _>>()?;
                Ok(self.sequence(&parts))
            }
            HirKind::Class(class) => self.position(ranges(class)),
            HirKind::Capture(group) => self.part(&group.sub),
            HirKind::Concat(parts) => {
                let parts = self.parts(parts)?;
                Ok(self.sequence(&parts))
            }
            HirKind::Alternation(parts) => Ok(either(&self.parts(parts)?)),
            HirKind::Repetition(repetition) => self.repetition(repetition),
        }
    }

    fn parts<'a>(&mut self, parts: impl IntoIterator<Item = &'a Hir>) -> Result<Vec<Part>, String> {
        parts.into_iter().map(|part| self.part(part)).collect()
    }

    /// Expands a repetition into the required copies of the repeated part, followed by the optional copies.
    fn repetition(&mut self, repetition: &hir::Repetition) -> Result<Part, String> {
        // `regex_syntax` doesn't repeat parts that match only the empty string, so each copy adds positions, and
        // `MAX_POSITIONS` limits the number of copies. If there is no maximum, the last copy may repeat.
        let min = repetition.min as usize;
        let max = repetition.max.map_or(min.max(1), |max| max as usize);
        let mut parts = self.parts(std::iter::repeat_n(&*repetition.sub, max))?;
        for part in parts.iter_mut().skip(min) {
            part.is_nullable = true;
        }
        if let (Some(last), None) = (parts.last(), repetition.max) {
            self.link(last.last, last.first);
        }
        Ok(self.sequence(&parts))
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
                "it contains more than {MAX_POSITIONS} characters and character classes after repetitions are expanded"
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

/// Returns the character class of an expression that always matches exactly one character, or `None` for any other
/// expression.
fn class(hir: &Hir) -> Option<Ranges> {
    match hir.kind() {
        HirKind::Class(class) => Some(ranges(class)),
        HirKind::Literal(literal) => {
            let mut chars = std::str::from_utf8(&literal.0).ok()?.chars();
            let c = chars.next().filter(|_| chars.next().is_none())?;
            Some(vec![(c, c)])
        }
        _ => None,
    }
}

fn ranges(class: &Class) -> Ranges {
    match class {
        Class::Unicode(class) => class.iter().map(|range| (range.start(), range.end())).collect(),
        // Patterns are parsed in Unicode mode.
        Class::Bytes(_) => Ranges::new(),
    }
}
