//! Helpers for errors and their sources.

use std::error::Error;
use std::io;

type Cause = dyn Error + 'static;

/// Iterates over an error and its causes, including the errors wrapped by I/O errors, which `source` skips.
pub(super) fn causes<'a>(error: &'a Cause) -> impl Iterator<Item = &'a Cause> {
    std::iter::successors(Some(error), |error: &&'a Cause| {
        let error: &'a Cause = *error;
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|wrapped| wrapped as _).or_else(|| error.source())
    })
}

/// Formats an error and its causes as one line.
pub(super) fn with_causes(error: &Cause) -> String {
    let mut causes: Vec<_> = causes(error).map(ToString::to_string).collect();
    // An I/O error has the same text as the error that it wraps.
    causes.dedup();
    causes.join(": ")
}
