//! The server's clock, which can be real or fixed.

use std::time::{SystemTime, UNIX_EPOCH};

/// A source of the current time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Clock {
    #[default]
    System,
    Fixed(SystemTime),
}

impl Clock {
    /// Returns the number of whole seconds since the Unix epoch, or 0 for earlier times.
    pub(crate) fn unix_seconds(self) -> i64 {
        let now = match self {
            Self::System => SystemTime::now(),
            Self::Fixed(time) => time,
        };
        let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    }
}
