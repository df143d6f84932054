//! Compares a token with the request for it.

use std::fmt;

use chrono::TimeDelta;
use serde_json::Value;
use signalwire_room_tokens_api::constants::create_room_token::REQUEST_FIELDS;
use signalwire_room_tokens_api::types::JoinAsType;

use crate::generated::claims::{REQUIRED, UnverifiedClaims};
use crate::permission::PermissionSet;
use crate::request::{RoomTokenRequest, Timestamp};

/// The maximum difference between the requested and the granted `join_until` if the requested value was computed from
/// the time of the request. For a shorter join window, the maximum is the length of the window.
const CLOCK_SKEW: TimeDelta = TimeDelta::seconds(120);

/// A difference between a token and the request for it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mismatch {
    /// The permissions differ.
    #[non_exhaustive]
    Permissions {
        /// The permissions that were requested but not granted.
        dropped: PermissionSet,
        /// The permissions that were granted but not requested.
        added: PermissionSet,
    },
    /// A field other than the permissions differs.
    #[non_exhaustive]
    Field {
        /// The API's name for the field.
        field: &'static str,
        /// The requested value.
        asked: String,
        /// The value in the token, or `None` if the token does not have this claim.
        granted: Option<String>,
    },
}

impl Mismatch {
    /// Returns the API's name for the field.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::Permissions { .. } => "permissions",
            Self::Field { field, .. } => field,
        }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Permissions { dropped, added } => {
                // Permission names in a token may contain any characters, so they are escaped.
                let names = |set: &PermissionSet| {
                    let names = set.iter().map(|name| name.as_str().escape_debug().to_string());
                    names.collect::<Vec<_>>().join(", ")
                };
                let parts = [("not granted", dropped), ("granted but not requested", added)];
                let parts = parts.into_iter().filter(|(_, set)| !set.is_empty());
                let parts: Vec<_> = parts
                    .map(|(what, set)| format!("{what}: {}", names(set)))
                    .collect();
                write!(f, "`permissions`: {}", parts.join("; "))
            }
            Self::Field {
                field,
                asked,
                granted,
            } => {
                write!(f, "`{field}`: requested {asked:?}, but the token has ")?;
                match granted {
                    Some(granted) => write!(f, "{granted:?}"),
                    None => f.write_str("no value"),
                }
            }
        }
    }
}

pub(super) fn mismatches(claims: &UnverifiedClaims, request: &RoomTokenRequest) -> Vec<Mismatch> {
    let issued_at = || claims.issued_at.unwrap_or_else(Timestamp::now);
    let mut body = request.body_at(issued_at).into_owned();
    let granted = claims.join_until.map(Timestamp::to_datetime);
    if let (Some(lifetime), None) = (request.valid_for, body.join_from)
        && let (Some(asked), Some(granted)) = (body.join_until, granted)
    {
        let tolerance = TimeDelta::from_std(lifetime).map_or(CLOCK_SKEW, |lifetime| lifetime.min(CLOCK_SKEW));
        if (asked - granted).abs() <= tolerance {
            body.join_until = Some(granted);
        }
    }
    // Requests and claims are serialized with the same field names.
    let [asked, granted] =
        [serde_json::to_value(&body), serde_json::to_value(claims)].map(Result::unwrap_or_default);
    let mismatch = |field: &&'static str| match *field {
        "permissions" => permissions(request, claims),
        field => {
            let (asked, granted) = (asked.get(field)?, granted.get(field));
            let differs = granted.map_or(REQUIRED.contains(&field), |granted| granted != asked);
            let (asked, granted) = (text(asked), granted.map(text));
            differs.then_some(Mismatch::Field {
                field,
                asked,
                granted,
            })
        }
    };
    REQUEST_FIELDS.iter().filter_map(mismatch).collect()
}

fn permissions(request: &RoomTokenRequest, claims: &UnverifiedClaims) -> Option<Mismatch> {
    let granted: PermissionSet = claims.permissions.iter().flatten().collect();
    let asked: PermissionSet = match request.asked_permissions() {
        _ if request.body.join_as == Some(JoinAsType::Audience) => PermissionSet::AUDIENCE,
        Some(list) => list.into_iter().collect(),
        // The default list may have shrunk since this version was released, so only additional permissions count as
        // mismatches.
        None => PermissionSet::DEFAULT.intersection(&granted),
    };
    let (dropped, added) = (asked.difference(&granted), granted.difference(&asked));
    (asked != granted).then_some(Mismatch::Permissions { dropped, added })
}

/// Formats a value for a mismatch. Metadata may be private, so only the number of its members is shown.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(members) => format!("{} members", members.len()),
        other => other.to_string(),
    }
}
