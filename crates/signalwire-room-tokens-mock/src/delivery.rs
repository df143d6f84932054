//! Puts an answer on the wire, whole or broken.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::http::{Framing, Response, closes};
use crate::reply::{Break, Delivery, Stage};

/// What follows an endless body, block by block: spaces, so that JSON before them stays valid.
const ENDLESS_BLOCK: [u8; 16 * 1024] = [b' '; 16 * 1024];
/// A client that does not leave a closed connection is left after this time.
const LINGER: Duration = Duration::from_secs(2);

/// An answer's bytes.
pub(crate) struct Message {
    head: Vec<u8>,
    body: Vec<u8>,
    /// Whether the connection ends with it.
    pub(crate) closes: bool,
}

impl Message {
    /// The bytes of `response`, framed as `delivery` needs it.
    pub(crate) fn new(response: Response, delivery: Delivery) -> Self {
        let framing = match delivery {
            Delivery::EndlessBody => Framing::UntilClose,
            Delivery::EndlessChunks => Framing::Chunked,
            _ => Framing::Length,
        };
        let closes = closes(response.values("connection"));
        Self {
            head: response.head(framing),
            body: response.body,
            closes,
        }
    }

    /// Bytes that are no response, after which no further one could follow.
    pub(crate) fn raw(bytes: Vec<u8>) -> Self {
        Self {
            head: bytes,
            body: Vec::new(),
            closes: true,
        }
    }

    /// Keeps the head alone, as an answer to HEAD must.
    pub(crate) fn without_body(self) -> Self {
        Self {
            body: Vec::new(),
            ..self
        }
    }

    /// What has been sent when `stage` is reached.
    fn until(mut self, stage: Stage) -> Vec<u8> {
        match stage {
            Stage::Request | Stage::Answer => return Vec::new(),
            Stage::Headers => {
                self.head.truncate(self.head.len() / 2);
                return self.head;
            }
            Stage::Body => self.body.truncate(self.body.len() / 2),
            Stage::End => {}
        }
        self.whole()
    }

    fn whole(mut self) -> Vec<u8> {
        self.head.append(&mut self.body);
        self.head
    }
}

/// What becomes of the connection after a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Keep,
    /// Kept, but closed at the next request.
    Stale,
    End(Break),
}

/// Sends `message` as `delivery` says.
///
/// # Errors
///
/// When the client has left, which is how an endless delivery ends.
pub(crate) async fn deliver(
    stream: &mut TcpStream,
    message: Message,
    delivery: Delivery,
) -> io::Result<Fate> {
    match delivery {
        Delivery::Complete => stream.write_all(&message.whole()).await.map(|()| Fate::Keep),
        Delivery::CompleteThenStale => stream.write_all(&message.whole()).await.map(|()| Fate::Stale),
        Delivery::Broken(how, stage) => stream
            .write_all(&message.until(stage))
            .await
            .map(|()| Fate::End(how)),
        Delivery::Drip {
            bytes,
            interval,
            body_only,
        } => {
            let Message { head, body, .. } = message;
            let (at_once, slowly) = if body_only {
                (head, body)
            } else {
                (Vec::new(), [head, body].concat())
            };
            stream.write_all(&at_once).await?;
            drip(stream, &slowly, bytes, interval).await.map(|()| Fate::Keep)
        }
        Delivery::EndlessBody => {
            stream.write_all(&message.whole()).await?;
            repeat(stream, &ENDLESS_BLOCK).await
        }
        Delivery::EndlessChunks => {
            stream.write_all(&message.head).await?;
            if !message.body.is_empty() {
                stream.write_all(&chunk(&message.body)).await?;
            }
            repeat(stream, &chunk(&ENDLESS_BLOCK)).await
        }
        Delivery::EndlessInformational(status) => {
            repeat(stream, format!("HTTP/1.1 {status} \r\n\r\n").as_bytes()).await
        }
    }
}

async fn drip(stream: &mut TcpStream, bytes: &[u8], at_a_time: usize, interval: Duration) -> io::Result<()> {
    for piece in bytes.chunks(at_a_time.max(1)) {
        sleep(interval).await;
        stream.write_all(piece).await?;
    }
    Ok(())
}

async fn repeat(stream: &mut TcpStream, block: &[u8]) -> io::Result<Fate> {
    loop {
        stream.write_all(block).await?;
    }
}

fn chunk(data: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", data.len()).as_bytes(), data, b"\r\n"].concat()
}

/// Ends the connection.
pub(crate) async fn end(mut stream: TcpStream, how: Break) {
    match how {
        Break::Close => close(&mut stream).await,
        Break::Reset => {
            // Where the option is refused the connection is closed in the ordinary way: all one can do.
            let _ = stream.set_zero_linger();
        }
        Break::Hang => drain(&mut stream).await,
    }
}

/// Closes for writing, then waits for the client to leave: closing at once would turn into a reset, which
/// destroys what was sent, if the client is still sending.
async fn close(stream: &mut TcpStream) {
    if stream.shutdown().await.is_ok() {
        // Whether the client left by itself makes no difference any more.
        let _ = timeout(LINGER, drain(stream)).await;
    }
}

/// Reads until the client has left.
async fn drain(stream: &mut TcpStream) {
    let mut scratch = [0; 4096];
    while matches!(stream.read(&mut scratch).await, Ok(1..)) {}
}
