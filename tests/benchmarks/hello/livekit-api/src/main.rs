//! Mints a room token for LiveKit, a similar service, using default features.

use livekit_api::access_token::{AccessToken, VideoGrants};

/// The room name. The driver changes it to measure a rebuild after a small change.
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
