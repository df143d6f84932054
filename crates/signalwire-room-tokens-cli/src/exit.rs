//! How the program ends: the exit codes, and the failure that one comes from.

use std::fmt;
use std::io;
use std::process::ExitCode;

use signalwire_room_tokens::{Error, ErrorKind};

/// The exit codes, part of the program's interface. The worse of two is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Exit {
    Done = 0,
    /// This machine cannot do it: the output cannot be written, a port is taken.
    Local = 1,
    /// Wrong usage or invalid input; nothing was sent. Clap ends with the same code.
    Usage = 2,
    /// Credentials refused.
    Credentials = 3,
    /// Request rejected.
    Rejected = 4,
    /// Not reachable, or not able now.
    Unavailable = 5,
    /// An answer that makes no sense, or a token that grants something else than was asked for.
    Nonsense = 6,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<&Error> for Exit {
    fn from(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::InvalidRequest | ErrorKind::Configuration => Self::Usage,
            ErrorKind::Unauthorized | ErrorKind::Forbidden | ErrorKind::NotSent => Self::Credentials,
            ErrorKind::Rejected => Self::Rejected,
            ErrorKind::RateLimited | ErrorKind::Server | ErrorKind::Timeout | ErrorKind::Connect => {
                Self::Unavailable
            }
            _ => Self::Nonsense,
        }
    }
}

/// Why a command did not do what it was asked for.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    message: String,
    hint: Option<&'static str>,
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            hint: None,
        }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// Says beside the failure what to do instead.
    pub(crate) fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    /// What to do instead, where that is known.
    pub(crate) fn advice(&self) -> Option<&'static str> {
        self.hint
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::new(Exit::from(&error), with_causes(&error))
    }
}

/// Only output is written with `?`; whoever reads files says which.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        // Whoever has closed the pipe has read what they wanted, as in `room-token permissions | head -1`.
        let exit = match error.kind() {
            io::ErrorKind::BrokenPipe => Exit::Done,
            _ => Exit::Local,
        };
        Self::new(exit, error.to_string())
    }
}

/// An error and its innermost cause, which tells most, such as "connection refused".
pub(crate) fn with_causes(error: &Error) -> String {
    let first: &(dyn std::error::Error + 'static) = error;
    let innermost = std::iter::successors(first.source(), |cause| cause.source()).last();
    match innermost {
        Some(cause) => format!("{error} ({cause})"),
        None => error.to_string(),
    }
}
