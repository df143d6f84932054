//! `POST /rooms/{room}/tokens`, which creates a room token limited by the user's role.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use signalwire_room_tokens::{PermissionSet, RoomName, RoomToken, serde_exposed};

use crate::app::App;
use crate::json::Json;
use crate::problem::Problem;
use crate::roles::Role;
use crate::sign_in::SignedIn;

/// The role and permissions requested by the browser. The directory determines what is granted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenRequest {
    /// Defaults to the user's highest role in the room.
    role: Option<Role>,
    /// Defaults to all permissions of the role.
    permissions: Option<PermissionSet>,
}

#[derive(Serialize)]
pub(crate) struct TokenResponse {
    #[serde(with = "serde_exposed")]
    token: RoomToken,
    role: Role,
    /// Requested permissions that the role doesn't allow.
    refused: PermissionSet,
}

/// Handles `POST /rooms/{room}/tokens`.
pub(crate) async fn create(
    State(app): State<App>,
    SignedIn(user): SignedIn,
    room: Result<Path<String>, PathRejection>,
    request: Result<Json<TokenRequest>, Problem>,
) -> Result<(StatusCode, axum::Json<TokenResponse>), Problem> {
    app.rate_limit.check(&user)?;
    let Json(request) = request?;
    let Path(room) = room.map_err(|_| Problem::RoomNotFound)?;
    // Nonexistent rooms and other users' rooms get the same response, so that users can't discover rooms.
    let room = RoomName::new(room).map_err(|_| Problem::RoomNotFound)?;
    let highest = app.directory.role(&room, &user).ok_or(Problem::RoomNotFound)?;
    let role = request.role.unwrap_or(highest);
    if role > highest {
        return Err(Problem::RoleTooHigh { highest });
    }

    let ceiling = role.ceiling();
    let clamped = request
        .permissions
        .as_ref()
        .unwrap_or(&ceiling)
        .clamp_to(&ceiling);
    if !clamped.refused.is_empty() {
        // Log only the number of refused permissions, because the browser may send arbitrary names.
        let refused = clamped.refused.len();
        tracing::warn!(user, refused, "requested more permissions than the role allows");
    }
    let token = app
        .client
        .room_token(room)
        .user_name(user)
        .join_as(role.join_as())
        .permissions(clamped.granted)
        .valid_for(app.join_within)
        .remove_after(app.max_stay)
        .create()
        .await?;
    let response = TokenResponse {
        token,
        role,
        refused: clamped.refused,
    };
    Ok((StatusCode::CREATED, axum::Json(response)))
}
