//! `POST /rooms/{room}/tokens`: a token for a room of the user's own, under the ceiling of a role.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use signalwire_room_tokens::{PermissionSet, RoomName, RoomToken, serde_exposed};

use crate::app::App;
use crate::json::Json;
use crate::problem::Problem;
use crate::roles::Role;
use crate::sessions::SignedIn;

/// What the browser asks for. All of it is a wish: the directory decides.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wish {
    /// By default the highest that the user may take.
    role: Option<Role>,
    /// By default all that the role may have.
    permissions: Option<PermissionSet>,
}

#[derive(Serialize)]
pub(crate) struct Granted {
    #[serde(with = "serde_exposed")]
    token: RoomToken,
    role: Role,
    /// What was wished for and is above the role.
    refused: PermissionSet,
}

pub(crate) async fn create(
    State(app): State<App>,
    SignedIn(user): SignedIn,
    room: Result<Path<String>, PathRejection>,
    wish: Result<Json<Wish>, Problem>,
) -> Result<(StatusCode, axum::Json<Granted>), Problem> {
    app.rate_limit.check(&user)?;
    let Json(wish) = wish?;
    let Path(room) = room.map_err(|_| Problem::NotYourRoom)?;
    // One answer for a room that does not exist and one that is somebody else's: nobody can find out which there are.
    let room = RoomName::new(room).map_err(|_| Problem::NotYourRoom)?;
    let highest = app.directory.role(&room, &user).ok_or(Problem::NotYourRoom)?;
    let role = wish.role.unwrap_or(highest);
    if role > highest {
        return Err(Problem::RoleTooHigh { highest });
    }

    let ceiling = role.ceiling();
    let clamped = wish.permissions.as_ref().unwrap_or(&ceiling).clamp_to(&ceiling);
    if !clamped.refused.is_empty() {
        // How many and not which: they are whatever the browser says.
        let refused = clamped.refused.len();
        tracing::warn!(user, refused, "asked for more than the role may have");
    }
    let token = app
        .client
        .room_token(room)
        .user_name(user)
        .join_as(role.join_as())
        .permissions(clamped.granted)
        .valid_for(app.join_within)
        .remove_after(app.stay_at_most)
        .create()
        .await?;
    let granted = Granted {
        token,
        role,
        refused: clamped.refused,
    };
    Ok((StatusCode::CREATED, axum::Json(granted)))
}
