//! A minimal HTTP/1.1 server that can also send invalid responses.
//!
//! [`request`] reads requests, [`Response`] encodes responses, and `delivery` writes the bytes to the socket
//! unchanged.

mod body;
mod date;
mod request;
mod response;

pub(crate) use date::http_date;
pub(crate) use request::{Head, ReadError, RequestReader, closes};
pub(crate) use response::{Framing, Response};
