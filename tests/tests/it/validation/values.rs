//! Strategies that generate values for every field: at the limits, close to them and far from them.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use signalwire_room_tokens::{Field, FieldKind, RoomTokenRequest};

use super::validators::schema;

pub(super) use signalwire_room_tokens_api::constants::create_room_token::REQUEST_FIELDS as FIELDS;

/// Returns the permission names listed in the document.
pub(super) fn permission_names() -> Vec<String> {
    static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let names = schema()["$defs"]["RoomTokenPermission"]["enum"].take();
        serde_json::from_value(names).unwrap()
    });
    NAMES.clone()
}

/// Returns a minimal valid request with one additional field.
pub(super) fn alone(field: &str, value: &Value) -> Value {
    let mut request = json!({ "room_name": "r" });
    request[field] = value.clone();
    request
}

/// Generates a field and its value. The value usually has the field's type.
pub(super) fn field() -> impl Strategy<Value = (String, Value)> {
    let known = select(FIELDS).prop_flat_map(|field| {
        let value = prop_oneof![7 => of_field(field), 2 => anything()];
        value.prop_map(move |value| (field.to_owned(), value))
    });
    let unknown = (text(100), anything());
    prop_oneof![15 => known, 1 => unknown]
}

/// Generates valid requests with all 18 fields.
pub(super) fn valid_request() -> impl Strategy<Value = Value> {
    let name = "[A-Za-z0-9_-]{1,100}";
    let times = (0..200_000_000_i64, 0..1000_i64).prop_map(|(from, length)| {
        let time = |seconds: i64| {
            chrono::DateTime::from_timestamp(1_700_000_000 + seconds, 0)
                .unwrap()
                .to_rfc3339()
        };
        (time(from), time(from + length))
    });
    let texts = (name, short_text(100), short_text(200));
    let meta =
        || "[a-z]{0,9}".prop_flat_map(|name| short_text(1900).prop_map(move |text| json!({ &name: text })));
    let kinds = (
        select(vec!["member", "audience"]),
        select(vec!["all", "audio-only", "video-only"]),
    );
    let permissions = prop::sample::subsequence(permission_names(), 0..=44);
    (
        texts,
        times,
        (meta(), meta()),
        kinds,
        permissions,
        1..=200_000,
        any::<[bool; 6]>(),
    )
        .prop_map(
            |(
                (room, user, display),
                (from, until),
                (meta, room_meta),
                (join_as, media),
                permissions,
                seconds,
                flags,
            )| {
                json!({
                    "room_name": room,
                    "user_name": user,
                    "permissions": permissions,
                    "join_from": from,
                    "join_until": until,
                    "remove_at": until,
                    "remove_after_seconds_elapsed": seconds,
                    "join_audio_muted": flags[0],
                    "join_video_muted": flags[1],
                    "auto_create_room": flags[2],
                    "enable_room_previews": flags[3],
                    "room_display_name": display,
                    "end_room_session_on_leave": flags[4],
                    "join_as": join_as,
                    "media_allowed": media,
                    "room_meta": room_meta,
                    "meta": meta,
                    "sync_audio_video": flags[5],
                })
            },
        )
}

fn of_field(field: &'static str) -> BoxedStrategy<Value> {
    match field {
        "room_name" => prop_oneof![text(100), "[A-Za-z0-9_-]{98,102}", "[A-Za-z0-9_-]{1,9}[\n /é\0]?"]
            .prop_map(Value::from)
            .boxed(),
        "user_name" => text(100).prop_map(Value::from).boxed(),
        "room_display_name" => text(200).prop_map(Value::from).boxed(),
        "permissions" => permissions().boxed(),
        "join_from" | "join_until" | "remove_at" => time().prop_map(Value::from).boxed(),
        "remove_after_seconds_elapsed" => seconds().boxed(),
        "join_as" => select(vec!["member", "audience", "Member", "", "admin"])
            .prop_map(Value::from)
            .boxed(),
        "media_allowed" => select(vec!["all", "audio-only", "video-only", "audio_only", "none"])
            .prop_map(Value::from)
            .boxed(),
        "meta" | "room_meta" => meta().boxed(),
        _ => of_kind(kind(field)).boxed(),
    }
}

/// Returns a field's kind, as listed in [`RoomTokenRequest::FIELDS`].
pub(super) fn kind(field: &str) -> Option<FieldKind> {
    let fields = RoomTokenRequest::FIELDS.iter();
    fields
        .into_iter()
        .find(|known| known.name() == field)
        .map(Field::kind)
}

/// Generates values for fields without their own strategy in `of_field`.
fn of_kind(kind: Option<FieldKind>) -> BoxedStrategy<Value> {
    match kind {
        Some(FieldKind::Boolean) => any::<bool>().prop_map(Value::from).boxed(),
        Some(FieldKind::Integer) => seconds().boxed(),
        Some(FieldKind::Text) => text(100).prop_map(Value::from).boxed(),
        Some(FieldKind::Timestamp) => time().prop_map(Value::from).boxed(),
        _ => anything().boxed(),
    }
}

/// Generates values of every JSON type. Most fields reject them.
fn anything() -> impl Strategy<Value = Value> {
    select(vec![
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(-1.5),
        json!(900.0),
        json!(u64::MAX),
        json!(""),
        json!("true"),
        json!("900"),
        json!([]),
        json!(["member"]),
        json!([null]),
        json!({}),
        json!({ "k": [1, { "l": null }] }),
    ])
}

/// Generates strings with lengths up to one above the limit. Lengths close to 0 or to the limit are the most likely.
fn text(limit: usize) -> impl Strategy<Value = String> {
    let length = prop_oneof![
        Just(0),
        Just(1),
        Just(limit - 1),
        Just(limit),
        Just(limit + 1),
        0..limit
    ];
    length.prop_flat_map(of_length)
}

fn short_text(limit: usize) -> impl Strategy<Value = String> {
    (0..=limit.min(300)).prop_flat_map(of_length)
}

/// Generates strings of the given length, with characters of one to four bytes.
fn of_length(length: usize) -> impl Strategy<Value = String> {
    let any_script = prop::char::ranges(
        vec![
            'a'..='z',
            '0'..='9',
            '_'..='_',
            'à'..='ü',
            'あ'..='ん',
            '🦀'..='🦐',
        ]
        .into(),
    );
    prop_oneof![
        select(vec!['x', 'é', '語', '🦀']).prop_map(move |character| character.to_string().repeat(length)),
        prop::collection::vec(any_script, length).prop_map(String::from_iter),
    ]
}

fn permissions() -> impl Strategy<Value = Value> {
    let known = || select(permission_names());
    let name = prop_oneof![20 => known(), 1 => known().prop_map(|name| name.to_uppercase()), 1 => text(100), 1 => Just("room.stream.start".to_owned())];
    prop_oneof![
        prop::collection::vec(known(), 0..50).prop_map(Value::from),
        prop::collection::vec(name, 0..12).prop_map(Value::from),
    ]
}

fn seconds() -> impl Strategy<Value = Value> {
    let limits = [
        -1,
        0,
        1,
        2,
        199_999,
        200_000,
        200_001,
        i64::from(i32::MAX),
        i64::from(i32::MAX) + 1,
        i64::MIN,
        i64::MAX,
    ];
    prop_oneof![
        select(limits.to_vec()).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-10..200_100_i64).prop_map(Value::from),
        select(vec![
            0.0, 0.5, 1.0, 900.0, 900.5, 200_000.0, 200_000.5, 200_001.0, 1e300, -1.0
        ])
        .prop_map(Value::from),
    ]
}

/// Generates objects whose JSON has about 2000 characters, as well as small objects.
fn meta() -> impl Strategy<Value = Value> {
    let of_size = |size: usize| {
        let room = size - r#"{"k":""}"#.len();
        select(vec!["x", "é", "🦀"]).prop_map(move |character| json!({ "k": character.repeat(room) }))
    };
    prop_oneof![
        select(vec![8, 1999, 2000, 2001, 2002, 6000]).prop_flat_map(of_size),
        Just(json!({ "a": { "b": [1, 2.5, null, "\u{1}\"\\"] } })),
        Just(json!({})),
    ]
}

/// Generates times in all valid formats, and strings that are almost times.
fn time() -> impl Strategy<Value = String> {
    let valid = vec![
        "2026-03-01",
        "2024-02-29",
        "2026-03-01T09:30:00Z",
        "2026-03-01t09:30:00z",
        "2026-03-01T09:30:00.25Z",
        "2026-03-01T09:30:00.123456789123Z",
        "2026-03-01T09:30:00+02:00",
        "2026-03-01T09:30:00-00:00",
        "2016-12-31T23:59:60Z",
        "2016-12-31T18:59:60-05:00",
        "2022-01-01T12:30:60Z",
        "1969-12-31T23:59:59Z",
        "0000-01-01T00:00:00Z",
        "0000-01-01T00:30:00+01:00",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:30:00-01:00",
    ];
    let invalid = vec![
        "now",
        "1772357400",
        "2026-3-1",
        "2026-02-29",
        "20260301",
        "2026-03-01T",
        "2026-03-01T09:30Z",
        "2026-03-01T09:30:00",
        "2026-03-01 09:30:00Z",
        "2026-03-01T24:00:00Z",
        "2026-03-01T09:30:61Z",
        "2026-03-01T09:30:00.Z",
        "2026-03-01T09:30:00Z ",
        "2026-03-01T09:30:00+25:00",
        "2026-03-01T09:30:00\u{2212}02:00",
        "2026-03-01T09:30:00+0200",
        "12026-03-01T09:30:00Z",
        "-2026-03-01T09:30:00Z",
        "+2026-03-01",
        "２０２６-03-01",
    ];
    // A valid time with one character replaced.
    let replacement = (
        select(valid.clone()),
        any::<prop::sample::Index>(),
        select("0123456789-:.TtZz+ ".chars().collect::<Vec<_>>()),
    );
    let replaced = replacement.prop_map(|(time, index, character)| {
        let index = index.index(time.len());
        time.chars()
            .enumerate()
            .map(|(at, original)| if at == index { character } else { original })
            .collect()
    });
    prop_oneof![
        3 => select(valid).prop_map(str::to_owned),
        2 => select(invalid).prop_map(str::to_owned),
        2 => replaced,
    ]
}
