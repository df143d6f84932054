//! Mints a token with reqwest, default features.

use std::env::var;

use serde_json::{Value, json};

/// The driver changes it to see how long a small change takes to build.
const ROOM_NAME: Option<&str> = option_env!("BENCH_ROOM_NAME");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let space = var("SIGNALWIRE_SPACE")?;
    let answer: Value = reqwest::Client::new()
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
        answer
            .get("token")
            .and_then(Value::as_str)
            .ok_or("there is no token")?
    );
    Ok(())
}
