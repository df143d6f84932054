//! What a token grants against what was asked for.

use std::fmt;
use std::time::Duration;

use chrono::TimeDelta;
use signalwire_room_tokens_api::types::JoinAsType;

use super::UnverifiedClaims;
use crate::permission::{Permission, PermissionSet};
use crate::request::{JoinAs, MediaAllowed, RoomTokenRequest, Timestamp};

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

pub(super) fn mismatches(claims: &UnverifiedClaims, request: &RoomTokenRequest) -> Vec<Mismatch> {
    let counted = request.valid_for.filter(|_| request.body.join_from.is_none());
    let body = request.body_at(|| claims.issued_at.unwrap_or_else(Timestamp::now));
    let mut found = Found(Vec::new());
    found.field(
        "room_name",
        Missing::Differs,
        Some(&body.room_name),
        claims.room_name.as_ref(),
    );
    found.field(
        "user_name",
        Missing::Unknown,
        body.user_name.as_ref(),
        claims.user_name.as_ref(),
    );
    let join_as = body.join_as.map(JoinAs::from_generated);
    found.field("join_as", Missing::Unknown, join_as, claims.join_as);
    found.permissions(request, body.join_as == Some(JoinAsType::Audience), claims);
    found.field(
        "auto_create_room",
        Missing::Unknown,
        body.auto_create_room,
        claims.auto_create_room,
    );
    let media_allowed = body.media_allowed.map(MediaAllowed::from_generated);
    found.field(
        "media_allowed",
        Missing::Unknown,
        media_allowed,
        claims.media_allowed,
    );
    found.field(
        "enable_room_previews",
        Missing::Unknown,
        body.enable_room_previews,
        claims.enable_room_previews,
    );
    let time = |time: Option<chrono::DateTime<chrono::Utc>>| time.map(Timestamp::from);
    found.field(
        "join_from",
        Missing::Differs,
        time(body.join_from),
        claims.join_from,
    );
    let until = time(body.join_until);
    if !(counted.is_some()
        && until
            .zip(claims.join_until)
            .is_some_and(|(asked, granted)| near(asked, granted, counted)))
    {
        found.field("join_until", Missing::Differs, until, claims.join_until);
    }
    found.field(
        "remove_at",
        Missing::Differs,
        time(body.remove_at),
        claims.remove_at,
    );
    let seconds = body.remove_after_seconds_elapsed.map(i64::from);
    let granted = claims.remove_after_seconds_elapsed;
    found.field("remove_after_seconds_elapsed", Missing::Differs, seconds, granted);
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
    fn field<T: PartialEq + fmt::Display>(
        &mut self,
        field: &'static str,
        missing: Missing,
        asked: Option<T>,
        granted: Option<T>,
    ) {
        let Some(asked) = asked else { return };
        let differs = match (&granted, missing) {
            (Some(granted), _) => *granted != asked,
            (None, Missing::Differs) => true,
            (None, Missing::Unknown) => false,
        };
        if differs {
            let granted = granted.map(|granted| granted.to_string());
            self.0.push(Mismatch::Field {
                field,
                asked: asked.to_string(),
                granted,
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
        asked: Option<&serde_json::Map<String, serde_json::Value>>,
        granted: Option<&serde_json::Map<String, serde_json::Value>>,
    ) {
        if let (Some(asked), Some(granted)) = (asked, granted)
            && asked != granted
        {
            let size = |map: &serde_json::Map<_, _>| format!("{} members", map.len());
            self.0.push(Mismatch::Field {
                field,
                asked: size(asked),
                granted: Some(size(granted)),
            });
        }
    }
}
