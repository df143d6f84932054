//! Parses ECMA-262 regular expressions. Any syntax that `regex_syntax` interprets differently is rejected or replaced.

use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{
    self, Ast, ClassPerl, ClassPerlKind, ClassSetBinaryOp, ClassSetItem, GroupKind, Literal, LiteralKind,
    Span, SpecialLiteralKind, Visitor,
};
use regex_syntax::hir::Hir;

/// The characters that `.` doesn't match.
const LINE_TERMINATORS: &str = "\n\r\u{2028}\u{2029}";

/// The whitespace and line terminators that `\s` matches, as the items of a class.
const SPACE: &str = "\t-\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}";

/// Parses a pattern.
///
/// # Errors
///
/// Returns the reason if the pattern is invalid.
pub(super) fn parse(pattern: &str) -> Result<Ast, String> {
    let ast = Parser::new().parse(pattern);
    ast.map_err(|error| error.kind().to_string())
}

/// Translates adjacent parts of a parsed pattern, which must not contain assertions.
///
/// # Errors
///
/// Returns the reason if a part is not supported or has a different meaning in ECMA-262.
pub(super) fn translate(pattern: &str, asts: &[Ast]) -> Result<Hir, String> {
    let (Some(first), Some(last)) = (asts.first(), asts.last()) else {
        return Ok(Hir::empty());
    };
    let mut translation = Translation {
        pattern,
        written: first.span().start.offset,
        text: String::new(),
    };
    for ast in asts {
        translation = ast::visit(ast, translation)?;
    }
    translation.copy_until(last.span().end.offset);
    regex_syntax::parse(&translation.text).map_err(|_| "it is too complex".to_owned())
}

/// A pattern in which `.`, `\d`, `\w` and `\s` are replaced by classes as defined by ECMA-262.
struct Translation<'a> {
    pattern: &'a str,
    /// The length of the part of the pattern that was already written to `text`.
    written: usize,
    text: String,
}

impl Translation<'_> {
    fn copy_until(&mut self, end: usize) {
        self.text
            .push_str(self.pattern.get(self.written..end).unwrap_or_default());
        self.written = end;
    }

    fn replace(&mut self, span: &Span, class: &str) {
        self.copy_until(span.start.offset);
        self.text.push_str(class);
        self.written = span.end.offset;
    }

    fn replace_perl(&mut self, class: &ClassPerl) {
        let not = if class.negated { "^" } else { "" };
        let items = match class.kind {
            ClassPerlKind::Digit => "0-9",
            ClassPerlKind::Word => "0-9A-Z_a-z",
            ClassPerlKind::Space => SPACE,
        };
        self.replace(&class.span, &format!("[{not}{items}]"));
    }
}

impl Visitor for Translation<'_> {
    type Output = Self;
    type Err = String;

    fn finish(self) -> Result<Self, String> {
        Ok(self)
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), String> {
        match ast {
            Ast::Literal(literal) => return check(literal),
            Ast::Dot(span) => self.replace(span, &format!("[^{LINE_TERMINATORS}]")),
            Ast::ClassPerl(class) => self.replace_perl(class),
            Ast::ClassUnicode(_) => return Err("it uses a Unicode property escape".to_owned()),
            Ast::Assertion(_) => {
                return Err(
                    "it contains an assertion other than `^` at the start or `$` at the end".to_owned(),
                );
            }
            Ast::Group(group) if is_plain(&group.kind) => {}
            Ast::Group(_) | Ast::Flags(_) => return Err("it sets flags".to_owned()),
            _ => {}
        }
        Ok(())
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), String> {
        match item {
            ClassSetItem::Literal(literal) => return check(literal),
            ClassSetItem::Range(range) => return check(&range.start).and(check(&range.end)),
            ClassSetItem::Perl(class) => self.replace_perl(class),
            ClassSetItem::Union(_) => {}
            ClassSetItem::Unicode(_) => return Err("it uses a Unicode property escape".to_owned()),
            ClassSetItem::Empty(_) | ClassSetItem::Ascii(_) | ClassSetItem::Bracketed(_) => {
                return Err(
                    "it contains `[` in a character class, which has a different meaning in ECMA-262"
                        .to_owned(),
                );
            }
        }
        Ok(())
    }

    fn visit_class_set_binary_op_pre(&mut self, _: &ClassSetBinaryOp) -> Result<(), String> {
        Err(
            "it contains a set operation in a character class, which has a different meaning in ECMA-262"
                .to_owned(),
        )
    }
}

fn is_plain(group: &GroupKind) -> bool {
    match group {
        GroupKind::CaptureIndex(_) => true,
        GroupKind::CaptureName { starts_with_p, .. } => !starts_with_p,
        GroupKind::NonCapturing(flags) => flags.items.is_empty(),
    }
}

/// Rejects an escaped character if its escape has a different meaning in ECMA-262.
fn check(literal: &Literal) -> Result<(), String> {
    match &literal.kind {
        LiteralKind::Superfluous if literal.c.is_ascii_alphanumeric() => {
            Err(format!("it contains `\\{}`", literal.c))
        }
        LiteralKind::Special(SpecialLiteralKind::Bell) => Err("it contains `\\a`".to_owned()),
        LiteralKind::Octal | LiteralKind::HexBrace(_) => {
            Err("it contains an escape that ECMA-262 does not support".to_owned())
        }
        _ => Ok(()),
    }
}
