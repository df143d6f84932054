//! Many tokens: results as they come, in order; progress and failures on standard error.

use std::io::{self, IsTerminal as _, Write};
use std::pin::pin;

use futures_util::StreamExt as _;
use serde_json::{Value, json};
use signalwire_room_tokens::{Client, Error, RoomToken, RoomTokenRequest};

use crate::args::CreateArgs;
use crate::exit::{Exit, Failure, with_causes};
use crate::output;

pub(super) async fn send(
    client: &Client,
    requests: Vec<RoomTokenRequest>,
    args: &CreateArgs,
) -> Result<Exit, Failure> {
    let total = requests.len();
    let mut many = client.create_many(requests);
    if let Some(timeout) = args.connection.timeout {
        many = many.timeout(timeout);
    }
    let mut results = pin!(many.stream().enumerate());
    let mut progress = Progress::new(total);
    let mut out = io::stdout().lock();
    while let Some((index, result)) = results.next().await {
        progress.clear();
        if args.json {
            output::json_line(&mut out, &line(index, &result))?;
        } else {
            // An empty line keeps every other token on the line of its request.
            writeln!(out, "{}", result.as_ref().map_or("", RoomToken::expose))?;
            out.flush()?;
        }
        progress.count(index, result.err().as_ref());
    }
    Ok(progress.end())
}

/// A result as JSON; part of the program's interface.
fn line(index: usize, result: &Result<RoomToken, Error>) -> Value {
    match result {
        Ok(token) => json!({ "index": index, "token": token.expose() }),
        Err(error) => json!({
            "index": index,
            "error": {
                "message": error.to_string(),
                "status": error.status(),
                "exit_code": Exit::from(error) as u8,
            },
        }),
    }
}

/// How far it has come, on one line of a terminal that is written over and over.
struct Progress {
    total: usize,
    done: usize,
    failed: usize,
    worst: Exit,
    is_shown: bool,
}

impl Progress {
    fn new(total: usize) -> Self {
        Self {
            total,
            done: 0,
            failed: 0,
            worst: Exit::Done,
            is_shown: io::stderr().is_terminal(),
        }
    }

    fn count(&mut self, index: usize, error: Option<&Error>) {
        self.done += 1;
        if let Some(error) = error {
            self.failed += 1;
            self.worst = self.worst.max(error.into());
            output::error(format_args!("request {}: {}", index + 1, with_causes(error)));
        }
        if self.is_shown {
            self.write(format_args!("\r{} of {}", self.done, self.total));
        }
    }

    /// Makes room for a line of output, which may go to the same terminal.
    fn clear(&self) {
        if self.is_shown {
            self.write(format_args!("\r\x1b[K"));
        }
    }

    fn write(&self, text: std::fmt::Arguments<'_>) {
        // Nothing depends on it.
        let _ = io::stderr().write_fmt(text);
    }

    fn end(self) -> Exit {
        self.clear();
        output::note(format_args!(
            "{} minted, {} failed",
            self.done - self.failed,
            self.failed
        ));
        self.worst
    }
}
