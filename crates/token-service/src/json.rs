//! JSON request bodies with a time limit.

use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use crate::app::App;
use crate::problem::Problem;

/// Like [`axum::Json`], but fails if the body does not arrive within the time limit.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let read = axum::Json::from_request(request, app);
        let axum::Json(value) = timeout(app.limits.body, read)
            .await
            .map_err(|_| Problem::BodyTooSlow)??;
        Ok(Self(value))
    }
}
