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
    writeln!(out, "{}", serde_json::to_string(value).map_err(io::Error::from)?)?;
    out.flush()?;
    Ok(())
}

/// Writes a value as JSON to be read by people as well.
pub(crate) fn json(out: &mut impl Write, value: &impl Serialize) -> Result<(), Failure> {
    writeln!(
        out,
        "{}",
        serde_json::to_string_pretty(value).map_err(io::Error::from)?
    )?;
    out.flush()?;
    Ok(())
}

/// Text that others wrote, on one line, with what a terminal would obey made visible.
pub(crate) struct Printable<'a>(pub(crate) &'a str);

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            if c.is_control() || turns_text_around(c) {
                write!(f, "{}", c.escape_default())?;
            } else {
                write!(f, "{c}")?;
            }
        }
        Ok(())
    }
}

/// Unicode's marks, embeddings, overrides and isolates of direction.
fn turns_text_around(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
