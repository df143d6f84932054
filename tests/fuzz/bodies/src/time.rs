//! Fuzzes timestamp parsing with arbitrary text.

use chrono::{Datelike as _, NaiveDate, TimeDelta};
use signalwire_room_tokens::Timestamp;

/// Parses the input as a timestamp.
pub fn time(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    match text.parse::<Timestamp>() {
        Ok(time) => {
            assert_near_its_date(time, text);
            assert_round_trip(time);
        }
        Err(_) => assert!(!is_canonical(text), "{text}"),
    }
}

/// Asserts that the timestamp is within two days of the date in the text. A UTC offset shifts it by at most
/// one day.
fn assert_near_its_date(time: Timestamp, text: &str) {
    let date = text.get(..10).expect("the text should start with a date");
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").expect("the text should start with a date");
    let midnight = Timestamp::from(date).to_datetime();
    let apart = (time.to_datetime() - midnight).abs();
    assert!(apart <= TimeDelta::days(2), "{time} for {text}");
    assert!(text.len() > 10 || apart.is_zero(), "{time} for {text}");
}

/// Asserts that the timestamp's text and JSON parse to the same timestamp. Skips years that don't have four digits: the
/// timestamp format can't represent them, and requests that contain them are rejected.
fn assert_round_trip(time: Timestamp) {
    if !(0..=9999).contains(&time.to_datetime().year()) {
        return;
    }
    let text = time.to_string();
    assert!(is_canonical(&text), "{text}");
    assert_eq!(text.parse(), Ok(time));
    let json = serde_json::to_string(&time).expect("a timestamp should serialize");
    assert_eq!(json, format!("\"{text}\""));
    assert_eq!(
        serde_json::from_str::<Timestamp>(&json).expect("serialized timestamps should parse"),
        time
    );
}

/// Returns `true` if the text is a valid time in the format `2026-03-01T09:30:00Z`.
fn is_canonical(text: &str) -> bool {
    let form = "dddd-dd-ddTdd:dd:ddZ";
    let fits = |(form, byte): (u8, u8)| {
        if form == b'd' {
            byte.is_ascii_digit()
        } else {
            byte == form
        }
    };
    let number =
        |at: std::ops::Range<usize>| text.get(at).and_then(|digits| digits.parse().ok()).unwrap_or(99);
    text.len() == form.len()
        && form.bytes().zip(text.bytes()).all(fits)
        && (1..=12).contains(&number(5..7))
        && (1..=31).contains(&number(8..10))
        && number(11..13) < 24
        && number(14..16) < 60
        && number(17..19) < 60
        && (number(8..10) <= 28
            || text
                .get(..10)
                .is_some_and(|date| date.parse::<NaiveDate>().is_ok()))
}
