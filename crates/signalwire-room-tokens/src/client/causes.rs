//! Helpers for errors and their sources.

use std::error::Error;
use std::io;

type Cause = dyn Error + 'static;

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
