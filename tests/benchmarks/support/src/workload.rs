//! The request sent by all sides: a typical request with a user name and a few permissions.

/// The room name.
pub const ROOM_NAME: &str = "standup";
/// The participant's name.
pub const USER_NAME: &str = "Alice";
/// The participant's permissions.
pub const PERMISSIONS: [&str; 2] = ["room.self.audio_mute", "room.self.audio_unmute"];
/// The endpoint path.
pub const PATH: &str = "/api/video/room_tokens";
