//! How often each user may ask.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::problem::Problem;

/// A limit for each user. Only users whom the directory knows are counted, so that strangers cannot fill the memory.
#[derive(Debug)]
pub(crate) struct RateLimit {
    by_user: DefaultKeyedRateLimiter<String>,
    clock: DefaultClock,
}

impl RateLimit {
    /// So many at once, and one more each time that the same part of a minute has passed.
    pub(crate) fn per_minute(count: NonZeroU32) -> Self {
        Self {
            by_user: RateLimiter::keyed(Quota::per_minute(count)),
            clock: DefaultClock::default(),
        }
    }

    pub(crate) fn check(&self, user: &str) -> Result<(), Problem> {
        self.by_user
            .check_key(&user.to_owned())
            .map_err(|not_until| Problem::TooManyRequests {
                retry_after: not_until
                    .wait_time_from(self.clock.now())
                    .max(Duration::from_secs(1)),
            })
    }
}
