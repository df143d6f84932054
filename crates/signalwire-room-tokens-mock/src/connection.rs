//! One connection: requests in, answers out, until somebody has enough.

use std::sync::Arc;

use tokio::net::TcpStream;
use tokio::time::sleep;

use crate::delivery::{Fate, Message, deliver, end};
use crate::endpoint::refused;
use crate::http::{Head, ReadError, RequestReader, Response, http_date};
use crate::received::ReceivedRequest;
use crate::reply::{Base, Break, Delivery, Reply};
use crate::server::Shared;

/// Serves the requests that arrive on `stream`.
pub(crate) async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    // Half an answer must leave at once, not when the other half follows.
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let mut reader = RequestReader::new(stream);
    let mut stale = false;
    while reader.wait().await {
        // What comes on a stale connection takes nothing from the script.
        let unread = if stale { None } else { shared.script.take_unread() };
        let fate = match unread {
            Some(how) => Fate::End(how),
            None => exchange(&mut reader, &shared, stale).await,
        };
        match fate {
            Fate::Keep => {}
            Fate::Stale => stale = true,
            Fate::End(how) => return end(reader.stream, how).await,
        }
    }
}

/// Reads a request, records and answers it.
async fn exchange(reader: &mut RequestReader, shared: &Shared, stale: bool) -> Fate {
    let (head, body) = match reader.read().await {
        Ok(request) => request,
        Err(ReadError::Io) => return Fate::End(Break::Close),
        Err(ReadError::Refused(status, head)) => return refuse(reader, shared, status, head).await,
    };
    let keep_alive = head.keep_alive;
    let request = ReceivedRequest::new(head, body);
    shared.record(request.clone());
    if stale {
        return Fate::End(Break::Close);
    }
    let reply = shared.script.next(&request);
    sleep(reply.delay).await;
    let message = message(&reply, &request, shared);
    let keep_alive = keep_alive && !message.closes;
    match deliver(&mut reader.stream, message, reply.delivery).await {
        Ok(Fate::Keep | Fate::Stale) if !keep_alive => Fate::End(Break::Close),
        Ok(fate) => fate,
        Err(_client_left) => Fate::End(Break::Close),
    }
}

/// Answers what could not be read to its end; where the next request begins is then unknown.
async fn refuse(reader: &mut RequestReader, shared: &Shared, status: u16, head: Option<Head>) -> Fate {
    if let Some(head) = head {
        shared.record(ReceivedRequest::new(head, Vec::new()));
    }
    let response = decorated(refused(status).with("connection", "close"), shared);
    let message = Message::new(response, Delivery::Complete);
    // A client that has left cannot be told.
    let _ = deliver(&mut reader.stream, message, Delivery::Complete).await;
    Fate::End(Break::Close)
}

fn message(reply: &Reply, request: &ReceivedRequest, shared: &Shared) -> Message {
    let response = match &reply.base {
        Base::Raw(bytes) => return Message::raw(bytes.clone()),
        Base::Status(status) => Response::new(*status),
        Base::Real => shared.endpoint.answer(request, shared.clock, &shared.random),
    };
    let message = Message::new(decorated(reply.apply_to(response), shared), reply.delivery);
    let is_real_head = request.method() == "HEAD" && matches!(reply.base, Base::Real);
    if is_real_head {
        message.without_body()
    } else {
        message
    }
}

/// Adds what every response of the server carries.
fn decorated(response: Response, shared: &Shared) -> Response {
    let response = response.or_with("x-request-id", shared.random.uuid());
    match http_date(shared.clock.unix_seconds()) {
        Some(date) => response.or_with("date", date),
        None => response,
    }
}
