//! Reads the unverified claims of a token.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::claim_values::TokenHeader;
use crate::generated::claims::UnverifiedClaims;

/// The maximum length, in bytes, of a token whose claims can be read.
const MAX_LENGTH: usize = 64 * 1024;

impl UnverifiedClaims {
    pub(super) fn of(token: &str) -> Result<Self, ClaimsError> {
        if token.len() > MAX_LENGTH {
            return Err(ClaimsError::TooLong);
        }
        let parts: Vec<_> = token.splitn(4, '.').collect();
        let [header, payload, _signature] = parts[..] else {
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

/// The error returned when a token's claims can't be read. It does not contain the token.
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
