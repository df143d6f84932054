//! The unverified claims of a token.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use signalwire_room_tokens_api::constants::create_room_token::REQUEST_FIELDS;

use crate::generated::choices::{JoinAs, MediaAllowed};
use crate::permission::Permission;
use crate::request::Timestamp;

/// The maximum length of a token whose claims are read, in bytes.
const MAX_LENGTH: usize = 64 * 1024;

/// The claims of a token, with its signature **not verified**. Anyone can create a token with any claims.
///
/// SignalWire does not document the claims. The names of the claims are from tokens of 2021 and 2022. All of them are
/// optional, and unrecognized claims are in [`other`](Self::other). Claims are serialized with the field names of the
/// API and with times in RFC 3339.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct UnverifiedClaims {
    /// The header of the token. It is not serialized with the claims.
    #[serde(skip)]
    pub header: TokenHeader,
    /// The time at which the token was created (`iat`).
    #[serde(rename = "iat", skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "seconds")]
    pub issued_at: Option<Timestamp>,
    /// The ID of the token (`jti`).
    #[serde(rename = "jti", skip_serializing_if = "Option::is_none")]
    pub token_id: Option<String>,
    /// Probably the project ID, because it is the same in all tokens of an account (`sub`).
    #[serde(rename = "sub", skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The participant's display name (`u`).
    #[serde(rename(deserialize = "u"), skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// The role in which the participant joins (`ja`).
    #[serde(rename(deserialize = "ja"), skip_serializing_if = "Option::is_none")]
    pub join_as: Option<JoinAs>,
    /// The name of the room (`r`).
    #[serde(rename(deserialize = "r"), skip_serializing_if = "Option::is_none")]
    pub room_name: Option<String>,
    /// The participant's permissions (`s`).
    #[serde(rename(deserialize = "s"), skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Vec<Permission>>,
    /// `true` if the room is created when the participant joins and it does not exist (`acr`).
    #[serde(rename(deserialize = "acr"), skip_serializing_if = "Option::is_none")]
    pub auto_create_room: Option<bool>,
    /// The media that the participant may receive (`ma`).
    #[serde(rename(deserialize = "ma"), skip_serializing_if = "Option::is_none")]
    pub media_allowed: Option<MediaAllowed>,
    /// `true` if the room has a preview video (`erp`).
    #[serde(rename(deserialize = "erp"), skip_serializing_if = "Option::is_none")]
    pub enable_room_previews: Option<bool>,
    /// The participant's metadata (`mta`).
    #[serde(rename(deserialize = "mta"), skip_serializing_if = "Option::is_none")]
    pub meta: Option<Map<String, Value>>,
    /// The room's metadata (`rmta`).
    #[serde(rename(deserialize = "rmta"), skip_serializing_if = "Option::is_none")]
    pub room_meta: Option<Map<String, Value>>,
    /// The earliest time to join (`jf`).
    #[serde(rename(deserialize = "jf"), skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "seconds")]
    pub join_from: Option<Timestamp>,
    /// The latest time to join (`ju`).
    #[serde(rename(deserialize = "ju"), skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "seconds")]
    pub join_until: Option<Timestamp>,
    /// The time at which the participant is removed (`rat`).
    #[serde(rename(deserialize = "rat"), skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "seconds")]
    pub remove_at: Option<Timestamp>,
    /// The number of seconds in the room after which the participant is removed (`rse`).
    #[serde(rename(deserialize = "rse"), skip_serializing_if = "Option::is_none")]
    pub remove_after_seconds_elapsed: Option<i64>,
    /// Unrecognized claims, and claims with an unexpected type. They are serialized next to the other claims, except
    /// those with the same name as a field of the API.
    #[serde(flatten, serialize_with = "unlike_fields")]
    pub other: Map<String, Value>,
}

/// Serializes claims, except those whose name is also a field of the API.
fn unlike_fields<S: Serializer>(claims: &Map<String, Value>, serializer: S) -> Result<S::Ok, S::Error> {
    let is_unlike = |(name, _): &(&String, _)| !REQUEST_FIELDS.contains(&name.as_str());
    serializer.collect_map(claims.iter().filter(is_unlike))
}

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
    /// The host that the browser connects to. Present in tokens since July 2022.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ch: Option<String>,
    /// Unrecognized members.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl UnverifiedClaims {
    pub(super) fn of(token: &str) -> Result<Self, ClaimsError> {
        if token.len() > MAX_LENGTH {
            return Err(ClaimsError::TooLong);
        }
        let mut parts = token.split('.');
        let (Some(header), Some(payload), Some(_signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(ClaimsError::NotAToken);
        };
        let (mut header, unusable): (TokenHeader, _) = decode(header).ok_or(ClaimsError::Header)?;
        header.other.extend(unusable);
        let (mut claims, unusable): (Self, _) = decode(payload).ok_or(ClaimsError::Payload)?;
        claims.other.extend(unusable);
        Ok(Self { header, ..claims })
    }
}

/// Decodes the JSON object in one part of a token, and also returns the members that have an unexpected type.
fn decode<T: DeserializeOwned + Default>(part: &str) -> Option<(T, Map<String, Value>)> {
    let json = URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok()?;
    let object: Map<String, Value> = serde_json::from_slice(&json).ok()?;
    let is_usable = |name: &String, value: &Value| {
        let alone = Map::from_iter([(name.clone(), value.clone())]);
        !value.is_null() && T::deserialize(alone).is_ok()
    };
    let (usable, unusable): (Map<_, _>, Map<_, _>) = object
        .into_iter()
        .partition(|(name, value)| is_usable(name, value));
    Some((T::deserialize(usable).unwrap_or_default(), unusable))
}

/// Deserializes a time in seconds since 1970.
fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    let seconds = whole(&Value::deserialize(deserializer)?);
    let time = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    time.map(|time| Some(time.into()))
        .ok_or_else(|| D::Error::custom("not a time in seconds"))
}

/// Returns a whole number. In JSON, it may be written with a fraction of zero, such as `1.0`.
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

/// An error returned when the claims of a token cannot be read. It does not contain the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClaimsError {
    /// The token is longer than 64 KiB.
    TooLong,
    /// The token does not consist of three parts separated by dots.
    NotAToken,
    /// The header is not a base64url-encoded JSON object.
    Header,
    /// The payload is not a base64url-encoded JSON object.
    Payload,
}

impl fmt::Display for ClaimsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "not a room token: longer than 64 KiB",
            Self::NotAToken => "not a room token: expected three parts separated by dots",
            Self::Header => "not a room token: the first part is not a base64url-encoded JSON object",
            Self::Payload => "not a room token: the second part is not a base64url-encoded JSON object",
        })
    }
}

impl std::error::Error for ClaimsError {}
