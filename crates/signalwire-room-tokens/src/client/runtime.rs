//! What a call needs around it: a tokio runtime, with time and I/O.

use std::any::Any;
use std::panic::{AssertUnwindSafe, resume_unwind};

use futures_util::FutureExt as _;
use tokio::runtime::Handle;

use crate::error::Error;

/// Runs a call, or says what it lacks.
///
/// A runtime cannot be asked whether it has time and I/O: tokio panics where they are missing. That one panic becomes
/// an error; whatever else panics goes on to panic.
pub(super) async fn with<T>(call: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    if Handle::try_current().is_err() {
        return Err(Error::configuration(
            "there is no tokio runtime here; without one, use the blocking client",
        ));
    }
    // Nothing of what a call shares is left half-changed: its own parts are dropped, those of others stand behind locks.
    match AssertUnwindSafe(call).catch_unwind().await {
        Ok(result) => result,
        Err(panic) if is_about_the_runtime(&*panic) => Err(Error::configuration(
            "the tokio runtime here has no time or no I/O; build it with `enable_all`",
        )),
        Err(panic) => resume_unwind(panic),
    }
}

/// Whether a panic is tokio's own about a driver that the runtime was built without.
fn is_about_the_runtime(panic: &(dyn Any + Send)) -> bool {
    let text = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.is_some_and(|text| text.starts_with("A Tokio 1.x context was found, but"))
}
