//! Tests for timestamps: accepted inputs and output format.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone, Utc};
use proptest::prelude::*;
use signalwire_room_tokens::{ParseTimestampError, RoomTokenRequest, Rule, Timestamp};

#[test]
fn all_documented_formats_are_parsed() {
    let cases = [
        ("2026-03-01T09:30:00Z", "2026-03-01T09:30:00Z"),
        ("2026-03-01t09:30:00z", "2026-03-01T09:30:00Z"),
        ("2026-03-01T09:30:00+02:00", "2026-03-01T07:30:00Z"),
        ("2026-03-01T00:15:00-00:30", "2026-03-01T00:45:00Z"),
        ("2026-03-01T09:30:00.999999999Z", "2026-03-01T09:30:00Z"),
        ("2026-03-01T09:30:00.1+00:00", "2026-03-01T09:30:00Z"),
        ("2026-03-01", "2026-03-01T00:00:00Z"),
        ("2024-02-29", "2024-02-29T00:00:00Z"),
        ("0000-01-01", "0000-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
        ("1969-12-31T23:59:58.5Z", "1969-12-31T23:59:58Z"),
        // A leap second equals the following second.
        ("2022-01-01T23:59:60Z", "2022-01-02T00:00:00Z"),
        ("2022-12-31T23:59:60Z", "2023-01-01T00:00:00Z"),
        ("2022-01-01T23:59:60.75Z", "2022-01-02T00:00:00Z"),
        ("2022-01-01T23:59:60+05:30", "2022-01-01T18:30:00Z"),
    ];
    for (text, written) in cases {
        let time: Timestamp = text.parse().unwrap_or_else(|_| panic!("{text}"));
        assert_eq!(time.to_string(), written, "{text}");
        assert_eq!(serde_json::to_value(time).unwrap(), written);
        assert_eq!(serde_json::from_value::<Timestamp>(text.into()).unwrap(), time);
        assert_eq!(
            written.parse(),
            Ok(time),
            "the output must parse to the same time"
        );
    }
}

#[test]
fn other_formats_are_rejected() {
    let texts = [
        "",
        " ",
        "now",
        "tomorrow",
        "1622120123",
        "2026",
        "2026-03",
        "2026-3-1",
        "2026-3- 01",
        "2026- 3-01",
        "2026-03- 1",
        "2026-13-01",
        "2026-02-29",
        "2026-03-01 ",
        " 2026-03-01",
        "+2026-03-01",
        "-2026-03-01",
        "20260301",
        "01-03-2026",
        "２026-03-01",
        "2026-03-01T",
        "2026-03-01T09:30",
        "2026-03-01T09:30Z",
        "2026-03-01T09:30:00",
        "2026-03-01 09:30:00Z",
        "2026-03-01_09:30:00Z",
        "2026-03-01T09:30:00.Z",
        "2026-03-01T09:30:00Z ",
        "2026-03-01T24:00:00Z",
        "2026-03-01T09:60:00Z",
        "2026-03-01T09:30:61Z",
        "2026-03-01T09:30:00+2",
        "2026-03-01T09:30:00+0200",
        "2026-03-01T09:30:00.Z",
        "2026-03-01T09:30:00\u{2212}02:00", // a non-ASCII minus sign
        "+002026-03-01T09:30:00Z",
        "12026-03-01T09:30:00Z",
        "2026-03-01T09:30:00Z; DROP",
        "2026-03-01T09:30:00Z\r\nx: y",
    ];
    for text in texts {
        let error: ParseTimestampError = text.parse::<Timestamp>().expect_err(text);
        assert!(error.to_string().contains("RFC 3339"));
        assert!(
            serde_json::from_value::<Timestamp>(text.into()).is_err(),
            "{text:?}"
        );
    }
}

#[test]
fn other_time_types_are_converted() {
    let utc = Utc.with_ymd_and_hms(2026, 3, 1, 7, 30, 0).unwrap();
    let berlin = utc.with_timezone(&FixedOffset::east_opt(3600).unwrap());
    let system: SystemTime = UNIX_EPOCH + Duration::from_secs(utc.timestamp().unsigned_abs());
    let expected: Timestamp = "2026-03-01T07:30:00Z".parse().unwrap();
    assert_eq!(Timestamp::from(utc), expected);
    assert_eq!(Timestamp::from(berlin), expected);
    assert_eq!(Timestamp::from(system + Duration::from_nanos(999)), expected);
    assert_eq!(expected.to_datetime(), utc);
    let before_1970 = UNIX_EPOCH - Duration::from_millis(1500);
    assert_eq!(Timestamp::from(before_1970).to_string(), "1969-12-31T23:59:58Z");
    let before_1970 = UNIX_EPOCH - Duration::from_secs(2);
    assert_eq!(Timestamp::from(before_1970).to_string(), "1969-12-31T23:59:58Z");
    assert_eq!(DateTime::<Utc>::from(expected), utc);
    let date = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    assert_eq!(Timestamp::from(date).to_string(), "2026-03-01T00:00:00Z");
    let (before, now, after) = (Utc::now(), Timestamp::now(), Utc::now());
    assert!(now >= Timestamp::from(before) && now <= Timestamp::from(after));
}

#[test]
fn out_of_range_times_are_reported() {
    let far = Duration::from_secs(1 << 60);
    let edges = [
        (UNIX_EPOCH + far).into(),
        (UNIX_EPOCH - far).into(),
        Timestamp::from(DateTime::<Utc>::MAX_UTC),
        Timestamp::from(DateTime::<Utc>::MIN_UTC),
        Timestamp::from(NaiveDate::MAX),
        Timestamp::from(NaiveDate::MIN),
    ];
    for time in edges {
        let request = RoomTokenRequest::new("r").join_until(time);
        let violations = request.validate().unwrap_err();
        assert_eq!(
            (violations[0].field(), violations[0].rule()),
            ("join_until", Rule::Range),
            "{time}"
        );
        let counted = RoomTokenRequest::new("r").join_from(time).valid_for(far);
        assert!(counted.validate().is_err());
        assert!(!counted.lint().iter().any(|lint| lint.reason().is_empty()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn timestamps_are_formatted_as_whole_seconds_in_utc(seconds in 0_i64..250_000_000_000, nanos in 0_u32..2_000_000_000) {
        // chrono represents a leap second as second 59 with 10^9 or more nanoseconds.
        let nanos = if seconds % 60 == 59 { nanos } else { nanos % 1_000_000_000 };
        let time = DateTime::from_timestamp(seconds, nanos).unwrap();
        let stamp = Timestamp::from(time);
        let written = stamp.to_string();
        prop_assert_eq!(written.len(), 20);
        prop_assert!(written.ends_with('Z') && !written.contains(":60"));
        prop_assert_eq!(stamp.to_datetime().timestamp(), seconds + i64::from(nanos / 1_000_000_000));
        prop_assert_eq!(written.parse(), Ok(stamp));
    }

    #[test]
    fn parsing_never_panics(text in any::<String>()) {
        let _ = text.parse::<Timestamp>();
    }

    #[test]
    fn parsing_almost_valid_times_never_panics(text in "[0-9]{0,5}[-+ :.TtZz0-9é]{0,30}") {
        if let Ok(time) = text.parse::<Timestamp>() {
            prop_assert_eq!(time.to_string().parse(), Ok(time));
        }
    }
}
