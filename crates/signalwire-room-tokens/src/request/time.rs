//! Timestamps in the API's format.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use serde::{Deserialize, Deserializer, Serialize};

/// A UTC time with one-second precision, used for `join_from`, `join_until` and `remove_at`.
///
/// It can be created from a [`DateTime`] in any time zone, a [`NaiveDate`], a [`SystemTime`] or a string. A string must
/// be an RFC 3339 timestamp or a date. A seconds value of 60 is accepted, because SignalWire's documentation uses it.
/// As in that documentation, a date means midnight UTC at the start of the day, so a date in `join_until` excludes that
/// day. Fractions of a second are dropped.
///
/// ```
/// use signalwire_room_tokens::Timestamp;
///
/// let time: Timestamp = "2026-03-01T09:30:00+02:00".parse()?;
/// assert_eq!(time.to_string(), "2026-03-01T07:30:00Z");
///
/// let date: Timestamp = "2026-03-01".parse()?;
/// assert_eq!(date.to_string(), "2026-03-01T00:00:00Z");
///
/// let documented: Timestamp = "2022-01-01T23:59:60Z".parse()?;
/// assert_eq!(documented.to_string(), "2022-01-02T00:00:00Z");
/// # Ok::<(), signalwire_room_tokens::ParseTimestampError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    /// Returns the current time.
    #[must_use]
    pub fn now() -> Self {
        Utc::now().into()
    }

    /// Converts the timestamp to a chrono [`DateTime`].
    #[must_use]
    pub const fn to_datetime(self) -> DateTime<Utc> {
        self.0
    }

    /// Adds a duration. Returns the latest representable time on overflow.
    pub(crate) fn saturating_add(self, duration: Duration) -> Self {
        TimeDelta::from_std(duration)
            .ok()
            .and_then(|duration| self.0.checked_add_signed(duration))
            .unwrap_or(DateTime::<Utc>::MAX_UTC)
            .into()
    }

    /// Returns `true` if the time can be represented in RFC 3339, which requires a year from 0000 to 9999.
    pub(crate) fn is_writable(self) -> bool {
        (0..=9999).contains(&self.0.year())
    }
}

impl<Tz: TimeZone> From<DateTime<Tz>> for Timestamp {
    fn from(time: DateTime<Tz>) -> Self {
        // chrono represents a leap second as second 59 with at least 1,000,000,000 nanoseconds.
        let leap = i64::from(time.timestamp_subsec_nanos() / 1_000_000_000);
        let seconds = time.timestamp().saturating_add(leap);
        Self(DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC))
    }
}

impl From<NaiveDate> for Timestamp {
    fn from(date: NaiveDate) -> Self {
        Self(date.and_time(NaiveTime::MIN).and_utc())
    }
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        // chrono's own conversion panics if the time is out of range.
        let epoch = DateTime::<Utc>::UNIX_EPOCH;
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self(epoch).saturating_add(after),
            Err(before) => TimeDelta::from_std(before.duration())
                .ok()
                .and_then(|before| epoch.checked_sub_signed(before))
                .unwrap_or(DateTime::<Utc>::MIN_UTC)
                .into(),
        }
    }
}

impl From<Timestamp> for DateTime<Utc> {
    fn from(time: Timestamp) -> Self {
        time.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
    }
}

/// The error returned when parsing a [`Timestamp`] from a string that is neither an RFC 3339 timestamp nor a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseTimestampError;

impl fmt::Display for ParseTimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not a valid time; expected an RFC 3339 timestamp, such as `2026-03-01T09:30:00Z`, or a date, such as `2026-03-01`",
        )
    }
}

impl std::error::Error for ParseTimestampError {}

impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // chrono also accepts spaces and a Unicode minus sign, so they are rejected first.
        let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_plain || !text.starts_with(|first: char| first.is_ascii_digit()) {
            return Err(ParseTimestampError);
        }
        let time = if text.len() == "2026-03-01".len() {
            NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Self::from)
        } else {
            DateTime::parse_from_rfc3339(text).map(Self::from)
        };
        time.map_err(|_| ParseTimestampError)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}
