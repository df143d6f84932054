//! The request that all sides send: a typical request with a name and a few permissions.

/// The room's name.
pub const ROOM_NAME: &str = "standup";
/// The participant's name.
pub const USER_NAME: &str = "Alice";
/// The participant's permissions.
pub const PERMISSIONS: [&str; 2] = ["room.self.audio_mute", "room.self.audio_unmute"];
/// The path of the endpoint.
pub const PATH: &str = "/api/video/room_tokens";
