//! The account used by the examples: either a real account, configured through environment variables, or a mock server.
//! Your own program can call `Client::from_env()` instead.

use std::error::Error;

use signalwire_room_tokens::{Client, ClientBuilder, env};
use signalwire_room_tokens_mock::blocking::MockServer;

/// Returns a client builder and, unless it uses a real account, the mock server it connects to. Dropping the
/// server stops it.
///
/// Uses a mock server if `--mock` is passed or if no credentials are set.
///
/// # Errors
///
/// Returns an error if some credentials are missing or invalid.
pub(crate) fn from_env_or_mock() -> Result<(ClientBuilder, Option<MockServer>), Box<dyn Error>> {
    let is_unset = |name: &str| std::env::var_os(name).is_none();
    let wants_mock = std::env::args().any(|argument| argument == "--mock");
    if !wants_mock && !env::VARIABLES.into_iter().all(is_unset) {
        return Ok((Client::builder().from_env()?, None));
    }
    eprintln!("using a mock server; SignalWire rejects its tokens");
    let mock = MockServer::start()?;
    let settings = Client::builder()
        .space(mock.base_url())
        .project_id(mock.project_id())
        .api_token(mock.api_token());
    Ok((settings, Some(mock)))
}
