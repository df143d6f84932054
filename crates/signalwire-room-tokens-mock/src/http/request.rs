//! Reads requests, enforcing size limits.

use tokio::io::AsyncWriteExt;

use super::body::BodyLength;
use super::head::{Head, ReadError, parse_head};
use super::reader::RequestReader;

/// Maximum total size of the request line and headers.
const MAX_HEAD: usize = 64 * 1024;

impl RequestReader {
    /// Reads a complete request.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection ends early, or if the request is too large or is not HTTP/1.x.
    pub(crate) async fn read(&mut self) -> Result<(Head, Vec<u8>), ReadError> {
        let head = self.read_head().await?;
        match self.read_body(&head).await {
            Ok(body) => Ok((head, body)),
            Err(ReadError::Rejected(status, _)) => Err(ReadError::Rejected(status, Some(head))),
            Err(gone) => Err(gone),
        }
    }

    async fn read_head(&mut self) -> Result<Head, ReadError> {
        loop {
            let parsed = parse_head(&self.buffer)?;
            let length = parsed.as_ref().map_or(self.buffer.len(), |(_, length)| *length);
            // Check the limit here too, because an entire request head may arrive in one read.
            if length > MAX_HEAD {
                return Err(ReadError::Rejected(431, None));
            }
            if let Some((head, length)) = parsed {
                self.buffer.drain(..length);
                return Ok(head);
            }
            self.fill().await?;
        }
    }

    async fn read_body(&mut self, head: &Head) -> Result<Vec<u8>, ReadError> {
        let length = BodyLength::of(head)?;
        let expected = head
            .values("expect")
            .any(|value| value.eq_ignore_ascii_case("100-continue"));
        if expected && self.buffer.is_empty() {
            self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await?;
        }
        match length {
            BodyLength::Known(length) => self.read_sized(length).await,
            BodyLength::Chunked => self.read_chunked().await,
        }
    }
}
