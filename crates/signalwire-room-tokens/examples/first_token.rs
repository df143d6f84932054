//! Mints a token and prints it. Requires `SIGNALWIRE_SPACE`, `SIGNALWIRE_PROJECT_ID` and
//! `SIGNALWIRE_API_TOKEN`.
//!
//! ```sh
//! cargo run -p signalwire-room-tokens --example first_token
//! ```

#![allow(clippy::print_stdout, reason = "a command-line program")]

use std::time::Duration;

use signalwire_room_tokens::{Client, PermissionSet};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let token = client
        .room_token("standup")
        .user_name("Alice")
        .permissions(PermissionSet::PARTICIPANT)
        .valid_for(Duration::from_secs(60 * 60))
        .create()
        .await?;
    println!("{}", token.expose());
    Ok(())
}
