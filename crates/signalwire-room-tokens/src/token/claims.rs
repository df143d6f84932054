//! The claims of a token, read without a key.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};
use signalwire_room_tokens_api::constants::create_room_token::REQUEST_FIELDS;

use crate::permission::Permission;
use crate::request::{JoinAs, MediaAllowed, Timestamp};

/// How long a token may be to be read, in bytes.
const MAX_LENGTH: usize = 64 * 1024;

/// What a token says of itself. **Not verified**: anybody can write such a text.
///
/// Serialized, it has the API's own names, times in RFC 3339. SignalWire documents neither the claims nor their
/// names; those here were seen in tokens of 2021 and 2022. All are optional, and what is not known is kept in
/// [`other`](Self::other).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct UnverifiedClaims {
    /// The header of the token; not serialized among the claims.
    #[serde(skip)]
    pub header: TokenHeader,
    /// When the token was made (`iat`).
    #[serde(rename = "iat", skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<Timestamp>,
    /// The token's own id (`jti`).
    #[serde(rename = "jti", skip_serializing_if = "Option::is_none")]
    pub token_id: Option<String>,
    /// The same in all tokens of an account, so probably the project's id (`sub`).
    #[serde(rename = "sub", skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The participant's display name (`u`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// Whether the participant takes part or watches (`ja`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub join_as: Option<JoinAs>,
    /// The room (`r`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room_name: Option<String>,
    /// What the participant may do (`s`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Vec<Permission>>,
    /// Whether joining creates the room (`acr`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_create_room: Option<bool>,
    /// What the participant may receive (`ma`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_allowed: Option<MediaAllowed>,
    /// Whether a preview of the room is made (`erp`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_room_previews: Option<bool>,
    /// The participant's metadata (`mta`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Map<String, Value>>,
    /// The room's metadata (`rmta`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room_meta: Option<Map<String, Value>>,
    /// When the participant may join at the earliest (`jf`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub join_from: Option<Timestamp>,
    /// When the participant may join at the latest (`ju`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub join_until: Option<Timestamp>,
    /// When the participant is removed (`rat`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remove_at: Option<Timestamp>,
    /// After how many seconds in the room the participant is removed (`rse`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remove_after_seconds_elapsed: Option<i64>,
    /// Claims that this version does not know, or that are of another type than expected. Serialized among the rest,
    /// but for those that bear the name of a field of the API, which is no claim's name.
    #[serde(flatten, serialize_with = "unlike_fields")]
    pub other: Map<String, Value>,
}

/// Leaves out claims that would be taken for a field of the API.
fn unlike_fields<S: Serializer>(claims: &Map<String, Value>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(
        claims
            .iter()
            .filter(|(name, _)| !REQUEST_FIELDS.contains(&name.as_str())),
    )
}

/// The header of a token.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TokenHeader {
    /// The kind of token: `VRT` for a room token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typ: Option<String>,
    /// How the token is signed: `HS512` in all that were seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alg: Option<String>,
    /// The host that the browser connects to, in tokens since July 2022.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ch: Option<String>,
    /// Members that this version does not know.
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
        let header = object(header).ok_or(ClaimsError::Header)?;
        let mut claims = object(payload).ok_or(ClaimsError::Payload)?;
        Ok(Self::from_objects(header, &mut claims))
    }

    fn from_objects(mut header: Map<String, Value>, claims: &mut Map<String, Value>) -> Self {
        let header = TokenHeader {
            typ: take(&mut header, "typ"),
            alg: take(&mut header, "alg"),
            ch: take(&mut header, "ch"),
            other: header,
        };
        Self {
            header,
            issued_at: take_time(claims, "iat"),
            token_id: take(claims, "jti"),
            subject: take(claims, "sub"),
            user_name: take(claims, "u"),
            join_as: take(claims, "ja"),
            room_name: take(claims, "r"),
            permissions: take(claims, "s"),
            auto_create_room: take(claims, "acr"),
            media_allowed: take(claims, "ma"),
            enable_room_previews: take(claims, "erp"),
            meta: take(claims, "mta"),
            room_meta: take(claims, "rmta"),
            join_from: take_time(claims, "jf"),
            join_until: take_time(claims, "ju"),
            remove_at: take_time(claims, "rat"),
            remove_after_seconds_elapsed: take(claims, "rse"),
            other: std::mem::take(claims),
        }
    }
}

/// The JSON object of one part of a token.
fn object(part: &str) -> Option<Map<String, Value>> {
    let json = URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok()?;
    serde_json::from_slice(&json).ok()
}

/// Takes a claim out, or leaves it among the others if it is of another type than expected.
fn take<T: DeserializeOwned>(claims: &mut Map<String, Value>, name: &str) -> Option<T> {
    let value = T::deserialize(claims.get(name)?).ok()?;
    claims.remove(name);
    Some(value)
}

fn take_time(claims: &mut Map<String, Value>, name: &str) -> Option<Timestamp> {
    let time = DateTime::from_timestamp(whole(claims.get(name)?)?, 0)?;
    claims.remove(name);
    Some(time.into())
}

/// A whole number; JSON may write one with a fraction of zero.
fn whole(value: &Value) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let is_whole = |float: &f64| float.fract() == 0.0 && float.abs() <= EXACT;
    #[allow(
        clippy::cast_possible_truncation,
        reason = "it is whole and within what floats hold exactly"
    )]
    let from_float = || value.as_f64().filter(is_whole).map(|float| float as i64);
    value.as_i64().or_else(from_float)
}

/// A text that is not a token, without repeating any of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClaimsError {
    /// It is longer than 64 KiB.
    TooLong,
    /// It has not three parts with dots between them.
    NotAToken,
    /// Its header is no base64url text of a JSON object.
    Header,
    /// Its payload is no base64url text of a JSON object.
    Payload,
}

impl fmt::Display for ClaimsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "not a room token: longer than 64 KiB",
            Self::NotAToken => "not a room token: a token has three parts with dots between them",
            Self::Header => "not a room token: the first part is no base64url text of a JSON object",
            Self::Payload => "not a room token: the second part is no base64url text of a JSON object",
        })
    }
}

impl std::error::Error for ClaimsError {}
