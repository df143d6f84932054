//! The routes of the service and the middleware for all of them.

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

/// The maximum size of a request body in bytes. A request for all known permissions needs a tenth of it.
const MAX_BODY: usize = 16 * 1024;

/// Returns the router of the service.
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

/// Reports to a load balancer that the service is running. Doesn't check whether SignalWire is reachable, because
/// restarting the service wouldn't fix that.
async fn health() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// Creates the span of a request. Logs the route instead of the path, so that room names don't appear in logs.
fn span(request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    tracing::info_span!("request", method = method(request), route)
}

/// Returns the method to log. HTTP allows methods of any length, so unknown ones are logged as `OTHER`.
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
