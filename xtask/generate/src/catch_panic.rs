//! Catches panics in dependencies without printing them.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    /// `true` while panics on this thread are being caught and must not be printed.
    static IS_CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` and returns its result, or `None` if it panics. Nothing is printed in either case.
pub(crate) fn catch_panic<T>(work: impl FnOnce() -> T) -> Option<T> {
    install_hook();
    let before = IS_CAUGHT.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    IS_CAUGHT.set(before);
    result.ok()
}

/// Installs the process-wide panic hook once. The hook prints nothing for threads whose panics are being caught.
fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let default = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !IS_CAUGHT.get() {
                default(info);
            }
        }));
    });
}
