//! Mints a token for one participant and prints it, without async code.
//!
//! ```sh
//! cargo run -p signalwire-room-tokens --features blocking --example script -- standup Alice
//! ```
//!
//! Uses a mock server if no SignalWire credentials are set or if `--mock` is passed.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program")]

mod account;

use std::error::Error;
use std::time::Duration;

use signalwire_room_tokens::PermissionSet;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"));
    let (Some(room), Some(user)) = (arguments.next(), arguments.next()) else {
        return Err("usage: script ROOM USER [--mock]".into());
    };
    let (settings, _mock) = account::from_env_or_mock()?;
    let client = settings.build_blocking()?;

    let call = client
        .room_token(room)
        .user_name(user)
        .permissions(PermissionSet::PARTICIPANT)
        .valid_for(Duration::from_secs(15 * 60));
    for lint in call.lint() {
        eprintln!("note: {lint}");
    }
    let token = call.create()?;

    if let Some(until) = token.claims()?.join_until {
        eprintln!("valid until {until}");
    }
    println!("{}", token.expose());
    Ok(())
}
