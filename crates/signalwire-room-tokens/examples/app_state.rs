//! Adds the client to a web application's existing state, without middleware or layers.
//!
//! ```sh
//! cargo run -p signalwire-room-tokens --example app_state
//! curl -X POST http://127.0.0.1:PORT/meetings/1/join
//! ```
//!
//! Uses a mock server if no SignalWire credentials are set or if `--mock` is passed. For a complete service
//! with users, roles, limits and a web page, see `crates/token-service`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program")]

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

/// The application's own data: meeting titles by ID.
type Meetings = Arc<HashMap<u32, &'static str>>;

/// The application state. With `FromRef`, each handler extracts only the part it needs.
#[derive(Clone, FromRef)]
struct AppState {
    meetings: Meetings,
    // The only new field. All clones share one connection pool.
    room_tokens: Client,
}

/// Returns the title of a meeting. This existing handler is unchanged.
async fn title(State(meetings): State<Meetings>, Path(id): Path<u32>) -> Result<&'static str, StatusCode> {
    meetings.get(&id).copied().ok_or(StatusCode::NOT_FOUND)
}

/// Mints a token for a meeting. This handler is new.
async fn join(
    State(meetings): State<Meetings>,
    State(room_tokens): State<Client>,
    Path(id): Path<u32>,
) -> Result<String, (StatusCode, &'static str)> {
    let title = meetings
        .get(&id)
        .ok_or((StatusCode::NOT_FOUND, "No such meeting."))?;
    let token = room_tokens
        // Converts any string to a valid room name. Equal strings produce equal names.
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

/// Returns the status to send to the participant. SignalWire's own status describes this service's request,
/// not the participant's.
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
    let (settings, _mock) = account::from_env_or_mock()?;
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
