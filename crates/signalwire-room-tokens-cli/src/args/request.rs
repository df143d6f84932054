//! The request: a flag for each field, and those that say the same otherwise.

use std::time::Duration;

use clap::Args;
use serde_json::Value;
use signalwire_room_tokens::RoomTokenRequest;

use super::fields::FieldArgs;
use super::permissions::PermissionArgs;
use super::values::{duration, extra};

#[derive(Debug, Args)]
pub(crate) struct RequestArgs {
    #[command(flatten)]
    fields: FieldArgs,
    /// A field that is newer than this version; may be repeated
    #[arg(long, value_name = "KEY=JSON", value_parser = extra, help_heading = "Request")]
    extra: Vec<(String, Value)>,
    #[command(flatten)]
    durations: DurationArgs,
    #[command(flatten)]
    permissions: PermissionArgs,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Times: RFC 3339 like 2026-03-01T09:30:00Z, or a date like 2026-03-01")]
struct DurationArgs {
    /// Sets the end of joining, counted from --join-from or from now, such as `2h`
    #[arg(long, value_name = "DURATION", value_parser = duration, conflicts_with = "join-until")]
    valid_for: Option<Duration>,
    /// Sets --remove-after-seconds-elapsed as a duration such as `15m`
    #[arg(long, value_name = "DURATION", value_parser = duration, conflicts_with = "remove-after-seconds-elapsed")]
    remove_after: Option<Duration>,
}

impl RequestArgs {
    /// The request for this room; rules are checked when it is validated.
    ///
    /// # Errors
    /// If a number does not fit into its field.
    pub(crate) fn request(&self, room_name: &str) -> Result<RoomTokenRequest, String> {
        let mut request = self.fields.apply(RoomTokenRequest::new(room_name))?;
        if let Some(duration) = self.durations.valid_for {
            request = request.valid_for(duration);
        }
        if let Some(duration) = self.durations.remove_after {
            request = request.remove_after(duration);
        }
        if let Some(permissions) = self.permissions.0.clone() {
            request = request.permissions(permissions);
        }
        Ok(self.extra.iter().fold(request, |request, (field, value)| {
            request.extra(field.clone(), value)
        }))
    }
}
