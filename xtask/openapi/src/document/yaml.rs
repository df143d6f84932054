//! Strict YAML parsing with limits, and canonical YAML output.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use serde_saphyr::UserMessageFormatter;
use serde_saphyr::options::DuplicateKeyPolicy;

/// The maximum nesting depth. Published documents have fewer than 40 levels, and the limit must be safe for a 2 MB
/// thread stack.
const MAX_DEPTH: usize = 64;

/// The maximum number of YAML events and nodes. The 2 MB document that contains all operations has 80,000.
const MAX_EVENTS: usize = 8_000_000;

/// The maximum number of events to which aliases may expand. This allows normal sharing but stops alias bombs.
const MAX_REPLAYED_EVENTS: usize = 500_000;

/// Parses one YAML 1.2 or JSON document. Rejects duplicate keys, and limits depth and alias expansion.
///
/// # Errors
/// Returns the parser's message, which includes the line and column.
pub fn from_str(text: &str) -> Result<Value, String> {
    // Parse JSON with a JSON parser, because YAML is not quite a superset of JSON. For example, they interpret
    // `"\ud83d\ude00"` differently.
    let as_json = text.trim_start().starts_with('{');
    if as_json
        && let Ok(StrictValue(value)) = serde_json::from_str(text)
        && depth(&value) <= MAX_DEPTH
    {
        return Ok(value);
    }
    serde_saphyr::from_str_with_options::<StrictValue>(text, options())
        .map(|StrictValue(value)| value)
        .map_err(|error| error.render_with_formatter(&UserMessageFormatter))
}

fn options() -> serde_saphyr::Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: MAX_EVENTS,
            max_nodes: MAX_EVENTS,
            max_depth: MAX_DEPTH,
            max_documents: 1,
            // Published documents often share one example among hundreds of operations.
            enforce_alias_anchor_ratio: false,
        },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: MAX_REPLAYED_EVENTS },
        duplicate_keys: DuplicateKeyPolicy::Error,
        // `yes` is a string in the YAML 1.2 core schema, which OpenAPI requires. `010` and `1_000` are treated as
        // strings too, because YAML 1.1 and 1.2 interpret them differently.
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        emit_comments: false,
        with_snippet: false,
    }
}

/// Returns the nesting depth of arrays and objects.
#[must_use]
pub fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(entries) => 1 + entries.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// Writes a value as block YAML. The output is deterministic, preserves the order of keys, and parses to the same
/// value.
#[must_use]
pub fn to_string(value: &Value) -> String {
    let options = serde_saphyr::ser_options! {
        // Write multi-line text as literal blocks (`|`), because folding would make trailing spaces hard to see.
        folded_wrap_chars: usize::MAX,
    };
    let mut text = String::new();
    match serde_saphyr::to_fmt_writer_with_options(&mut text, value, options) {
        Ok(()) => text,
        // Writing to a string can't fail, and YAML can express all JSON values. JSON is a valid fallback anyway.
        Err(_) => format!("{value}\n"),
    }
}

/// A JSON value that rejects duplicate keys when it is deserialized.
struct StrictValue(Value);

impl<'de> Deserialize<'de> for StrictValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value representable in JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value);
        number
            .map(Value::Number)
            .ok_or_else(|| E::custom("number is not representable in JSON"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(StrictValue(item)) = items.next_element()? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some((key, StrictValue(value))) = entries.next_entry::<String, _>()? {
            if map.contains_key(&key) {
                return Err(A::Error::custom(format_args!("duplicate key `{key}`")));
            }
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}
