//! What people read: messages on standard error, and text that is safe to show on a terminal.

use std::fmt;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::exit::{Exit, Failure};
use crate::secrets;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const NOTE: Style = AnsiColor::Cyan.on_default().bold();

/// Says why the program ends, and what to do. Nothing is said of a reader that has left.
pub(crate) fn failure(failure: &Failure) {
    if failure.exit() == Exit::Done {
        return;
    }
    error(failure);
    if let Some(hint) = failure.advice() {
        note(hint);
    }
}

/// Says what is wrong with the command line, in clap's words.
pub(crate) fn wrong_usage(error: &clap::Error) {
    // A value's own parser may have repeated it.
    let message = secrets::hide(&error.render().ansi().to_string());
    let _ = write!(anstream::stderr(), "{message}");
}

pub(crate) fn error(message: impl fmt::Display) {
    say("error", ERROR, message);
}

pub(crate) fn warning(message: impl fmt::Display) {
    say("warning", WARNING, message);
}

pub(crate) fn note(message: impl fmt::Display) {
    say("note", NOTE, message);
}

fn say(label: &str, style: Style, message: impl fmt::Display) {
    let message = secrets::hide(&Printable(&message.to_string()).to_string());
    // Colours go only to terminals that want them. There is nobody to tell that the message cannot be written.
    let _ = writeln!(anstream::stderr(), "{style}{label}:{style:#} {message}");
}

/// Writes a value as JSON on one line.
pub(crate) fn json_line(out: &mut impl Write, value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string(value).map_err(io::Error::from)?;
    write_json(out, &text)
}

/// Writes a value as JSON to be read by people as well.
pub(crate) fn json(out: &mut impl Write, value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(io::Error::from)?;
    write_json(out, &text)
}

/// Writes JSON with unsafe characters as JSON escapes, so that the value stays the same.
fn write_json(out: &mut impl Write, text: &str) -> Result<(), Failure> {
    let mut escaped = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        // Line feeds in strings are escaped already; the remaining ones are layout.
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

/// Text that others wrote, on one line, with what a terminal would obey made visible.
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

/// Returns true for characters that a terminal obeys or shows nothing for: control characters, bidirectional controls, zero-width
/// characters, line and paragraph separators, and tags.
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
