//! The addresses, and what holds for all of them.

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use tokio::time::timeout;
use tower_http::trace::{DefaultOnResponse, TraceLayer};
use tracing::{Level, Span};

use crate::app::App;
use crate::local_only::local_only;
use crate::problem::Problem;
use crate::{headers, page, sign_in, tokens};

/// How large a request may be, in bytes: all permissions there are take a tenth of it.
const MAX_BODY: usize = 16 * 1024;

/// The service as a router.
pub fn router(app: App) -> Router {
    let mut router = Router::new()
        .route("/rooms/{room}/tokens", post(tokens::create))
        .route("/health", get(health));
    if app.has_demo_sign_in {
        router = router.route("/session", post(sign_in::begin));
    }
    let is_local_only = app.is_local_only;
    let mut router = router
        .merge(page::routes())
        .fallback(async || Problem::NotHere(StatusCode::NOT_FOUND))
        .method_not_allowed_fallback(async || Problem::NotHere(StatusCode::METHOD_NOT_ALLOWED))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn_with_state(app.clone(), in_time));
    if is_local_only {
        router = router.layer(middleware::from_fn(local_only));
    }
    headers::on_all(router)
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_response(DefaultOnResponse::new().level(Level::INFO)),
        )
        .with_state(app)
}

async fn in_time(State(app): State<App>, request: Request, next: Next) -> Response {
    timeout(app.limits.request, next.run(request))
        .await
        .unwrap_or_else(|_| Problem::TooSlow.into_response())
}

/// For a load balancer. It says that the service runs, not that SignalWire can be reached: a restart would not mend that.
async fn health() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// The route and not the address: who joins which room is nobody's business who reads logs.
fn span(request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    tracing::info_span!("request", method = method(request), route)
}

/// The method to log. HTTP allows methods of any length, so unknown ones are `OTHER`.
fn method(request: &Request) -> &str {
    match *request.method() {
        Method::CONNECT
        | Method::DELETE
        | Method::GET
        | Method::HEAD
        | Method::OPTIONS
        | Method::PATCH
        | Method::POST
        | Method::PUT
        | Method::TRACE => request.method().as_str(),
        _ => "OTHER",
    }
}
