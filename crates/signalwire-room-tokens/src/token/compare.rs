//! The comparison of a token with the request for it.

use std::fmt;
use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Map, Value};
use signalwire_room_tokens_api::types::JoinAsType;

use super::UnverifiedClaims;
use crate::permission::{Permission, PermissionSet};
use crate::request::{RoomTokenRequest, Timestamp};

/// The maximum difference between the requested and the granted `join_until` if it is relative to the time of the
/// request. For a shorter join window, the length of the window is the limit.
const CLOCK_SKEW_TOLERANCE: TimeDelta = TimeDelta::seconds(120);

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
        /// The name of the field in the API.
        field: &'static str,
        /// The requested value.
        asked: String,
        /// The value in the token, or `None` if the token does not have this claim.
        granted: Option<String>,
    },
}

impl Mismatch {
    /// Returns the name of the field in the API.
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
                f.write_str("`permissions`:")?;
                let parts = [("not granted", dropped), ("granted but not requested", added)];
                let parts = parts.into_iter().filter(|(_, set)| !set.is_empty());
                for (number, (what, set)) in parts.enumerate() {
                    // Permission names in a token can contain any characters, so escape them.
                    let names = set.iter().map(Permission::as_str).map(str::escape_debug);
                    let names: Vec<_> = names.map(|name| name.to_string()).collect();
                    let separator = if number == 0 { " " } else { "; " };
                    write!(f, "{separator}{what}: {}", names.join(", "))?;
                }
                Ok(())
            }
            Self::Field {
                field,
                asked,
                granted: Some(granted),
            } => {
                write!(f, "`{field}`: requested {asked:?}, but the token has {granted:?}")
            }
            Self::Field {
                field,
                asked,
                granted: None,
            } => {
                write!(f, "`{field}`: requested {asked:?}, but the token has no value")
            }
        }
    }
}

/// The meaning of a claim that is missing in a token.
#[derive(Clone, Copy)]
enum Missing {
    /// A mismatch: the claim is present in all tokens whose request sets the field.
    Differs,
    /// No mismatch: the claim is absent from some tokens even if the request sets the field.
    Unknown,
}

/// The fields that are compared by value, in the order in which mismatches are reported.
const COMPARED: [(&str, Missing); 10] = [
    ("room_name", Missing::Differs),
    ("user_name", Missing::Unknown),
    ("join_as", Missing::Unknown),
    ("auto_create_room", Missing::Unknown),
    ("media_allowed", Missing::Unknown),
    ("enable_room_previews", Missing::Unknown),
    ("join_from", Missing::Differs),
    ("join_until", Missing::Differs),
    ("remove_at", Missing::Differs),
    ("remove_after_seconds_elapsed", Missing::Differs),
];

pub(super) fn mismatches(claims: &UnverifiedClaims, request: &RoomTokenRequest) -> Vec<Mismatch> {
    let counted = request.valid_for.filter(|_| request.body.join_from.is_none());
    let body = request.body_at(|| claims.issued_at.unwrap_or_else(Timestamp::now));
    let until = body.join_until.map(Timestamp::from).zip(claims.join_until);
    let is_near = counted.is_some() && until.is_some_and(|(asked, granted)| near(asked, granted, counted));
    let mut found = Found(Vec::new());
    // Requests and claims are serialized with the same field names.
    let [asked, granted] =
        [serde_json::to_value(&body), serde_json::to_value(claims)].map(Result::unwrap_or_default);
    for (field, missing) in COMPARED {
        if !(field == "join_until" && is_near) {
            found.field(field, missing, asked.get(field), granted.get(field));
        }
        if field == "join_as" {
            found.permissions(request, body.join_as == Some(JoinAsType::Audience), claims);
        }
    }
    found.meta("meta", body.meta.as_ref(), claims.meta.as_ref());
    found.meta("room_meta", body.room_meta.as_ref(), claims.room_meta.as_ref());
    found.0
}

fn near(asked: Timestamp, granted: Timestamp, window: Option<Duration>) -> bool {
    let window = window.and_then(|window| TimeDelta::from_std(window).ok());
    let tolerance = window.map_or(CLOCK_SKEW_TOLERANCE, |window| window.min(CLOCK_SKEW_TOLERANCE));
    (asked.to_datetime() - granted.to_datetime()).abs() <= tolerance
}

struct Found(Vec<Mismatch>);

impl Found {
    fn field(
        &mut self,
        field: &'static str,
        missing: Missing,
        asked: Option<&Value>,
        granted: Option<&Value>,
    ) {
        let Some(asked) = asked else { return };
        let differs = match (granted, missing) {
            (Some(granted), _) => granted != asked,
            (None, missing) => matches!(missing, Missing::Differs),
        };
        if differs {
            let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            self.0.push(Mismatch::Field {
                field,
                asked: text(asked),
                granted: granted.map(text),
            });
        }
    }

    fn permissions(&mut self, request: &RoomTokenRequest, audience: bool, claims: &UnverifiedClaims) {
        let granted: PermissionSet = claims.permissions.iter().flatten().collect();
        let asked: PermissionSet = match request.asked_permissions() {
            _ if audience => PermissionSet::AUDIENCE,
            Some(list) => list.into_iter().collect(),
            // The default list may shrink after this version was released, so only additional permissions count.
            None => PermissionSet::DEFAULT.intersection(&granted),
        };
        if asked != granted {
            let (dropped, added) = (asked.difference(&granted), granted.difference(&asked));
            self.0.push(Mismatch::Permissions { dropped, added });
        }
    }

    /// Compares metadata by value. A mismatch contains only the number of members, because metadata may be private.
    fn meta(
        &mut self,
        field: &'static str,
        asked: Option<&Map<String, Value>>,
        granted: Option<&Map<String, Value>>,
    ) {
        if let (Some(asked), Some(granted)) = (asked, granted)
            && asked != granted
        {
            let size = |map: &Map<_, _>| format!("{} members", map.len());
            self.0.push(Mismatch::Field {
                field,
                asked: size(asked),
                granted: Some(size(granted)),
            });
        }
    }
}
