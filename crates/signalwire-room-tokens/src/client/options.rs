//! The options for calls, and their deadlines.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::batch::Batch;
use crate::defaults;

/// The options for a call. A client's options are the defaults for its calls.
#[derive(Clone, Debug)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) max_retries: u32,
    pub(crate) skip_validation: bool,
    pub(crate) fail_on_mismatch: bool,
    /// The batch that the call belongs to.
    pub(crate) batch: Option<Arc<Batch>>,
}

impl Default for CallOptions {
    fn default() -> Self {
        Self {
            timeout: defaults::TIMEOUT,
            attempt_timeout: defaults::ATTEMPT_TIMEOUT,
            max_retries: defaults::MAX_RETRIES,
            skip_validation: false,
            fail_on_mismatch: false,
            batch: None,
        }
    }
}

/// Returns the time `timeout` after `started`, with `timeout` capped at about 34 years.
pub(super) fn deadline(started: Instant, timeout: Duration) -> Instant {
    const MAX_TIMEOUT: Duration = Duration::from_secs(1 << 30);
    started.checked_add(timeout.min(MAX_TIMEOUT)).unwrap_or(started)
}

/// Defines the option setters shared by single calls and batches. The type must have a field `options`.
macro_rules! option_setters {
    () => {
        /// Sets the timeout of each attempt. Defaults to the client's setting, which defaults to 10 seconds.
        pub fn attempt_timeout(mut self, timeout: std::time::Duration) -> Self {
            self.options.attempt_timeout = timeout;
            self
        }

        /// Sets the maximum number of retries of a request; 0 disables retries. Defaults to the client's setting, which
        /// defaults to 3.
        pub fn max_retries(mut self, retries: u32) -> Self {
            self.options.max_retries = retries;
            self
        }

        /// Sends the request without validating it first.
        ///
        /// Values that a setter could not store still cause an error: metadata that is not a JSON object, and fields
        /// that `extra` rejects.
        pub fn skip_validation(mut self) -> Self {
            self.options.skip_validation = true;
            self
        }

        /// Returns an error if [`RoomToken::compare`](crate::RoomToken::compare) finds that the token differs from the
        /// request.
        ///
        /// Disabled by default, because SignalWire does not document the claims of its tokens.
        pub fn fail_on_mismatch(mut self) -> Self {
            self.options.fail_on_mismatch = true;
            self
        }
    };
}

pub(super) use option_setters;
