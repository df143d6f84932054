//! `room-token mock`: the mock as a server.

use std::io::{self, Write as _};

use serde_json::Value;
use signalwire_room_tokens::env;
use signalwire_room_tokens_mock::MockServer;

use crate::args::MockArgs;
use crate::exit::{Exit, Failure};
use crate::output;

pub(crate) async fn run(args: &MockArgs) -> Result<Exit, Failure> {
    // Nobody looks at the requests, and the server may run for days.
    let server = MockServer::builder()
        .port(args.port)
        .max_recorded_requests(0)
        .start()
        .await;
    let server =
        server.map_err(|error| Failure::new(Exit::Local, format!("the mock cannot start: {error}")))?;
    // Ctrl-C first, so that it is heard before anybody can know that the server runs.
    tokio::try_join!(tokio::signal::ctrl_c(), async { announce(&server, args.json) })?;
    server.shutdown().await;
    Ok(Exit::Done)
}

fn announce(server: &MockServer, as_json: bool) -> io::Result<()> {
    let variables = [
        // A host without a scheme, which SignalWire's own SDKs take as well, with plain http as it is this machine's.
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
    output::note(
        "a mock of SignalWire's room-token endpoint is running; its tokens open nothing. Ctrl-C ends it",
    );
    Ok(())
}
