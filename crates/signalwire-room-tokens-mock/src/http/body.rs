//! Reads request bodies.

use super::head::{Head, ReadError, has_only_crlf};
use super::reader::RequestReader;

/// Maximum size of a request body. The largest valid body is a few kilobytes: two metadata objects of 2000
/// characters each and 44 permission names.
const MAX_BODY: usize = 1024 * 1024;
/// Maximum length of a chunk size line, including extensions, and of the trailer section.
const MAX_CHUNK_LINE: usize = 4096;

/// The framing of a request body.
pub(super) enum BodyLength {
    Known(usize),
    Chunked,
}

impl BodyLength {
    /// Determines how the request body ends. Rejects contradictory headers, because different parsers could
    /// interpret them differently.
    pub(super) fn of(head: &Head) -> Result<Self, ReadError> {
        let mut codings = head.values("transfer-encoding");
        let mut lengths = head.values("content-length");
        match (codings.next(), lengths.next()) {
            (None, None) => Ok(Self::Known(0)),
            // HTTP/1.0 doesn't support transfer codings (RFC 9112, section 6.1).
            (Some(_), _) if head.is_http_1_0 => Err(ReadError::malformed()),
            (Some(coding), None) if coding.eq_ignore_ascii_case("chunked") && codings.next().is_none() => {
                Ok(Self::Chunked)
            }
            (Some(_), None) => Err(ReadError::Rejected(501, None)),
            (None, Some(length)) if lengths.all(|other| other == length) => known(length),
            _ => Err(ReadError::malformed()),
        }
    }
}

fn known(length: &str) -> Result<BodyLength, ReadError> {
    // `parse` would accept a leading `+`.
    if length.is_empty() || !length.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ReadError::malformed());
    }
    match length.parse() {
        Ok(length) if length <= MAX_BODY => Ok(BodyLength::Known(length)),
        _ => Err(too_large()),
    }
}

fn too_large() -> ReadError {
    ReadError::Rejected(413, None)
}

impl RequestReader {
    pub(super) async fn read_sized(&mut self, length: usize) -> Result<Vec<u8>, ReadError> {
        while self.buffer.len() < length {
            self.fill().await?;
        }
        Ok(self.buffer.drain(..length).collect())
    }

    pub(super) async fn read_chunked(&mut self) -> Result<Vec<u8>, ReadError> {
        let mut body = Vec::new();
        loop {
            let size = self.read_chunk_size().await?;
            if size > MAX_BODY - body.len() {
                return Err(too_large());
            }
            if size == 0 {
                self.skip_trailers().await?;
                return Ok(body);
            }
            body.extend(self.read_sized(size).await?);
            if self.read_sized(2).await? != b"\r\n" {
                return Err(ReadError::malformed());
            }
        }
    }

    async fn read_chunk_size(&mut self) -> Result<usize, ReadError> {
        loop {
            match httparse::parse_chunk_size(&self.buffer) {
                Ok(httparse::Status::Complete((line, size))) => {
                    self.take_lines(line)?;
                    return usize::try_from(size).map_err(|_| too_large());
                }
                Ok(httparse::Status::Partial) if self.buffer.len() <= MAX_CHUNK_LINE => self.fill().await?,
                _ => return Err(ReadError::malformed()),
            }
        }
    }

    async fn skip_trailers(&mut self) -> Result<(), ReadError> {
        loop {
            let mut headers = [httparse::EMPTY_HEADER; 16];
            match httparse::parse_headers(&self.buffer, &mut headers) {
                Ok(httparse::Status::Complete((length, _))) => return self.take_lines(length),
                Ok(httparse::Status::Partial) if self.buffer.len() <= MAX_CHUNK_LINE => self.fill().await?,
                _ => return Err(ReadError::malformed()),
            }
        }
    }

    /// Removes `length` bytes from the buffer. Returns an error if a line doesn't end with CRLF.
    fn take_lines(&mut self, length: usize) -> Result<(), ReadError> {
        let lines: Vec<u8> = self.buffer.drain(..length).collect();
        has_only_crlf(&lines)
            .then_some(())
            .ok_or_else(ReadError::malformed)
    }
}
