//! What was found, for people and as JSON.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::exit::Exit;
use crate::output::Printable;

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Ok,
    Warning,
    Failed,
    /// Not checked.
    Skipped,
}

/// One thing that was looked at; part of the program's interface as JSON.
#[derive(Serialize)]
pub(super) struct Check {
    name: &'static str,
    state: State,
    detail: String,
    #[serde(skip)]
    exit: Exit,
}

impl Check {
    pub(super) fn ok(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, State::Ok, Exit::Done, detail)
    }

    pub(super) fn warning(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, State::Warning, Exit::Done, detail)
    }

    pub(super) fn skipped(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, State::Skipped, Exit::Done, detail)
    }

    pub(super) fn failed(name: &'static str, exit: Exit, detail: impl Into<String>) -> Self {
        Self::new(name, State::Failed, exit, detail)
    }

    pub(super) fn is_ok(&self) -> bool {
        matches!(self.state, State::Ok)
    }

    fn new(name: &'static str, state: State, exit: Exit, detail: impl Into<String>) -> Self {
        Self {
            name,
            state,
            detail: detail.into(),
            exit,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Report {
    version: &'static str,
    ok: bool,
    checks: Vec<Check>,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            ok: true,
            checks: Vec::new(),
        }
    }
}

impl Report {
    pub(super) fn add(&mut self, check: Check) {
        self.ok &= !matches!(check.state, State::Failed);
        self.checks.push(check);
    }

    /// The exit code of the first check that failed: what comes after it may only follow from it.
    pub(super) fn exit(&self) -> Exit {
        self.checks
            .iter()
            .map(|check| check.exit)
            .find(|exit| *exit != Exit::Done)
            .unwrap_or(Exit::Done)
    }

    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "room-token {}", self.version)?;
        let width = self
            .checks
            .iter()
            .map(|check| check.name.len())
            .max()
            .unwrap_or(0);
        for Check {
            name, state, detail, ..
        } in &self.checks
        {
            let (label, style) = label(*state);
            writeln!(
                out,
                "{style}{label:7}{style:#}  {name:width$}  {}",
                Printable(detail)
            )?;
        }
        out.flush()
    }
}

fn label(state: State) -> (&'static str, Style) {
    match state {
        State::Ok => ("ok", AnsiColor::Green.on_default()),
        State::Warning => ("warning", AnsiColor::Yellow.on_default()),
        State::Failed => ("failed", AnsiColor::Red.on_default().bold()),
        State::Skipped => ("-", Style::new()),
    }
}
