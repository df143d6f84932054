//! Batch minting. Results go to standard output in request order; progress and failures go to standard error.

use std::io::{self, Write as _};
use std::pin::pin;
use std::time::Duration;

use futures_util::StreamExt as _;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};
use serde_json::{Map, Value, json};
use signalwire_room_tokens::{Client, Error, ErrorKind, RoomToken, RoomTokenRequest};

use crate::args::CreateArgs;
use crate::exit::{Exit, Failure};
use crate::output;

/// Delay before the progress bar appears.
const BAR_DELAY: Duration = Duration::from_secs(1);

pub(super) async fn send(
    client: &Client,
    requests: Vec<RoomTokenRequest>,
    args: &CreateArgs,
) -> Result<Exit, Failure> {
    let mut progress = Progress::new(requests.len());
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
    let mut interrupt = pin!(tokio::signal::ctrl_c());
    let mut bar_delay = pin!(tokio::time::sleep(BAR_DELAY));
    loop {
        let next = tokio::select! {
            // Poll the signal first so that its handler is installed before the first token is printed.
            biased;
            interrupted = &mut interrupt => {
                interrupted?;
                return Ok(progress.interrupted());
            }
            () = &mut bar_delay, if !progress.is_shown => {
                progress.show();
                continue;
            }
            next = results.next() => next,
        };
        let Some((index, result)) = next else {
            return Ok(progress.finished());
        };
        progress.bar.suspend(|| -> Result<(), Failure> {
            let mut out = io::stdout().lock();
            if args.json {
                let names = names.get(index).cloned().unwrap_or_default();
                return output::json_line(&mut out, &line(index, names, &result));
            }
            // Print an empty line for a failed request so that line numbers match request numbers.
            writeln!(out, "{}", result.as_ref().map_or("", RoomToken::expose))?;
            Ok(out.flush()?)
        })?;
        progress.count(index, result.err());
    }
}

/// Returns a request's room name and user name.
fn names(request: &RoomTokenRequest) -> Map<String, Value> {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(request) else {
        return Map::new();
    };
    fields.retain(|name, _| matches!(&**name, "room_name" | "user_name"));
    fields
}

/// Converts a result to JSON. This format is part of the public interface.
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

/// Progress bar, result counts and the most severe exit code so far.
struct Progress {
    /// Hidden for the first second, and always hidden if standard error is not a terminal.
    bar: ProgressBar,
    is_shown: bool,
    total: usize,
    minted: usize,
    failed: usize,
    not_sent: usize,
    worst: Exit,
}

impl Progress {
    fn new(total: usize) -> Self {
        let style = ProgressStyle::with_template("{bar:40} {pos} of {len}, {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        let length = total.try_into().unwrap_or(u64::MAX);
        let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::hidden())
            .with_style(style)
            .with_finish(ProgressFinish::AndClear);
        Self {
            bar,
            is_shown: false,
            total,
            minted: 0,
            failed: 0,
            not_sent: 0,
            worst: Exit::Success,
        }
    }

    /// Shows the bar if standard error is a terminal.
    fn show(&mut self) {
        self.is_shown = true;
        self.bar.set_draw_target(ProgressDrawTarget::stderr());
        self.bar.tick();
    }

    fn count(&mut self, index: usize, error: Option<Error>) {
        match error {
            None => self.minted += 1,
            // The error that stopped the batch has already been printed, so only count the unsent requests
            // for the summary.
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

    fn finished(self) -> Exit {
        let not_sent = match self.not_sent {
            0 => String::new(),
            count => format!(", {count} not sent because the credentials were rejected"),
        };
        self.summarize(&not_sent);
        self.worst
    }

    fn interrupted(self) -> Exit {
        let canceled = self.total - self.minted - self.failed;
        self.summarize(&format!(", {canceled} canceled by Ctrl-C"));
        Exit::Interrupted
    }

    fn summarize(&self, rest: &str) {
        self.bar.finish_and_clear();
        output::note(format_args!(
            "{} minted, {} failed{rest}",
            self.minted, self.failed
        ));
    }
}
