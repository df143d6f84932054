//! Many tokens: results as they come, in order; progress and failures on standard error.

use std::io::{self, Write as _};
use std::pin::pin;

use futures_util::StreamExt as _;
use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};
use serde_json::{Map, Value, json};
use signalwire_room_tokens::{Client, Error, ErrorKind, RoomToken, RoomTokenRequest};

use crate::args::CreateArgs;
use crate::exit::{Exit, Failure};
use crate::output;

pub(super) async fn send(
    client: &Client,
    requests: Vec<RoomTokenRequest>,
    args: &CreateArgs,
) -> Result<Exit, Failure> {
    let mut progress = Progress::new(requests.len());
    // Whose token it is; who asks for tokens alone is spared the cost.
    let names = if args.json {
        requests.iter().map(names).collect()
    } else {
        Vec::new()
    };
    let mut many = client.create_many(requests);
    if let Some(timeout) = args.connection.timeout {
        many = many.timeout(timeout);
    }
    if args.skip_validation {
        many = many.skip_validation();
    }
    if args.fail_on_mismatch {
        many = many.fail_on_mismatch();
    }
    let mut results = pin!(many.stream().enumerate());
    while let Some((index, result)) = results.next().await {
        progress.bar.suspend(|| -> Result<(), Failure> {
            let mut out = io::stdout().lock();
            if args.json {
                let names = names.get(index).cloned().unwrap_or_default();
                return output::json_line(&mut out, &line(index, names, &result));
            }
            // An empty line keeps every other token on the line of its request.
            writeln!(out, "{}", result.as_ref().map_or("", RoomToken::expose))?;
            Ok(out.flush()?)
        })?;
        progress.count(index, result.err());
    }
    Ok(progress.end())
}

/// The room and the participant that a request names.
fn names(request: &RoomTokenRequest) -> Map<String, Value> {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(request) else {
        return Map::new();
    };
    fields.retain(|name, _| matches!(&**name, "room_name" | "user_name"));
    fields
}

/// A result as JSON; part of the program's interface.
fn line(index: usize, names: Map<String, Value>, result: &Result<RoomToken, Error>) -> Value {
    let mut line = names;
    line.insert("index".to_owned(), index.into());
    let (key, value) = match result {
        Ok(token) => ("token", token.expose().into()),
        Err(error) => (
            "error",
            json!({
                "kind": error.kind().as_str(),
                "message": error.to_string(),
                "status": error.status(),
                "exit_code": Exit::from(error) as u8,
            }),
        ),
    };
    line.insert(key.to_owned(), value);
    Value::Object(line)
}

/// How far it has come, and the worst of what has happened.
struct Progress {
    /// On standard error, and only if that is a terminal.
    bar: ProgressBar,
    minted: usize,
    failed: usize,
    not_sent: usize,
    worst: Exit,
}

impl Progress {
    fn new(total: usize) -> Self {
        let style = ProgressStyle::with_template("{bar:40} {pos} of {len}, {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::new(total.try_into().unwrap_or(u64::MAX))
            .with_style(style)
            .with_finish(ProgressFinish::AndClear);
        Self {
            bar,
            minted: 0,
            failed: 0,
            not_sent: 0,
            worst: Exit::Done,
        }
    }

    fn count(&mut self, index: usize, error: Option<Error>) {
        match error {
            None => self.minted += 1,
            // The rest of a batch that was stopped: its cause has been reported, and the end tells how many there are.
            Some(error) if error.kind() == ErrorKind::NotSent => self.not_sent += 1,
            Some(error) => {
                self.failed += 1;
                let failure = Failure::from(error);
                self.worst = self.worst.max(failure.exit());
                self.bar
                    .suspend(|| output::error(format_args!("request {}: {failure}", index + 1)));
            }
        }
        self.bar.inc(1);
    }

    fn end(self) -> Exit {
        self.bar.finish_and_clear();
        let not_sent = match self.not_sent {
            0 => String::new(),
            count => format!(", {count} not sent because the credentials were rejected"),
        };
        output::note(format_args!(
            "{} minted, {} failed{not_sent}",
            self.minted, self.failed
        ));
        self.worst
    }
}
