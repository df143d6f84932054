//! Reads a class from a CSV file, mints a token for each person and writes the tokens to another CSV file.
//! Shows a progress bar.
//!
//! ```sh
//! cargo run -p signalwire-room-tokens --example class -- class.csv > tokens.csv
//! ```
//!
//! Without an argument, reads the class of 30 listed in `class.csv`, next to this file. Uses a mock server if no
//! SignalWire credentials are set or if `--mock` is passed.

#![allow(clippy::print_stderr, reason = "a command-line program")]

mod account;

use std::error::Error;
use std::io;
use std::time::Duration;

use futures_util::StreamExt as _;
use indicatif::ProgressBar;
use serde::Deserialize;
use signalwire_room_tokens::{PermissionSet, RoomTokenRequest};

/// A row of the CSV file.
#[derive(Deserialize)]
struct Person {
    name: String,
    role: Role,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Role {
    Teacher,
    Pupil,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let class = read_class()?;
    let (settings, _mock) = account::from_env_or_mock()?;
    let client = settings.build()?;

    // Fields shared by all requests.
    let lesson = RoomTokenRequest::new("math-101")
        .valid_for(Duration::from_secs(90 * 60))
        .remove_after(Duration::from_secs(2 * 60 * 60));
    let requests = class.iter().map(|person| request(&lesson, person));

    // The progress bar is drawn on standard error, but only if it is a terminal.
    let bar = ProgressBar::new(class.len() as u64);
    let mut results = std::pin::pin!(client.create_many(requests).stream());
    let mut output = csv::Writer::from_writer(io::stdout());
    output.write_record(["name", "token"])?;
    let mut failures = 0;
    // Results arrive in request order. A failed request doesn't affect the others.
    for person in &class {
        match results.next().await {
            Some(Ok(token)) => output.write_record([person.name.as_str(), token.expose()])?,
            Some(Err(error)) => {
                failures += 1;
                bar.suspend(|| eprintln!("{}: {error}", person.name));
            }
            None => break,
        }
        bar.inc(1);
    }
    bar.finish();
    output.flush()?;
    match failures {
        0 => Ok(()),
        _ => Err(format!("{failures} of {} requests failed", class.len()).into()),
    }
}

fn read_class() -> Result<Vec<Person>, csv::Error> {
    let file = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"));
    match file {
        Some(path) => csv::Reader::from_path(path)?.into_deserialize().collect(),
        None => csv::Reader::from_reader(include_bytes!("class.csv").as_slice())
            .into_deserialize()
            .collect(),
    }
}

fn request(lesson: &RoomTokenRequest, person: &Person) -> RoomTokenRequest {
    let request = lesson.clone().user_name(&person.name);
    match person.role {
        Role::Teacher => request
            .permissions(PermissionSet::MODERATOR)
            .end_room_session_on_leave(true),
        Role::Pupil => request
            .permissions(PermissionSet::PARTICIPANT)
            .join_audio_muted(true),
    }
}
