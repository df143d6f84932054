//! What a token grants against what was asked for.

use std::fmt;
use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Map, Value};
use signalwire_room_tokens_api::types::JoinAsType;

use super::UnverifiedClaims;
use crate::permission::{Permission, PermissionSet};
use crate::request::{RoomTokenRequest, Timestamp};

/// How far the end of a window may be off that is counted from the moment of asking, unless the window is shorter.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::seconds(120);

/// One difference between what a token grants and what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mismatch {
    /// The permissions differ.
    #[non_exhaustive]
    Permissions {
        /// Asked for and not granted.
        dropped: PermissionSet,
        /// Granted and not asked for.
        added: PermissionSet,
    },
    /// Another field differs.
    #[non_exhaustive]
    Field {
        /// The field, by its name in the API.
        field: &'static str,
        /// What was asked for.
        asked: String,
        /// What the token has; nothing if it has no such claim.
        granted: Option<String>,
    },
}

impl Mismatch {
    /// The field, by its name in the API.
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
                let parts = [("not granted", dropped), ("granted though not asked for", added)];
                let parts = parts.into_iter().filter(|(_, set)| !set.is_empty());
                for (number, (what, set)) in parts.enumerate() {
                    // A token may name anything as a permission.
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
                write!(f, "`{field}`: asked for {asked:?}, the token has {granted:?}")
            }
            Self::Field {
                field,
                asked,
                granted: None,
            } => {
                write!(f, "`{field}`: asked for {asked:?}, the token has none")
            }
        }
    }
}

/// Whether a claim that the token lacks is a difference.
#[derive(Clone, Copy)]
enum Missing {
    /// The token of whoever asks for it has the claim.
    Differs,
    /// Some tokens that were seen have the claim and some have not.
    Unknown,
}

/// The fields that are compared by value, in the order of reports.
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
    // Both name their fields as the API does.
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
    let tolerated = window.map_or(CLOCKS_DIFFER, |window| window.min(CLOCKS_DIFFER));
    (asked.to_datetime() - granted.to_datetime()).abs() <= tolerated
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
            // SignalWire may have come to grant less by default than this version knows; more is not its to give.
            None => PermissionSet::DEFAULT.intersection(&granted),
        };
        if asked != granted {
            let (dropped, added) = (asked.difference(&granted), granted.difference(&asked));
            self.0.push(Mismatch::Permissions { dropped, added });
        }
    }

    /// Metadata is compared by value; the text of a difference has only its size, since it is the application's own.
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
