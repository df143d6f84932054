//! Formatting of the `Date` header.

use chrono::DateTime;

/// Formats `unix_seconds` as an IMF-fixdate. Returns `None` if the format can't represent the time.
pub(crate) fn http_date(unix_seconds: i64) -> Option<String> {
    const LAST_FOUR_DIGIT_YEAR: i64 = 253_402_300_799; // 9999-12-31T23:59:59Z
    if !(0..=LAST_FOUR_DIGIT_YEAR).contains(&unix_seconds) {
        return None;
    }
    let time = DateTime::from_timestamp(unix_seconds, 0)?;
    Some(time.format("%a, %d %b %Y %H:%M:%S GMT").to_string())
}
