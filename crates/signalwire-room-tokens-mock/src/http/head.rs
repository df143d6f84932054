//! A strict parser for request heads: the request line and headers.

use std::io;

/// Maximum number of headers. Most requests have about a dozen.
const MAX_HEADERS: usize = 100;

/// A request line and headers. Header names are lowercase.
#[derive(Clone)]
pub(crate) struct Head {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    /// `true` for HTTP/1.0, `false` for HTTP/1.1.
    pub(super) is_http_1_0: bool,
    /// `true` if the connection can be reused for another request.
    pub(crate) keep_alive: bool,
}

impl Head {
    /// Returns all values of the header `name`, which must be given in lowercase.
    pub(crate) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The reason why a request could not be read.
pub(crate) enum ReadError {
    /// The connection was lost.
    Io,
    /// The request was rejected with this status before it was read completely. Includes the request head if
    /// it was read.
    Rejected(u16, Option<Head>),
}

impl From<io::Error> for ReadError {
    fn from(_: io::Error) -> Self {
        Self::Io
    }
}

impl ReadError {
    pub(super) fn malformed() -> Self {
        Self::Rejected(400, None)
    }
}

/// Parses the request head at the start of `buffer`. Returns it with its length in bytes, or `None` if it is
/// incomplete.
pub(super) fn parse_head(buffer: &[u8]) -> Result<Option<(Head, usize)>, ReadError> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let length = match request.parse(buffer) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(ReadError::Rejected(431, None)),
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
    // RFC 9112, section 3.2, requires exactly one `Host` header in HTTP/1.1 requests.
    let hosts = head.values("host").count();
    if hosts > 1 || (hosts == 0 && !head.is_http_1_0) {
        return Err(ReadError::malformed());
    }
    head.keep_alive = !head.is_http_1_0 && !closes(head.values("connection"));
    Ok(Some((head, length)))
}

/// Returns `true` if every line ends with CRLF. `httparse` also accepts a bare LF, which other parsers may
/// interpret differently.
pub(super) fn has_only_crlf(bytes: &[u8]) -> bool {
    bytes
        .split_inclusive(|&byte| byte == b'\n')
        .all(|line| line.ends_with(b"\r\n"))
}

/// Returns `true` if any of these `Connection` header values contains the `close` option.
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
