//! Mints a token with SignalWire's own crate, using default features.

use serde_json::{Value, json};
use signalwire::rest::client::RestClient;

/// The room name. The driver changes it to measure a rebuild after a small change.
const ROOM_NAME: Option<&str> = option_env!("BENCH_ROOM_NAME");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = RestClient::from_env()?;
    let response = client.video().room_tokens().create(&json!({
        "room_name": ROOM_NAME.unwrap_or("standup"),
        "user_name": "Alice",
        "permissions": ["room.self.audio_mute", "room.self.audio_unmute"],
    }))?;
    println!(
        "{}",
        response
            .get("token")
            .and_then(Value::as_str)
            .ok_or("the response contains no token")?
    );
    Ok(())
}
