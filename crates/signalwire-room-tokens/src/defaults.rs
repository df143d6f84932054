//! What holds where nothing is set: on SignalWire's side, and on this crate's.

use std::time::Duration;

use signalwire_room_tokens_api::facts::create_room_token as facts;

use crate::request::{JoinAs, MediaAllowed};

/// SignalWire's default for `join_audio_muted`.
pub const JOIN_AUDIO_MUTED: bool = facts::join_audio_muted::DEFAULT;
/// SignalWire's default for `join_video_muted`.
pub const JOIN_VIDEO_MUTED: bool = facts::join_video_muted::DEFAULT;
/// SignalWire's default for `auto_create_room`.
pub const AUTO_CREATE_ROOM: bool = facts::auto_create_room::DEFAULT;
/// SignalWire's default for `enable_room_previews`.
pub const ENABLE_ROOM_PREVIEWS: bool = facts::enable_room_previews::DEFAULT;
/// SignalWire's default for `end_room_session_on_leave`.
pub const END_ROOM_SESSION_ON_LEAVE: bool = facts::end_room_session_on_leave::DEFAULT;
/// SignalWire's default for `sync_audio_video`.
pub const SYNC_AUDIO_VIDEO: bool = facts::sync_audio_video::DEFAULT;
/// SignalWire's default for `join_as`.
pub const JOIN_AS: JoinAs = JoinAs::Member;
/// SignalWire's default for `media_allowed`.
pub const MEDIA_ALLOWED: MediaAllowed = MediaAllowed::All;

/// Timeout for connecting, per attempt: 5 seconds.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Timeout of one attempt, connecting and reading included: 10 seconds.
pub const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);
/// Timeout of a call, retries and waiting included: 30 seconds.
pub const TIMEOUT: Duration = Duration::from_secs(30);
/// Maximum number of retries of a call: 3.
pub const MAX_RETRIES: u32 = 3;

/// Number of requests that [`create_many`](crate::Client::create_many) has in flight: 16.
pub const CONCURRENCY: usize = 16;
/// Timeout of a [`create_many`](crate::Client::create_many) batch: 2 minutes.
pub const BATCH_TIMEOUT: Duration = Duration::from_secs(120);
/// Number of retries that all requests of one [`create_many`](crate::Client::create_many) share: 50.
pub const RETRY_BUDGET: usize = 50;
