//! Delivery of complete and faulty responses.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::http::{Framing, Response, closes};
use crate::reply::{Break, Delivery, Stage};

/// A block of an endless body. It contains only spaces, so that JSON sent before it stays valid.
const ENDLESS_BLOCK: [u8; 16 * 1024] = [b' '; 16 * 1024];
/// Maximum time to wait for the client to disconnect after closing the write side.
const LINGER: Duration = Duration::from_secs(2);

/// An encoded response.
pub(crate) struct Message {
    head: Vec<u8>,
    body: Vec<u8>,
    /// `true` if the connection closes after this message.
    pub(crate) closes: bool,
}

impl Message {
    /// Encodes `response` with the framing required by `delivery`.
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

    /// Creates a message from raw bytes, after which the connection closes.
    pub(crate) fn raw(bytes: Vec<u8>) -> Self {
        Self {
            head: bytes,
            body: Vec::new(),
            closes: true,
        }
    }

    /// Removes the body, as required for HEAD responses.
    pub(crate) fn without_body(self) -> Self {
        Self {
            body: Vec::new(),
            ..self
        }
    }

    /// Returns the bytes to send before the fault at `stage`.
    fn bytes_until(mut self, stage: Stage) -> Vec<u8> {
        match stage {
            Stage::Request | Stage::Answer => return Vec::new(),
            Stage::Headers => {
                self.head.truncate(self.head.len() / 2);
                return self.head;
            }
            Stage::Body => self.body.truncate(self.body.len() / 2),
            Stage::End => {}
        }
        self.into_bytes()
    }

    fn into_bytes(mut self) -> Vec<u8> {
        self.head.append(&mut self.body);
        self.head
    }
}

/// The next step for the connection after a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NextStep {
    Keep,
    /// Keep the connection open, but close it when the next request arrives.
    Stale,
    End(Break),
}

/// Sends `message` as specified by `delivery`.
///
/// # Errors
///
/// Returns an error if the client disconnects, which is the only way an endless delivery ends.
pub(crate) async fn deliver(
    stream: &mut TcpStream,
    message: Message,
    delivery: Delivery,
) -> io::Result<NextStep> {
    match delivery {
        Delivery::Complete => stream
            .write_all(&message.into_bytes())
            .await
            .map(|()| NextStep::Keep),
        Delivery::CompleteThenStale => stream
            .write_all(&message.into_bytes())
            .await
            .map(|()| NextStep::Stale),
        Delivery::Broken(how, stage) => stream
            .write_all(&message.bytes_until(stage))
            .await
            .map(|()| NextStep::End(how)),
        Delivery::Drip {
            bytes,
            interval,
            body_only,
        } => {
            let Message { head, body, .. } = message;
            let (immediate, dripped) = if body_only {
                (head, body)
            } else {
                (Vec::new(), [head, body].concat())
            };
            stream.write_all(&immediate).await?;
            drip(stream, &dripped, bytes, interval)
                .await
                .map(|()| NextStep::Keep)
        }
        Delivery::EndlessBody => {
            stream.write_all(&message.into_bytes()).await?;
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

async fn drip(stream: &mut TcpStream, bytes: &[u8], piece_size: usize, interval: Duration) -> io::Result<()> {
    for piece in bytes.chunks(piece_size.max(1)) {
        sleep(interval).await;
        stream.write_all(piece).await?;
    }
    Ok(())
}

async fn repeat(stream: &mut TcpStream, block: &[u8]) -> io::Result<NextStep> {
    loop {
        stream.write_all(block).await?;
    }
}

fn chunk(data: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", data.len()).as_bytes(), data, b"\r\n"].concat()
}

/// Ends the connection as specified by `how`.
pub(crate) async fn end(mut stream: TcpStream, how: Break) {
    match how {
        Break::Close => close(&mut stream).await,
        Break::Reset => {
            // If the option can't be set, the connection closes normally instead.
            let _ = stream.set_zero_linger();
        }
        Break::Hang => drain(&mut stream).await,
    }
}

/// Shuts down the write side, then waits for the client to disconnect. Closing immediately could reset the
/// connection while the client is still sending, and the client would lose the response.
async fn close(stream: &mut TcpStream) {
    if stream.shutdown().await.is_ok() {
        // The connection is dropped either way.
        let _ = timeout(LINGER, drain(stream)).await;
    }
}

/// Reads and discards data until the client disconnects.
async fn drain(stream: &mut TcpStream) {
    let mut scratch = [0; 4096];
    while matches!(stream.read(&mut scratch).await, Ok(1..)) {}
}
