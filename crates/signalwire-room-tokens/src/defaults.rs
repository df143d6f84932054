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

/// How long connecting may take, per attempt.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long one attempt may take, connecting and reading included.
pub const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a call may take in all, retries and waiting included.
pub const TIMEOUT: Duration = Duration::from_secs(30);
/// How often a call may be retried.
pub const MAX_RETRIES: u32 = 3;

/// How many requests [`create_many`](crate::Client::create_many) has under way at a time.
pub const CONCURRENCY: usize = 16;
/// How long [`create_many`](crate::Client::create_many) may take in all.
pub const BATCH_TIMEOUT: Duration = Duration::from_secs(120);
/// How many retries all requests of one [`create_many`](crate::Client::create_many) may take together.
pub const RETRY_BUDGET: usize = 50;
