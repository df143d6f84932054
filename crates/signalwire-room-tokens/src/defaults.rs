//! What holds where nothing is set: on SignalWire's side, and on this crate's.

use std::time::Duration;

pub use crate::generated::defaults::*;

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
