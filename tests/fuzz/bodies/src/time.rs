//! Instants, from any text.

use chrono::{Datelike as _, NaiveDate, TimeDelta};
use signalwire_room_tokens::Timestamp;

/// Reads the input as a time.
pub fn time(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    match text.parse::<Timestamp>() {
        Ok(time) => {
            is_near_its_date(time, text);
            is_written_as_it_is_read(time);
        }
        Err(_) => assert!(!is_canonical(text), "{text}"),
    }
}

/// A time zone moves a time by a day at most.
fn is_near_its_date(time: Timestamp, text: &str) {
    let date = text.get(..10).expect("a date comes first");
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").expect("a date comes first");
    let midnight = Timestamp::from(date).to_datetime();
    let apart = (time.to_datetime() - midnight).abs();
    assert!(apart <= TimeDelta::days(2), "{time} for {text}");
    assert!(text.len() > 10 || apart.is_zero(), "{time} for {text}");
}

/// A year of five digits, or of less than none, is out of reach of the form; requests with one are refused.
fn is_written_as_it_is_read(time: Timestamp) {
    if !(0..=9999).contains(&time.to_datetime().year()) {
        return;
    }
    let text = time.to_string();
    assert!(is_canonical(&text), "{text}");
    assert_eq!(text.parse(), Ok(time));
    let json = serde_json::to_string(&time).expect("a time is JSON");
    assert_eq!(json, format!("\"{text}\""));
    assert_eq!(
        serde_json::from_str::<Timestamp>(&json).expect("its own text"),
        time
    );
}

/// Whether the text is `2026-03-01T09:30:00Z` but for its numbers, which are such as every month and day has.
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
