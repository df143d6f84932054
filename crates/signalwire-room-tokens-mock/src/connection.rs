//! The request loop of a connection.

use std::sync::Arc;

use tokio::net::TcpStream;
use tokio::time::sleep;

use crate::delivery::{Message, NextStep, deliver, end};
use crate::endpoint::rejected;
use crate::http::{Head, ReadError, RequestReader, Response, http_date};
use crate::received::ReceivedRequest;
use crate::reply::{Base, Break, Delivery, Reply};
use crate::shared::Shared;

/// Serves requests from `stream` until the connection closes.
pub(crate) async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    // Disable Nagle's algorithm so that partial responses are sent immediately.
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let mut reader = RequestReader::new(stream);
    let mut stale = false;
    while reader.wait().await {
        // A request on a stale connection doesn't consume a scripted reply.
        let unread = if stale { None } else { shared.script.take_unread() };
        let next_step = match unread {
            Some(how) => NextStep::End(how),
            None => exchange(&mut reader, &shared, stale).await,
        };
        match next_step {
            NextStep::Keep => {}
            NextStep::Stale => stale = true,
            NextStep::End(how) => return end(reader.stream, how).await,
        }
    }
}

/// Reads and records a request, then responds to it.
async fn exchange(reader: &mut RequestReader, shared: &Shared, stale: bool) -> NextStep {
    let (head, body) = match reader.read().await {
        Ok(request) => request,
        Err(ReadError::Io) => return NextStep::End(Break::Close),
        Err(ReadError::Rejected(status, head)) => return reject(reader, shared, status, head).await,
    };
    let keep_alive = head.keep_alive;
    let request = ReceivedRequest::new(head, body);
    shared.record(request.clone());
    if stale {
        return NextStep::End(Break::Close);
    }
    let reply = shared.script.next(&request);
    // Even a zero-length sleep takes a millisecond, because that is the timer's resolution.
    if !reply.delay.is_zero() {
        sleep(reply.delay).await;
    }
    let message = message(&reply, &request, shared);
    let keep_alive = keep_alive && !message.closes;
    match deliver(&mut reader.stream, message, reply.delivery).await {
        Ok(NextStep::Keep | NextStep::Stale) if !keep_alive => NextStep::End(Break::Close),
        Ok(next_step) => next_step,
        Err(_client_left) => NextStep::End(Break::Close),
    }
}

/// Responds to a request that could not be read completely. Closes the connection because the start of the
/// next request can't be determined.
async fn reject(reader: &mut RequestReader, shared: &Shared, status: u16, head: Option<Head>) -> NextStep {
    if let Some(head) = head {
        shared.record(ReceivedRequest::new(head, Vec::new()));
    }
    let response = with_common_headers(rejected(status).with("connection", "close"), shared);
    let message = Message::new(response, Delivery::Complete);
    // The client may already have disconnected.
    let _ = deliver(&mut reader.stream, message, Delivery::Complete).await;
    NextStep::End(Break::Close)
}

fn message(reply: &Reply, request: &ReceivedRequest, shared: &Shared) -> Message {
    let response = match &reply.base {
        Base::Raw(bytes) => return Message::raw(bytes.clone()),
        Base::Status(status) => Response::new(*status),
        Base::Real => shared.endpoint.respond(request, shared.clock, &shared.random),
    };
    let message = Message::new(
        with_common_headers(reply.apply_to(response), shared),
        reply.delivery,
    );
    let is_real_head = request.method() == "HEAD" && matches!(reply.base, Base::Real);
    if is_real_head {
        message.without_body()
    } else {
        message
    }
}

/// Adds the headers common to all of the server's responses.
fn with_common_headers(response: Response, shared: &Shared) -> Response {
    let response = response.or_with("x-request-id", shared.random.uuid());
    match http_date(shared.clock.unix_seconds()) {
        Some(date) => response.or_with("date", date),
        None => response,
    }
}
