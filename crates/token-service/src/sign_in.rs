//! The demo sign-in, which **accepts any user name without a password.** Replace it with your own sign-in. Keep
//! [`SignedIn`], which identifies the user of a request.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
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

/// The signed-in user, identified by the session key in `Authorization: Bearer KEY`.
///
/// The key is sent in a header rather than a cookie, so that other sites can't make a browser send it.
pub(crate) struct SignedIn(pub(crate) String);

impl FromRequestParts<App> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let header = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        header
            .and_then(|header| header.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .and_then(|(_, key)| app.sessions.user(key))
            .map(Self)
            .ok_or(Problem::NotSignedIn)
    }
}
