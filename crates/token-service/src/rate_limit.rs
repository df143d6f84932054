//! How often a user, or a stranger, may ask.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::problem::Problem;

/// From this number of keys on, those that have their whole quota again are forgotten.
const MANY_KEYS: usize = 1024;

/// A limit for each key.
#[derive(Debug)]
pub(crate) struct RateLimit<K: Clone + Eq + Hash> {
    by_key: DefaultKeyedRateLimiter<K>,
    clock: DefaultClock,
}

impl<K: Clone + Eq + Hash> RateLimit<K> {
    /// Allows `count` at once, and one more each time that the same part of a minute has passed.
    pub(crate) fn per_minute(count: NonZeroU32) -> Self {
        Self {
            by_key: RateLimiter::keyed(Quota::per_minute(count)),
            clock: DefaultClock::default(),
        }
    }

    pub(crate) fn check(&self, key: &K) -> Result<(), Problem> {
        if self.by_key.len() >= MANY_KEYS {
            self.by_key.retain_recent();
        }
        self.by_key
            .check_key(key)
            .map_err(|not_until| Problem::TooManyRequests {
                retry_after: not_until
                    .wait_time_from(self.clock.now())
                    .max(Duration::from_secs(1)),
            })
    }
}

/// Who a client is before it has signed in: its IPv4 address, or the /64 network of its IPv6 address, which is what one
/// customer of a provider has.
pub(crate) fn stranger(address: IpAddr) -> IpAddr {
    const NETWORK: u128 = !0 << 64;
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & NETWORK).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}
