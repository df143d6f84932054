//! Mints tokens with SignalWire's own crate. The crate is blocking and can't trust additional certificates,
//! so only plain HTTP is measured.

use anyhow::{Context as _, Error, Result};
use bench_support::side::run_blocking;
use bench_support::workload::{PERMISSIONS, ROOM_NAME, USER_NAME};
use serde_json::json;
use signalwire::rest::client::RestClient;

fn main() -> Result<()> {
    run_blocking(
        |task| {
            RestClient::with_base_url(&task.project_id, &task.api_token, &task.base_url).map_err(Error::msg)
        },
        |client| {
            let request =
                json!({ "room_name": ROOM_NAME, "user_name": USER_NAME, "permissions": PERMISSIONS });
            let response = client.video().room_tokens().create(&request)?;
            let token = response.get("token").and_then(|token| token.as_str());
            Ok(token.context("the response contains no token")?.len())
        },
    )
}
