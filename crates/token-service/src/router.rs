//! The service's routes and their shared middleware.

use std::sync::Arc;

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

/// Maximum size of a request body, in bytes. A request for all known permissions needs only a tenth of this.
const MAX_BODY: usize = 16 * 1024;

/// Returns the router for the service.
pub fn router(app: App) -> Router {
    let mut router = Router::new()
        .route("/rooms/{room}/tokens", post(tokens::create))
        .route("/health", get(health));
    if app.has_demo_sign_in {
        router = router.route("/session", post(sign_in::begin));
    }
    let is_local_only = app.is_local_only;
    let mut router = router
        .merge(page::routes(Arc::clone(&app.page)))
        .fallback(async || Problem::NoSuchRoute)
        .method_not_allowed_fallback(async || Problem::MethodNotAllowed)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn_with_state(app.clone(), with_time_limit));
    if is_local_only {
        router = router.layer(middleware::from_fn(local_only));
    }
    headers::add_to_responses(router)
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_response(DefaultOnResponse::new().level(Level::INFO)),
        )
        .with_state(app)
}

async fn with_time_limit(State(app): State<App>, request: Request, next: Next) -> Response {
    timeout(app.limits.request, next.run(request))
        .await
        .unwrap_or_else(|_| Problem::TooSlow.into_response())
}

/// Handles health checks from load balancers. Doesn't check that SignalWire is reachable, because restarting the service
/// wouldn't fix that.
async fn health() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// Creates the tracing span for a request. Records the route rather than the path, so that room names don't appear in
/// logs.
fn span(request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    tracing::info_span!("request", method = method(request), route)
}

/// Returns the method name to log. HTTP methods can have any length, so unknown methods are logged as `OTHER`.
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
