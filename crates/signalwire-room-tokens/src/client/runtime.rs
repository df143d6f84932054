//! Checks that a call runs in a suitable tokio runtime.

use std::any::Any;
use std::panic::{AssertUnwindSafe, resume_unwind};

use futures_util::FutureExt as _;
use tokio::runtime::Handle;

use crate::error::Error;

/// Runs a call, and returns an error if there is no runtime or if its time or I/O driver is disabled.
///
/// tokio has no way to query its drivers and panics if a disabled one is used. Only this panic is turned into an error;
/// other panics are resumed.
pub(super) async fn with<T>(call: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    if Handle::try_current().is_err() {
        return Err(Error::configuration(
            "no tokio runtime is running; use the blocking client outside of a runtime",
        ));
    }
    // Unwind safe: the state of the call itself is dropped, and locks protect the state that it shares.
    match AssertUnwindSafe(call).catch_unwind().await {
        Ok(result) => result,
        Err(panic) if is_about_the_runtime(&*panic) => Err(Error::configuration(
            "the time or I/O driver of the tokio runtime is disabled; build the runtime with `enable_all`",
        )),
        Err(panic) => resume_unwind(panic),
    }
}

/// Returns `true` if a panic is tokio's panic about a disabled driver.
fn is_about_the_runtime(panic: &(dyn Any + Send)) -> bool {
    let text = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.is_some_and(|text| text.starts_with("A Tokio 1.x context was found, but"))
}
