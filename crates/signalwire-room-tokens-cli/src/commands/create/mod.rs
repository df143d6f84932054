//! The `room-token create` command.

mod check;
mod many;
mod rows;

use std::io::{self, Write as _};

use serde_json::json;
use signalwire_room_tokens::{Client, RoomTokenRequest};
use signalwire_room_tokens_mock::MockServer;

use crate::args::CreateArgs;
use crate::exit::{Exit, Failure};
use crate::output;

pub(crate) async fn run(args: &CreateArgs) -> Result<Exit, Failure> {
    let requests = requests(args)?;
    check::all(&requests, args)?;
    if args.dry_run {
        let mut out = io::stdout().lock();
        requests
            .iter()
            .try_for_each(|request| output::json_line(&mut out, request))?;
        return Ok(Exit::Success);
    }
    if !args.mock {
        return send(&args.connection.client()?, requests, args).await;
    }
    let server = MockServer::builder().max_recorded_requests(0).start().await;
    let server = server
        .map_err(|error| Failure::new(Exit::Local, format!("failed to start the mock server: {error}")))?;
    let exit = send(&args.connection.client_for(&server)?, requests, args).await?;
    output::note("minted by a mock server; SignalWire rejects mock tokens");
    Ok(exit)
}

fn requests(args: &CreateArgs) -> Result<Vec<RoomTokenRequest>, Failure> {
    let template = args.request.request(args.room.as_deref().unwrap_or_default());
    let template = template.map_err(Failure::usage)?;
    match (&args.many.from, args.many.count) {
        (Some(path), _) => rows::requests(path, &template),
        (None, Some(count)) => Ok(std::iter::repeat_n(template, count as usize).collect()),
        (None, None) => Ok(vec![template]),
    }
}

async fn send(
    client: &Client,
    mut requests: Vec<RoomTokenRequest>,
    args: &CreateArgs,
) -> Result<Exit, Failure> {
    let is_single = args.many.from.is_none() && args.many.count.is_none();
    let single = if is_single { requests.pop() } else { None };
    let Some(request) = single else {
        return many::send(client, requests, args).await;
    };
    let mut call = client.call(request);
    if args.skip_validation {
        call = call.skip_validation();
    }
    if args.fail_on_mismatch {
        call = call.fail_on_mismatch();
    }
    let token = call.create().await?;
    let mut out = io::stdout().lock();
    if args.json {
        output::json_line(&mut out, &json!({ "token": token.expose() }))?;
    } else {
        writeln!(out, "{}", token.expose())?;
        out.flush()?;
    }
    Ok(Exit::Success)
}
