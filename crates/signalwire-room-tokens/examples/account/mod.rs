//! The account that the examples use: yours if the environment names one, else a mock. A program of your own calls
//! `Client::from_env()` and needs nothing of this.

use std::error::Error;

use signalwire_room_tokens::{Client, ClientBuilder, env};
use signalwire_room_tokens_mock::blocking::MockServer;

/// Settings of a client, and the mock that they lead to, if they do. The mock ends when it is dropped.
///
/// A mock is used with `--mock` among the arguments, and where no credentials are set at all: one that is missing
/// among others is a mistake that should be told.
pub(crate) fn choose() -> Result<(ClientBuilder, Option<MockServer>), Box<dyn Error>> {
    let is_unset = |name: &str| std::env::var_os(name).is_none();
    let wants_mock = std::env::args().any(|argument| argument == "--mock");
    if !wants_mock && !env::VARIABLES.into_iter().all(is_unset) {
        return Ok((Client::builder().from_env()?, None));
    }
    eprintln!("a mock mints the tokens; SignalWire does not accept them");
    let mock = MockServer::start()?;
    let settings = Client::builder()
        .space(mock.base_url())
        .project_id(mock.project_id())
        .api_token(mock.api_token());
    Ok((settings, Some(mock)))
}
