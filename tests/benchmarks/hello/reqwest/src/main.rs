//! Mints a token with reqwest, using default features.

use std::env::var;

use serde_json::{Value, json};

/// The room name. The driver changes it to measure a rebuild after a small change.
const ROOM_NAME: Option<&str> = option_env!("BENCH_ROOM_NAME");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let space = var("SIGNALWIRE_SPACE")?;
    let response: Value = reqwest::Client::new()
        .post(format!("https://{space}/api/video/room_tokens"))
        .basic_auth(var("SIGNALWIRE_PROJECT_ID")?, Some(var("SIGNALWIRE_API_TOKEN")?))
        .json(&json!({
            "room_name": ROOM_NAME.unwrap_or("standup"),
            "user_name": "Alice",
            "permissions": ["room.self.audio_mute", "room.self.audio_unmute"],
        }))
        .send()
        .await?
        .error_for_status()?
        .json()
        .await?;
    println!(
        "{}",
        response
            .get("token")
            .and_then(Value::as_str)
            .ok_or("the response contains no token")?
    );
    Ok(())
}
