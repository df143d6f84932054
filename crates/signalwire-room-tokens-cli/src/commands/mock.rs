//! The `room-token mock` command.

use std::io::{self, Write as _};

use serde_json::Value;
use signalwire_room_tokens::env;
use signalwire_room_tokens_mock::MockServer;

use crate::args::MockArgs;
use crate::exit::{Exit, Failure};
use crate::output;

pub(crate) async fn run(args: &MockArgs) -> Result<Exit, Failure> {
    // Don't record requests: nothing reads them, and a long-running server would run out of memory.
    let server = MockServer::builder()
        .port(args.port)
        .max_recorded_requests(0)
        .start()
        .await;
    let server = server
        .map_err(|error| Failure::new(Exit::Local, format!("failed to start the mock server: {error}")))?;
    // Poll the signal first so that its handler is installed before the server is announced.
    tokio::try_join!(tokio::signal::ctrl_c(), async { announce(&server, args.json) })?;
    server.shutdown().await;
    Ok(Exit::Success)
}

fn announce(server: &MockServer, as_json: bool) -> io::Result<()> {
    let variables = [
        // SignalWire's SDKs require a host without a scheme, and use plain HTTP for loopback addresses.
        (env::SPACE, server.addr().to_string()),
        (env::PROJECT_ID, server.project_id().to_owned()),
        (env::API_TOKEN, server.api_token().to_owned()),
    ];
    let mut out = io::stdout().lock();
    if as_json {
        let object: Value = variables.into_iter().collect();
        writeln!(out, "{object}")?;
    } else {
        for (name, value) in variables {
            writeln!(out, "{name}={value}")?;
        }
    }
    out.flush()?;
    output::note("mock server running; SignalWire rejects its tokens; press Ctrl-C to stop");
    Ok(())
}
