//! The web page that joins a room. It consists of the files in `web` and SignalWire's browser SDK.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use axum::{Json, Router};
use serde::Serialize;
use signalwire_room_tokens::PermissionSet;

use crate::directory::Directory;
use crate::roles::Role;
use crate::settings::Settings;

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// The settings-dependent parts of the page.
pub(crate) struct Page {
    about: About,
    sdk: Option<axum::body::Bytes>,
}

/// The contents of `/about.json`.
#[derive(Clone, Debug, Serialize)]
struct About {
    mock: bool,
    sign_in: bool,
    sdk: bool,
    /// The permissions of each role.
    roles: BTreeMap<Role, PermissionSet>,
    /// The rooms and members to offer on the sign-in form. Present only with a mock server, since its tokens grant no
    /// access.
    #[serde(skip_serializing_if = "Option::is_none")]
    rooms: Option<Directory>,
}

impl Page {
    pub(crate) fn new(settings: &Settings, directory: &Directory) -> Self {
        let sdk = std::fs::read(&settings.sdk)
            .inspect_err(|error| {
                tracing::warn!(
                    file = %settings.sdk.display(),
                    %error,
                    "failed to read the browser SDK, so the page can't join rooms"
                );
            })
            .ok();
        Self {
            about: About {
                mock: settings.mock,
                sign_in: settings.has_demo_sign_in(),
                sdk: sdk.is_some(),
                roles: Role::ALL.map(|role| (role, role.ceiling())).into(),
                rooms: settings.mock.then(|| directory.clone()),
            },
            sdk: sdk.map(Into::into),
        }
    }
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Page").field(&self.about).finish()
    }
}

/// Returns the page's routes, for a router with any state type.
pub(crate) fn routes<S>(page: Arc<Page>) -> Router<S> {
    Router::new()
        .route("/", file(HTML, include_str!("../web/index.html")))
        .route("/page.css", file(CSS, include_str!("../web/page.css")))
        .route("/page.js", file(JAVASCRIPT, include_str!("../web/page.js")))
        .route("/service.js", file(JAVASCRIPT, include_str!("../web/service.js")))
        .route("/token.js", file(JAVASCRIPT, include_str!("../web/token.js")))
        .route("/room.js", file(JAVASCRIPT, include_str!("../web/room.js")))
        .route("/sdk.js", get(sdk))
        .route("/about.json", get(about))
        .with_state(page)
}

fn file(content_type: &'static str, text: &'static str) -> MethodRouter<Arc<Page>> {
    get(move || async move { ([(CONTENT_TYPE, content_type)], text) })
}

async fn sdk(State(page): State<Arc<Page>>) -> Response {
    match &page.sdk {
        Some(sdk) => ([(CONTENT_TYPE, JAVASCRIPT)], sdk.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn about(State(page): State<Arc<Page>>) -> Json<About> {
    Json(page.about.clone())
}
