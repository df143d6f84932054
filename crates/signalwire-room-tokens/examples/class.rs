//! A class from a CSV file: a token for everybody, with a progress bar, as a CSV file again.
//!
//! ```sh
//! cargo run -p signalwire-room-tokens --example class -- class.csv > tokens.csv
//! ```
//!
//! Without a file it takes the class of 30 beside this file. Without SignalWire's credentials in the environment, or
//! with `--mock`, it uses a mock.

#![allow(clippy::print_stderr, reason = "a program for the terminal")]

mod account;

use std::error::Error;
use std::io;
use std::time::Duration;

use futures_util::StreamExt as _;
use indicatif::ProgressBar;
use serde::Deserialize;
use signalwire_room_tokens::{PermissionSet, RoomTokenRequest};

/// A row of the file.
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
    let (settings, _mock) = account::choose()?;
    let client = settings.build()?;

    // What all of them have in common.
    let lesson = RoomTokenRequest::new("math-101")
        .valid_for(Duration::from_secs(90 * 60))
        .remove_after(Duration::from_secs(2 * 60 * 60));
    let requests = class.iter().map(|person| request(&lesson, person));

    // The bar is drawn on standard error, and only if that is a terminal.
    let bar = ProgressBar::new(class.len() as u64);
    let mut results = std::pin::pin!(client.create_many(requests).stream());
    let mut output = csv::Writer::from_writer(io::stdout());
    output.write_record(["name", "token"])?;
    let mut failures = 0;
    // Results come in the order of the requests. One that fails does not keep the others from theirs.
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
        _ => Err(format!("{failures} of {} have no token", class.len()).into()),
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
