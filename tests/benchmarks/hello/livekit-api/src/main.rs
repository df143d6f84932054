//! Mints a token for LiveKit's rooms, default features: the same field, another service.

use livekit_api::access_token::{AccessToken, VideoGrants};

/// The driver changes it to see how long a small change takes to build.
const ROOM_NAME: Option<&str> = option_env!("BENCH_ROOM_NAME");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = AccessToken::new()?
        .with_identity("alice")
        .with_name("Alice")
        .with_grants(VideoGrants {
            room_join: true,
            room: ROOM_NAME.unwrap_or("standup").to_owned(),
            ..VideoGrants::default()
        })
        .to_jwt()?;
    println!("{token}");
    Ok(())
}
