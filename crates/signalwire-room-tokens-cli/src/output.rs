//! Messages on standard error, and escaping for terminal output.

use std::fmt;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::exit::{Exit, Failure};
use crate::secrets;

/// Maximum number of columns of text output.
const WIDTH: usize = 80;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const NOTE: Style = AnsiColor::Cyan.on_default().bold();

/// Prints a failure and its hint. A closed output pipe counts as success, so nothing is printed for it.
pub(crate) fn failure(failure: &Failure) {
    if failure.exit() == Exit::Success {
        return;
    }
    error(failure);
    if let Some(hint) = failure.hint() {
        note(hint);
    }
}

/// Prints a clap error.
pub(crate) fn wrong_usage(error: &clap::Error) {
    // A value parser's error may contain the value.
    let message = secrets::hide(&error.render().ansi().to_string());
    let _ = write!(anstream::stderr(), "{message}");
}

pub(crate) fn error(message: impl fmt::Display) {
    print("error", ERROR, message);
}

pub(crate) fn warning(message: impl fmt::Display) {
    print("warning", WARNING, message);
}

pub(crate) fn note(message: impl fmt::Display) {
    print("note", NOTE, message);
}

fn print(label: &str, style: Style, message: impl fmt::Display) {
    let message = secrets::hide(&Printable(&message.to_string()).to_string());
    // `anstream` strips colors where they aren't supported. If stderr isn't writable, the error can't be
    // reported.
    let _ = writeln!(anstream::stderr(), "{style}{label}:{style:#} {message}");
}

/// Writes a value as single-line JSON.
pub(crate) fn json_line(out: &mut impl Write, value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string(value).map_err(io::Error::from)?;
    write_json(out, &text)
}

/// Writes a value as indented JSON.
pub(crate) fn json(out: &mut impl Write, value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(io::Error::from)?;
    write_json(out, &text)
}

/// Writes JSON text. Unsafe characters are escaped, which doesn't change the value.
fn write_json(out: &mut impl Write, text: &str) -> Result<(), Failure> {
    let mut escaped = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        // Line feeds inside strings are already escaped; any others are whitespace between tokens.
        if c != '\n' && is_unsafe(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(c);
        }
    }
    escaped.push('\n');
    out.write_all(escaped.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Wraps text at 80 columns without breaking words. Indents every line but the first by `indent` spaces; the
/// caller has already written `indent` columns on the first line.
pub(crate) fn wrapped(text: &str, indent: usize) -> String {
    let mut wrapped = String::with_capacity(text.len());
    let mut column = indent;
    for word in text.split(' ') {
        let width = word.chars().count();
        if column > indent && column + 1 + width > WIDTH {
            wrapped.push('\n');
            wrapped.push_str(&" ".repeat(indent));
            column = indent;
        } else if column > indent {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += width;
    }
    wrapped
}

/// Displays untrusted text on one line with unsafe characters escaped.
pub(crate) struct Printable<'a>(pub(crate) &'a str);

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if is_unsafe(c) {
                write!(f, "{}", c.escape_default())?;
            } else {
                write!(f, "{c}")?;
            }
        }
        Ok(())
    }
}

/// Returns `true` for control characters and for invisible characters such as bidirectional controls,
/// zero-width characters, tags, and line and paragraph separators.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}
