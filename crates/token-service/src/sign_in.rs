//! The demo sign-in, which **accepts any user name without a password.** Replace it with your own sign-in.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, State};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::json::Json;
use crate::problem::Problem;
use crate::rate_limit;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignInRequest {
    name: String,
}

#[derive(Serialize)]
pub(crate) struct SignInResponse {
    session: String,
}

/// Handles `POST /session`. Starts a session for a user in the directory.
pub(crate) async fn begin(
    State(app): State<App>,
    ConnectInfo(client): ConnectInfo<SocketAddr>,
    request: Result<Json<SignInRequest>, Problem>,
) -> Result<axum::Json<SignInResponse>, Problem> {
    app.sign_in_limit.check(&rate_limit::client_key(client.ip()))?;
    let Json(SignInRequest { name }) = request?;
    if !app.directory.contains_user(&name) {
        return Err(Problem::UnknownUser);
    }
    let session = app.sessions.begin(&name).map_err(Problem::NoRandomness)?;
    Ok(axum::Json(SignInResponse { session }))
}
