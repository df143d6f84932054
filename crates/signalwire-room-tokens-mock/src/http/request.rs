//! Reads one request after the other from a connection, strictly and within limits.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::body::BodyLength;

/// A request's line and headers may take this much.
const MAX_HEAD: usize = 64 * 1024;
/// Most requests have a dozen headers; more than this is a mistake worth an answer.
const MAX_HEADERS: usize = 100;
/// The largest body that is read. A valid one is a few kilobytes: two metas of 2000 characters, 44 names.
pub(super) const MAX_BODY: usize = 1024 * 1024;

/// Request line and headers, names in lower case.
#[derive(Clone)]
pub(crate) struct Head {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    /// True for `HTTP/1.0`, false for `HTTP/1.1`.
    pub(super) is_http_1_0: bool,
    /// Whether the connection may serve another request after this one.
    pub(crate) keep_alive: bool,
}

impl Head {
    /// All values of the header `name` (in lower case).
    pub(crate) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Why a request could not be read.
pub(crate) enum ReadError {
    /// The connection is gone.
    Io,
    /// The request is refused with this status before it was complete; its head, when that was readable.
    Refused(u16, Option<Head>),
}

impl From<io::Error> for ReadError {
    fn from(_: io::Error) -> Self {
        Self::Io
    }
}

impl ReadError {
    pub(super) fn malformed() -> Self {
        Self::Refused(400, None)
    }
}

/// A connection and what has been read from it but not yet used.
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

    /// Waits for the first byte of a request without taking it off the socket; `false` when the client left.
    pub(crate) async fn wait(&self) -> bool {
        if !self.buffer.is_empty() {
            return true;
        }
        matches!(self.stream.peek(&mut [0]).await, Ok(1))
    }

    /// Reads one whole request.
    ///
    /// # Errors
    ///
    /// When the connection ends early, or the request is not HTTP/1.x or too large.
    pub(crate) async fn read(&mut self) -> Result<(Head, Vec<u8>), ReadError> {
        let head = self.read_head().await?;
        match self.read_body(&head).await {
            Ok(body) => Ok((head, body)),
            Err(ReadError::Refused(status, _)) => Err(ReadError::Refused(status, Some(head))),
            Err(gone) => Err(gone),
        }
    }

    async fn read_head(&mut self) -> Result<Head, ReadError> {
        loop {
            let parsed = parse_head(&self.buffer)?;
            let length = parsed.as_ref().map_or(self.buffer.len(), |(_, length)| *length);
            // However the network has cut it.
            if length > MAX_HEAD {
                return Err(ReadError::Refused(431, None));
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

    /// Reads more bytes from the socket; the end of the stream within a request is an error.
    pub(super) async fn fill(&mut self) -> Result<(), ReadError> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(ReadError::Io),
            _ => Ok(()),
        }
    }
}

/// The head at the start of `buffer` and its length in bytes; `None` while it is incomplete.
fn parse_head(buffer: &[u8]) -> Result<Option<(Head, usize)>, ReadError> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let length = match request.parse(buffer) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(ReadError::Refused(431, None)),
        Err(_) => return Err(ReadError::malformed()),
    };
    if !has_only_crlf(buffer.get(..length).unwrap_or_default()) {
        return Err(ReadError::malformed());
    }
    let (Some(method), Some(target), Some(minor)) = (request.method, request.path, request.version) else {
        return Err(ReadError::malformed());
    };
    let mut head = Head {
        method: method.to_owned(),
        target: target.to_owned(),
        headers: request.headers.iter().map(owned_header).collect(),
        is_http_1_0: minor == 0,
        keep_alive: true,
    };
    // RFC 9112, section 3.2.
    let hosts = head.values("host").count();
    if hosts > 1 || (hosts == 0 && !head.is_http_1_0) {
        return Err(ReadError::malformed());
    }
    head.keep_alive = !head.is_http_1_0 && !closes(head.values("connection"));
    Ok(Some((head, length)))
}

/// Returns true if every line ends with CRLF. `httparse` also accepts a bare LF, which lets two readers split a request
/// differently.
pub(super) fn has_only_crlf(bytes: &[u8]) -> bool {
    bytes
        .split_inclusive(|&byte| byte == b'\n')
        .all(|line| line.ends_with(b"\r\n"))
}

/// Whether a header `Connection`, which is a list, ends the connection.
pub(crate) fn closes<'a>(mut values: impl Iterator<Item = &'a str>) -> bool {
    values.any(|value| {
        value
            .split(',')
            .any(|option| option.trim().eq_ignore_ascii_case("close"))
    })
}

fn owned_header(header: &httparse::Header<'_>) -> (String, String) {
    (
        header.name.to_ascii_lowercase(),
        String::from_utf8_lossy(header.value).into_owned(),
    )
}
