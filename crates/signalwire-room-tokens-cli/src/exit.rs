//! Exit codes and failures.

use std::fmt;
use std::io;
use std::process::ExitCode;

use signalwire_room_tokens::{Error, ErrorKind};

/// Exit codes, ordered by severity. They are part of the public interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Exit {
    Success = 0,
    /// A local failure, such as an output error or a port that is already in use.
    Local = 1,
    /// A usage error or invalid input. Nothing was sent. Clap uses the same code.
    Usage = 2,
    /// The service rejected the credentials.
    Credentials = 3,
    /// The service rejected the request.
    Rejected = 4,
    /// The service is unreachable or unavailable.
    Unavailable = 5,
    /// The response is invalid, or the token doesn't match the request.
    InvalidResponse = 6,
    /// Interrupted by Ctrl-C. Shells report the same code for a program terminated by SIGINT.
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

/// A failure that terminates the program, with its exit code, message and optional hint.
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

/// Converts output errors. Errors from reading files are converted by the callers, which know the file name.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        // The reader may close the pipe early, as in `room-token permissions | head -1`.
        let exit = match error.kind() {
            io::ErrorKind::BrokenPipe => Exit::Success,
            _ => Exit::Local,
        };
        Self::new(exit, error.to_string())
    }
}

/// Returns an error's message and its root cause, such as "connection refused".
pub(crate) fn with_cause(error: &Error) -> String {
    let first: &(dyn std::error::Error + 'static) = error;
    let innermost = std::iter::successors(first.source(), |cause| cause.source()).last();
    match innermost {
        Some(cause) => format!("{error} ({cause})"),
        None => error.to_string(),
    }
}
