//! Mints a token with signalwire-room-tokens, using default features.

use signalwire_room_tokens::{Client, Permission};

/// The room name. The driver changes it to measure a rebuild after a small change.
const ROOM_NAME: Option<&str> = option_env!("BENCH_ROOM_NAME");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let token = client
        .room_token(ROOM_NAME.unwrap_or("standup"))
        .user_name("Alice")
        .permissions([Permission::SelfAudioMute, Permission::SelfAudioUnmute])
        .create()
        .await?;
    println!("{}", token.expose());
    Ok(())
}
