//! Exit codes, and failures that end the program.

use std::fmt;
use std::io;
use std::process::ExitCode;

use signalwire_room_tokens::{Error, ErrorKind};

/// Exit codes, in order of severity. They are part of the public interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Exit {
    Success = 0,
    /// Local failure, such as output that can't be written or a port in use.
    Local = 1,
    /// Usage error or invalid input; nothing was sent. Clap uses the same code.
    Usage = 2,
    /// Rejected credentials.
    Credentials = 3,
    /// Rejected request.
    Rejected = 4,
    /// Unreachable or unavailable service.
    Unavailable = 5,
    /// Invalid response, or a token that differs from the request.
    InvalidResponse = 6,
    /// Interruption by Ctrl-C; shells report the same code for a program that SIGINT ended.
    Interrupted = 130,
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
            _ => Self::InvalidResponse,
        }
    }
}

/// A failure that ends the program: exit code, message and an optional hint.
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

    /// Adds a hint, which is printed after the message.
    pub(crate) fn with_hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    pub(crate) fn exit(&self) -> Exit {
        self.exit
    }

    pub(crate) fn hint(&self) -> Option<&'static str> {
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
        Self::new(Exit::from(&error), with_cause(&error))
    }
}

/// Converts errors of writing output. Errors of reading files are converted where the file name is known.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        // A reader may close the pipe early, as in `room-token permissions | head -1`.
        let exit = match error.kind() {
            io::ErrorKind::BrokenPipe => Exit::Success,
            _ => Exit::Local,
        };
        Self::new(exit, error.to_string())
    }
}

/// Returns the message of an error with its innermost cause, such as "connection refused".
pub(crate) fn with_cause(error: &Error) -> String {
    let first: &(dyn std::error::Error + 'static) = error;
    let innermost = std::iter::successors(first.source(), |cause| cause.source()).last();
    match innermost {
        Some(cause) => format!("{error} ({cause})"),
        None => error.to_string(),
    }
}
