//! The `room-token doctor` report, as text and JSON.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::exit::Exit;
use crate::output::{Printable, wrapped};

/// Width of the state column.
const LABEL_WIDTH: usize = 7;

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Ok,
    Warning,
    Failed,
    /// The check did not run.
    Skipped,
}

/// The result of one check. Its JSON format is part of the public interface.
#[derive(Serialize)]
pub(super) struct Check {
    name: &'static str,
    state: State,
    detail: String,
    /// Suggested fix for the problem.
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<String>,
    #[serde(skip)]
    exit: Exit,
}

impl Check {
    pub(super) fn ok(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, State::Ok, Exit::Success, detail)
    }

    pub(super) fn warning(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, State::Warning, Exit::Success, detail)
    }

    pub(super) fn skipped(name: &'static str, detail: impl Into<String>) -> Self {
        Self::new(name, State::Skipped, Exit::Success, detail)
    }

    pub(super) fn failed(name: &'static str, exit: Exit, detail: impl Into<String>) -> Self {
        Self::new(name, State::Failed, exit, detail)
    }

    /// Sets the suggested fix.
    pub(super) fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }

    pub(super) fn is_ok(&self) -> bool {
        matches!(self.state, State::Ok)
    }

    fn new(name: &'static str, state: State, exit: Exit, detail: impl Into<String>) -> Self {
        Self {
            name,
            state,
            detail: detail.into(),
            fix: None,
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

    /// Returns the exit code of the first failed check, since that failure may have caused the later ones.
    pub(super) fn exit(&self) -> Exit {
        self.checks
            .iter()
            .map(|check| check.exit)
            .find(|exit| *exit != Exit::Success)
            .unwrap_or(Exit::Success)
    }

    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "room-token {}", self.version)?;
        let width = self
            .checks
            .iter()
            .map(|check| check.name.len())
            .max()
            .unwrap_or(0);
        for check in &self.checks {
            let (label, style) = label(check.state);
            let detail = Printable(&check.detail).to_string();
            // The label and the name are each followed by two spaces.
            let indent = LABEL_WIDTH + 2 + width + 2;
            writeln!(
                out,
                "{style}{label:LABEL_WIDTH$}{style:#}  {:width$}  {}",
                check.name,
                wrapped(&detail, indent)
            )?;
            if let Some(fix) = &check.fix {
                writeln!(
                    out,
                    "{:LABEL_WIDTH$}  {}",
                    "",
                    wrapped(&format!("fix: {fix}"), LABEL_WIDTH + 2)
                )?;
            }
        }
        writeln!(out, "\n{}", self.verdict())?;
        out.flush()
    }

    /// Returns the last line of the report, such as `2 problems`, `ready` or `1 warning; ready`.
    fn verdict(&self) -> String {
        let count = |wanted: State| self.checks.iter().filter(|check| check.state == wanted).count();
        let problems = match count(State::Failed) {
            0 => "ready".to_owned(),
            1 => "1 problem".to_owned(),
            problems => format!("{problems} problems"),
        };
        match count(State::Warning) {
            0 => problems,
            1 => format!("1 warning; {problems}"),
            warnings => format!("{warnings} warnings; {problems}"),
        }
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
