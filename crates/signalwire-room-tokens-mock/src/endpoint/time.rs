//! Parser for the documented time formats: RFC 3339 timestamps, including leap seconds, and dates.

use chrono::DateTime;

const NANOS_PER_SECOND: u32 = 1_000_000_000;

/// A point in time, as seconds and nanoseconds since the Unix epoch.
///
/// A leap second (second 60) equals the following second, as in POSIX.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Instant {
    pub(super) seconds: i64,
    nanos: u32,
}

/// Parses a time or a date. A date means midnight UTC at the start of that day. Returns `None` for any other format.
pub(super) fn parse(text: &str) -> Option<Instant> {
    const DATE: usize = "2022-01-01".len();
    let full = if text.len() == DATE {
        format!("{text}T00:00:00Z")
    } else {
        text.to_owned()
    };
    // The `chrono` parser also accepts a space instead of `T` and a Unicode minus sign. RFC 3339 allows
    // neither.
    if !full.is_ascii() || !matches!(full.as_bytes().get(DATE), Some(b'T' | b't')) {
        return None;
    }
    let time = DateTime::parse_from_rfc3339(&full).ok()?;
    let nanos = time.timestamp_subsec_nanos();
    Some(Instant {
        seconds: time.timestamp() + i64::from(nanos / NANOS_PER_SECOND),
        nanos: nanos % NANOS_PER_SECOND,
    })
}

#[cfg(test)]
mod tests {
    use super::{Instant, parse};

    fn seconds(text: &str) -> Option<i64> {
        parse(text).map(|instant| instant.seconds)
    }

    #[test]
    fn documented_formats_are_parsed() {
        assert_eq!(seconds("2022-01-01"), Some(1_640_995_200));
        assert_eq!(seconds("2022-01-01T00:00:00Z"), Some(1_640_995_200));
        assert_eq!(seconds("2022-01-01t01:00:00+01:00"), Some(1_640_995_200));
        assert_eq!(seconds("2022-01-01T23:59:60Z"), seconds("2022-01-02"));
        assert_eq!(
            parse("2022-01-01T00:00:00.25z"),
            Some(Instant {
                seconds: 1_640_995_200,
                nanos: 250_000_000
            })
        );
    }

    #[test]
    fn other_formats_are_rejected() {
        for text in [
            "",
            "now",
            "1640995200",
            "2022-1-1",
            "2022-02-30",
            "20220101",
            "2022-01-01T00:00Z",
            "2022-01-01T00:00:00",
            "2022-01-01 00:00:00Z",
            "2022-01-01T00:00:00\u{2212}01:00",
            "2022-01-01T24:00:00Z",
            "2022-01-01T00:00:61Z",
            "2022-01-01T00:00:00.Z",
            "2022-01-01T00:00:00Z ",
            "２022-01-0",
            "2022-01-01Z",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }
}
