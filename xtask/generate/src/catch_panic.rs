//! Panics of dependencies, caught without output.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    /// Whether a panic of this thread is caught and reported, so that the hook has nothing to say.
    static IS_CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`. Returns `None` if it panics, without printing anything.
pub(crate) fn catch_panic<T>(work: impl FnOnce() -> T) -> Option<T> {
    install_hook();
    let before = IS_CAUGHT.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    IS_CAUGHT.set(before);
    result.ok()
}

/// The hook belongs to the whole process, so it is put in place once and asks the thread.
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
