//! The client as one more part of the state that a web application has already: no middleware, no layer.
//!
//! ```sh
//! cargo run -p signalwire-room-tokens --example app_state
//! curl -X POST http://127.0.0.1:PORT/meetings/1/join
//! ```
//!
//! A whole service, with users, roles, limits and a page, is in the folder `crates/token-service`. Without
//! SignalWire's credentials in the environment, or with `--mock`, it uses a mock.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

mod account;

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{FromRef, Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use signalwire_room_tokens::{Client, ErrorKind, RoomName};
use tokio::net::TcpListener;

/// What the application knew before it had video.
type Meetings = Arc<HashMap<u32, &'static str>>;

/// The state of the application. `FromRef` lets each handler take the part that it needs.
#[derive(Clone, FromRef)]
struct AppState {
    meetings: Meetings,
    // The one new line; all clones share their connections.
    room_tokens: Client,
}

/// A handler from before: it is not touched.
async fn title(State(meetings): State<Meetings>, Path(id): Path<u32>) -> Result<&'static str, StatusCode> {
    meetings.get(&id).copied().ok_or(StatusCode::NOT_FOUND)
}

/// The new handler.
async fn join(
    State(meetings): State<Meetings>,
    State(room_tokens): State<Client>,
    Path(id): Path<u32>,
) -> Result<String, (StatusCode, &'static str)> {
    let title = meetings
        .get(&id)
        .ok_or((StatusCode::NOT_FOUND, "There is no such meeting."))?;
    let token = room_tokens
        // Any text makes a name for the room, the same text always the same.
        .room_token(RoomName::slug(title))
        .room_display_name(*title)
        .valid_for(Duration::from_secs(5 * 60))
        .create()
        .await
        .map_err(|error| {
            eprintln!("{error}"); // for the log
            (status(error.kind()), error.public_message()) // for the participant
        })?;
    Ok(token.into_string())
}

/// The status for the participant: SignalWire's own is about the request of this service.
fn status(kind: ErrorKind) -> StatusCode {
    match kind {
        ErrorKind::InvalidRequest | ErrorKind::Rejected => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::RateLimited => StatusCode::SERVICE_UNAVAILABLE,
        ErrorKind::Timeout => StatusCode::GATEWAY_TIMEOUT,
        ErrorKind::Connect | ErrorKind::Server | ErrorKind::UnexpectedResponse => StatusCode::BAD_GATEWAY,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (settings, _mock) = account::choose()?;
    let state = AppState {
        meetings: Arc::new(HashMap::from([(1, "Équipe A: point du lundi")])),
        room_tokens: settings.build()?,
    };
    let app = Router::new()
        .route("/meetings/{id}", get(title))
        .route("/meetings/{id}/join", post(join))
        .with_state(state);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
