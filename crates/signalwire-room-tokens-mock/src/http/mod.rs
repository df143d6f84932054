//! A minimal HTTP/1.1 server that can also send invalid responses.
//!
//! [`RequestReader`] reads requests, [`Response`] encodes responses, and `delivery` writes the bytes to the socket
//! unchanged.

mod body;
mod date;
mod head;
mod reader;
mod request;
mod response;

pub(crate) use date::http_date;
pub(crate) use head::{Head, ReadError, closes};
pub(crate) use reader::RequestReader;
pub(crate) use response::{Framing, Response};
