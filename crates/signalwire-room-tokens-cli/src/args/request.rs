//! Flags that define the request.

use std::time::Duration;

use clap::Args;
use serde_json::Value;
use signalwire_room_tokens::RoomTokenRequest;

use super::fields::{FieldArgs, TIMES};
use super::permissions::PermissionArgs;
use super::values::{duration, extra};

#[derive(Debug, Args)]
pub(crate) struct RequestArgs {
    #[command(flatten)]
    fields: FieldArgs,
    /// Set a field that this version doesn't support; can be repeated
    #[arg(long, value_name = "KEY=JSON", value_parser = extra, help_heading = "Request")]
    extra: Vec<(String, Value)>,
    #[command(flatten)]
    durations: DurationArgs,
    #[command(flatten)]
    permissions: PermissionArgs,
}

#[derive(Debug, Args)]
#[command(next_help_heading = TIMES)]
struct DurationArgs {
    /// Token lifetime, such as `2h`
    #[arg(long, long_help = "Token lifetime, such as `2h`, starting at --join-from or now; sets --join-until",
         value_name = "DURATION", value_parser = duration, conflicts_with = "field-join_until")]
    valid_for: Option<Duration>,
    /// Like --remove-after-seconds-elapsed, but takes a duration such as `15m`
    #[arg(long, value_name = "DURATION", value_parser = duration, conflicts_with = "field-remove_after_seconds_elapsed")]
    remove_after: Option<Duration>,
}

impl RequestArgs {
    /// Builds the request for a room without validating it.
    ///
    /// # Errors
    /// Returns an error if a flag's value doesn't fit its field.
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
