//! The header of a token and the values of its claims.

use chrono::DateTime;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use signalwire_room_tokens_api::constants::create_room_token::REQUEST_FIELDS;

use crate::request::Timestamp;

/// The header of a token.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct TokenHeader {
    /// The type of token: `VRT` for a room token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typ: Option<String>,
    /// The signature algorithm, `HS512` in all known tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alg: Option<String>,
    /// The host to which the browser connects. Present in tokens since July 2022.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ch: Option<String>,
    /// Unrecognized members.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Serializes claims, except those that have the same name as an API field.
pub(crate) fn unlike_fields<S: Serializer>(
    claims: &Map<String, Value>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let is_unlike = |(name, _): &(&String, _)| !REQUEST_FIELDS.contains(&name.as_str());
    serializer.collect_map(claims.iter().filter(is_unlike))
}

/// Deserializes a Unix timestamp in seconds.
pub(crate) fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    let seconds = whole(&Value::deserialize(deserializer)?);
    let time = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    time.map(|time| Some(time.into()))
        .ok_or_else(|| D::Error::custom("not a Unix timestamp in seconds"))
}

/// Converts a JSON number to an integer. Accepts a zero fraction, as in `1.0`.
fn whole(value: &Value) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let is_whole = |float: &f64| float.fract() == 0.0 && float.abs() <= EXACT;
    #[allow(
        clippy::cast_possible_truncation,
        reason = "the value is whole and small enough to be represented exactly"
    )]
    let from_float = || value.as_f64().filter(is_whole).map(|float| float as i64);
    value.as_i64().or_else(from_float)
}
