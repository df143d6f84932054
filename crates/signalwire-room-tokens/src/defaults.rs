//! What holds where nothing is set: on SignalWire's side, and on this crate's.

use std::time::Duration;

pub use crate::generated::defaults::*;

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
