//! A demonstration of signing in: **it believes whoever says to be somebody.** Put your own sign-in here.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, State};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::json::Json;
use crate::problem::Problem;
use crate::rate_limit;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Introduction {
    name: String,
}

#[derive(Serialize)]
pub(crate) struct Begun {
    session: String,
}

/// `POST /session`: begins a session for somebody whom the directory knows.
pub(crate) async fn begin(
    State(app): State<App>,
    ConnectInfo(client): ConnectInfo<SocketAddr>,
    introduction: Result<Json<Introduction>, Problem>,
) -> Result<axum::Json<Begun>, Problem> {
    app.sign_in_limit.check(&rate_limit::stranger(client.ip()))?;
    let Json(Introduction { name }) = introduction?;
    if !app.directory.knows(&name) {
        return Err(Problem::UnknownUser);
    }
    let session = app.sessions.begin(&name).map_err(Problem::NoRandomness)?;
    Ok(axum::Json(Begun { session }))
}
