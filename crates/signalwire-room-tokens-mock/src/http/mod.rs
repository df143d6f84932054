//! The little HTTP/1.1 that a test server needs, kept close to the socket so that it can also be broken.
//!
//! A request is read by [`request`], an answer is a [`Response`] that renders to bytes, and every byte that
//! leaves is written by the delivery: no layer in between tidies up what a script wants to be untidy.

mod body;
mod date;
mod request;
mod response;

pub(crate) use date::http_date;
pub(crate) use request::{Head, ReadError, RequestReader, closes};
pub(crate) use response::{Framing, Response};
