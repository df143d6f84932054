//! Rate limits per user and per client.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::problem::Problem;

/// Number of keys at which those with a fully replenished quota are removed.
const CLEANUP_THRESHOLD: usize = 1024;

/// A rate limit per key.
#[derive(Debug)]
pub(crate) struct RateLimit<K: Clone + Eq + Hash> {
    by_key: DefaultKeyedRateLimiter<K>,
    clock: DefaultClock,
}

impl<K: Clone + Eq + Hash> RateLimit<K> {
    /// Allows a burst of `count` requests, then `count` requests per minute.
    pub(crate) fn per_minute(count: NonZeroU32) -> Self {
        Self {
            by_key: RateLimiter::keyed(Quota::per_minute(count)),
            clock: DefaultClock::default(),
        }
    }

    /// Counts a request against the key's quota.
    ///
    /// # Errors
    ///
    /// Returns [`Problem::TooManyRequests`] if the key's quota is used up.
    pub(crate) fn check(&self, key: &K) -> Result<(), Problem> {
        if self.by_key.len() >= CLEANUP_THRESHOLD {
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

/// Returns the key for a client that is not signed in. This is the IPv4 address or, since providers assign
/// whole networks to customers, the /64 network of the IPv6 address.
pub(crate) fn client_key(address: IpAddr) -> IpAddr {
    const NETWORK: u128 = !0 << 64;
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & NETWORK).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}
