//! Default values for the API's fields and for this crate's settings.

use std::time::Duration;

pub use crate::generated::defaults::*;

/// The connect timeout of one attempt: 5 seconds.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// The timeout of one attempt, including connecting and reading the response: 10 seconds.
pub const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);
/// The timeout of a call, including retries and the waits between them: 30 seconds.
pub const TIMEOUT: Duration = Duration::from_secs(30);
/// The maximum number of retries of a call: 3.
pub const MAX_RETRIES: u32 = 3;

/// The maximum number of requests in flight in [`create_many`](crate::Client::create_many): 16.
pub const CONCURRENCY: usize = 16;
/// The timeout of a [`create_many`](crate::Client::create_many) batch: 2 minutes.
pub const BATCH_TIMEOUT: Duration = Duration::from_secs(120);
/// The number of retries shared by all requests in a [`create_many`](crate::Client::create_many) batch: 50.
pub const RETRY_BUDGET: usize = 50;
