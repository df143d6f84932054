//! Buffered reading from a connection.

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

use super::head::ReadError;

/// A connection with a buffer of unprocessed bytes.
pub(crate) struct RequestReader {
    pub(crate) stream: TcpStream,
    pub(super) buffer: Vec<u8>,
}

impl RequestReader {
    pub(crate) fn new(stream: TcpStream) -> Self {
        Self {
            stream,
            buffer: Vec::new(),
        }
    }

    /// Waits for the first byte of a request without consuming it. Returns `false` if the client
    /// disconnected.
    pub(crate) async fn wait(&self) -> bool {
        if !self.buffer.is_empty() {
            return true;
        }
        matches!(self.stream.peek(&mut [0]).await, Ok(1))
    }

    /// Reads more bytes from the socket. Returns an error at the end of the stream.
    pub(super) async fn fill(&mut self) -> Result<(), ReadError> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(ReadError::Io),
            _ => Ok(()),
        }
    }
}
