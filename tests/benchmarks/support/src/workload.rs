//! The request that all sides send: what applications commonly send, a name and a few permissions.

/// The room.
pub const ROOM_NAME: &str = "standup";
/// The participant.
pub const USER_NAME: &str = "Alice";
/// What the participant may do.
pub const PERMISSIONS: [&str; 2] = ["room.self.audio_mute", "room.self.audio_unmute"];
/// The path of the endpoint.
pub const PATH: &str = "/api/video/room_tokens";
