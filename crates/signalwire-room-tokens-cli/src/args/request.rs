//! The fields of the request: a flag for each, named as the API names it.

use std::time::Duration;

use clap::Args;
use serde_json::{Map, Value};
use signalwire_room_tokens::{JoinAs, MediaAllowed, RoomTokenRequest, Timestamp};

use super::permissions::PermissionArgs;
use super::switches::Switches;
use super::values::{duration, extra, join_as, media_allowed, object};

#[derive(Debug, Args)]
#[command(next_help_heading = "Request")]
pub(crate) struct RequestArgs {
    /// The participant's display name [default: a random name]
    #[arg(long, value_name = "NAME")]
    user_name: Option<String>,
    /// Take part, or only watch [default: member]
    #[arg(long, value_name = "KIND", value_parser = join_as())]
    join_as: Option<JoinAs>,
    /// What the participant may receive [default: all]
    #[arg(long, value_name = "MEDIA", value_parser = media_allowed())]
    media_allowed: Option<MediaAllowed>,
    /// The display name of a room that this token creates [default: the room's name]
    #[arg(long, value_name = "NAME")]
    room_display_name: Option<String>,
    /// The participant's metadata, a JSON object; everybody who has the token can read it
    #[arg(long, value_name = "JSON", value_parser = object)]
    meta: Option<Map<String, Value>>,
    /// The metadata of a room that this token creates, a JSON object
    #[arg(long, value_name = "JSON", value_parser = object)]
    room_meta: Option<Map<String, Value>>,
    /// A field that is newer than this version; may be repeated
    #[arg(long, value_name = "KEY=JSON", value_parser = extra)]
    extra: Vec<(String, Value)>,
    #[command(flatten)]
    times: TimeArgs,
    #[command(flatten)]
    permissions: PermissionArgs,
    #[command(flatten)]
    switches: Switches,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Times: RFC 3339 like 2026-03-01T09:30:00Z, or a date like 2026-03-01")]
struct TimeArgs {
    /// Nobody can join before this instant
    #[arg(long, value_name = "TIME")]
    join_from: Option<Timestamp>,
    /// Nobody can join after this instant; without it, the token never expires
    #[arg(long, value_name = "TIME")]
    join_until: Option<Timestamp>,
    /// Sets the end of joining, counted from --join-from or from now, such as `2h`
    #[arg(long, value_name = "DURATION", value_parser = duration, conflicts_with = "join_until")]
    valid_for: Option<Duration>,
    /// The participant is removed at this instant
    #[arg(long, value_name = "TIME")]
    remove_at: Option<Timestamp>,
    /// The participant is removed after so many seconds in the room, 1 to 200000
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    remove_after_seconds_elapsed: Option<i32>,
    /// The same, as a duration such as `15m`
    #[arg(long, value_name = "DURATION", value_parser = duration, conflicts_with = "remove_after_seconds_elapsed")]
    remove_after: Option<Duration>,
}

/// Calls a setter for each value that is set.
macro_rules! set {
    ($request:ident, $args:expr, $($field:ident),+) => {
        $(if let Some(value) = $args.$field.clone() {
            $request = $request.$field(value);
        })+
    };
}

impl RequestArgs {
    /// The request for this room; rules are checked when it is validated.
    pub(crate) fn request(&self, room_name: &str) -> RoomTokenRequest {
        let mut request = self.switches.apply(RoomTokenRequest::new(room_name));
        set!(
            request,
            self,
            user_name,
            join_as,
            media_allowed,
            room_display_name,
            meta,
            room_meta
        );
        set!(request, self.times, join_from, join_until, valid_for, remove_at);
        set!(request, self.times, remove_after_seconds_elapsed, remove_after);
        if let Some(permissions) = self.permissions.0.clone() {
            request = request.permissions(permissions);
        }
        self.extra.iter().fold(request, |request, (field, value)| {
            request.extra(field.clone(), value)
        })
    }
}
