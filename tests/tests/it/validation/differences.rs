//! Intended differences between the three validators.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use signalwire_room_tokens::FieldKind;

use super::acceptance::Acceptance;
use super::validators;
use super::values::{FIELDS, alone, kind, permission_names};

/// A reason why the validators disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    /// The document's description allows plain dates as times; the `date-time` format doesn't.
    PlainDate,
    /// Examples in the document's description use 60 as the seconds value at arbitrary times of day, but the format
    /// allows it only for leap seconds.
    Second60,
    /// The document's description limits `meta` and `room_meta` to 2000 characters of JSON. A schema can't
    /// express this limit.
    LongMeta,
    /// `join_until` must not be before `join_from`. A schema can't compare two fields.
    ReversedWindow,
    /// Permissions may be newer than the document, so the library sends names that the document doesn't list.
    /// One of them, `room.stream.start`, is a known permission listed on SignalWire's permissions page.
    UnlistedPermission,
    /// Fields may be newer than the document, so the library keeps unknown fields as extras.
    UnknownField,
    /// The library treats `null` as unset and doesn't send the field.
    Null,
    /// JSON Schema treats a number with a zero fraction, such as `900.0`, as an integer.
    IntegerAsFraction,
    /// The library converts times to UTC, and the year of this time in UTC doesn't have four digits.
    YearInUtc,
}

impl Difference {
    pub(super) const ALL: [Self; 9] = [
        Self::PlainDate,
        Self::Second60,
        Self::LongMeta,
        Self::ReversedWindow,
        Self::UnlistedPermission,
        Self::UnknownField,
        Self::Null,
        Self::IntegerAsFraction,
        Self::YearInUtc,
    ];

    /// Returns the validators that accept a request with this difference.
    pub(super) fn acceptance(self) -> Acceptance {
        let [library, schema, mock] = match self {
            Self::PlainDate | Self::Second60 => [true, false, true],
            Self::LongMeta | Self::ReversedWindow => [false, true, false],
            Self::UnlistedPermission | Self::UnknownField | Self::Null => [true, false, false],
            Self::IntegerAsFraction | Self::YearInUtc => [false, true, true],
        };
        Acceptance {
            library,
            schema,
            mock,
        }
    }

    /// Returns the reason why the validators disagree about a field with this value, if any.
    pub(super) fn of(field: &str, value: &Value) -> Option<Self> {
        match (field, value) {
            ("room_name", _) => None,
            (field, Value::Null) if FIELDS.contains(&field) => Some(Self::Null),
            (field, Value::String(text)) if kind(field) == Some(FieldKind::Timestamp) => of_time(text),
            ("remove_after_seconds_elapsed", Value::Number(number)) => {
                let whole = number.as_f64().filter(|number| number.fract() == 0.0)?;
                (number.is_f64() && whole > 0.0 && whole <= 200_000.0).then_some(Self::IntegerAsFraction)
            }
            (field, Value::Number(number)) if kind(field) == Some(FieldKind::Integer) => {
                let is_whole = number.as_f64().is_some_and(|number| number.fract() == 0.0);
                let is_within = || validators::is_valid(&alone(field, value));
                (number.is_f64() && is_whole && is_within()).then_some(Self::IntegerAsFraction)
            }
            ("permissions", Value::Array(names)) => {
                let names: Option<Vec<_>> = names.iter().map(Value::as_str).collect();
                let unknown = |name: &&str| !permission_names().iter().any(|listed| listed == name);
                names?.iter().any(unknown).then_some(Self::UnlistedPermission)
            }
            ("meta" | "room_meta", Value::Object(_)) => {
                (value.to_string().chars().count() > 2000).then_some(Self::LongMeta)
            }
            (field, value) if !FIELDS.contains(&field) => {
                let sendable =
                    (1..=100).contains(&field.chars().count()) && value.to_string().chars().count() <= 10_000;
                sendable.then_some(Self::UnknownField)
            }
            _ => None,
        }
    }

    /// Returns requests that the validators disagree about for this reason only.
    pub(super) fn examples(self) -> Vec<Value> {
        let of = |field: &str, values: &[Value]| values.iter().map(|value| alone(field, value)).collect();
        match self {
            Self::PlainDate => of("join_from", &[json!("2026-03-01")]),
            Self::Second60 => of("join_until", &[json!("2026-03-01T12:30:60Z")]),
            Self::LongMeta => of("meta", &[json!({ "k": "x".repeat(1993) })]),
            Self::ReversedWindow => {
                vec![
                    json!({ "room_name": "r", "join_from": "2026-03-01T10:00:01Z", "join_until": "2026-03-01T10:00:00Z" }),
                ]
            }
            Self::UnlistedPermission => of(
                "permissions",
                &[json!(["room.from_the_future"]), json!(["room.stream.start"])],
            ),
            Self::UnknownField => of("confetti", &[json!(1), json!(null)]),
            Self::Null => FIELDS[1..]
                .iter()
                .map(|field| alone(field, &Value::Null))
                .collect(),
            Self::IntegerAsFraction => of("remove_after_seconds_elapsed", &[json!(900.0)]),
            Self::YearInUtc => of(
                "remove_at",
                &[
                    json!("9999-12-31T23:30:00-01:00"),
                    json!("0000-01-01T00:30:00+01:00"),
                ],
            ),
        }
    }
}

/// Returns the last field of an example other than `room_name`.
pub(super) fn example_field(request: &Value) -> (String, Value) {
    let mut fields = request.as_object().unwrap().iter();
    let (field, value) = fields.rfind(|(field, _)| *field != "room_name").unwrap();
    (field.clone(), value.clone())
}

fn of_time(text: &str) -> Option<Difference> {
    let time = instant(text)?;
    if text.len() == "2026-03-01".len() {
        Some(Difference::PlainDate)
    } else if !(-62_167_219_200..253_402_300_800).contains(&time.timestamp()) {
        Some(Difference::YearInUtc)
    } else if text.get(17..19) == Some("60") && time.format("%H:%M:%S").to_string() != "23:59:60" {
        Some(Difference::Second60)
    } else {
        None
    }
}

/// Parses a time in the format described in the document. Leap seconds are valid.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    let shape = |(at, byte): (usize, u8)| match at {
        4 | 7 => byte == b'-',
        10 => matches!(byte, b'T' | b't'),
        _ => byte.is_ascii_digit() || (at > 10 && b":.+-Zz".contains(&byte)),
    };
    if !text.bytes().enumerate().all(shape) {
        return None;
    }
    let whole = if text.len() == 10 {
        format!("{text}T00:00:00Z")
    } else {
        text.to_owned()
    };
    DateTime::parse_from_rfc3339(&whole)
        .ok()
        .map(|time| time.to_utc())
}

/// Returns `true` if both fields contain valid times and `join_until` is before `join_from`.
pub(super) fn is_reversed_window(request: &Value) -> bool {
    let of = |field: &str| request.get(field).and_then(Value::as_str).and_then(instant);
    of("join_from")
        .zip(of("join_until"))
        .is_some_and(|(from, until)| until < from)
}
