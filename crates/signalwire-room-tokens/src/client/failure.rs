//! Errors for attempts that received no response, and the causes of errors.

use std::error::Error as StdError;
use std::io;
use std::time::Duration;

use super::proxy;
use crate::error::{Error, ErrorKind};

/// Returns the error for an attempt that took too long.
pub(super) fn timed_out(limit: Duration) -> Error {
    Error::because(ErrorKind::Timeout, format!("timed out after {limit:?}"))
}

/// Converts the error of an attempt that received no response, and decides whether a retry may help.
pub(super) fn without_response(error: reqwest::Error) -> Error {
    classified(&error).with_source(error.without_url())
}

fn classified(error: &reqwest::Error) -> Error {
    if is_about_certificates(error) {
        let detail = "the TLS certificate is not trusted or not valid for this host";
        Error::because(ErrorKind::Connect, detail).with(|details| details.is_retryable = false)
    } else if error.is_timeout() && error.is_connect() {
        Error::because(ErrorKind::Timeout, "the connection attempt timed out")
    } else if error.is_timeout() {
        Error::because(ErrorKind::Timeout, "the custom HTTP client timed out")
    } else if let Some((is_retryable, detail)) = proxy::failure(causes(error)) {
        Error::because(ErrorKind::Connect, detail).with(|details| details.is_retryable = is_retryable)
    } else if error.is_connect() {
        Error::because(ErrorKind::Connect, no_connection(error))
    } else if error.is_builder() {
        Error::configuration("failed to build the request")
    } else if is_broken_http(error) {
        Error::because(ErrorKind::UnexpectedResponse, "the response is not valid HTTP")
    } else {
        // For example, the server may have closed a pooled connection before it was reused.
        let detail = "the connection closed before a response arrived";
        Error::because(ErrorKind::Connect, detail)
    }
}

/// Describes why the connection failed.
fn no_connection(error: &reqwest::Error) -> &'static str {
    let is_refused = |cause: &io::Error| cause.kind() == io::ErrorKind::ConnectionRefused;
    // The connector's DNS error has no public type, so it is recognized by its message.
    if causes(error).any(|cause| cause.to_string() == "dns error") {
        "the host name was not found; the space may be misspelled"
    } else if causes(error).any(|cause| cause.downcast_ref().is_some_and(is_refused)) {
        "the connection was refused"
    } else {
        "the connection failed"
    }
}

fn is_about_certificates(error: &reqwest::Error) -> bool {
    #[cfg(any(feature = "rustls-ring", feature = "rustls-aws-lc"))]
    if causes(error).any(|cause| {
        matches!(
            cause.downcast_ref(),
            Some(rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented)
        )
    }) {
        return true;
    }
    // Native TLS certificate errors have no common type, but all their messages contain the word "certificate".
    cfg!(feature = "native-tls")
        && error.is_connect()
        && causes(error).any(|cause| cause.to_string().to_ascii_lowercase().contains("certificate"))
}

fn is_broken_http(error: &reqwest::Error) -> bool {
    causes(error)
        .filter_map(|cause| cause.downcast_ref::<hyper::Error>())
        .any(hyper::Error::is_parse)
}

type Cause = dyn StdError + 'static;

/// Iterates over an error and its causes, including the errors wrapped by I/O errors, which `source` skips.
pub(super) fn causes(error: &Cause) -> impl Iterator<Item = &Cause> {
    std::iter::successors(Some(error), |error| next_cause(*error))
}

fn next_cause(error: &Cause) -> Option<&Cause> {
    let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    wrapped.map(|wrapped| wrapped as _).or_else(|| error.source())
}

/// Formats an error and its causes as one line.
pub(super) fn with_causes(error: &Cause) -> String {
    let mut causes: Vec<_> = causes(error).map(ToString::to_string).collect();
    // An I/O error has the same text as the error that it wraps.
    causes.dedup();
    causes.join(": ")
}
