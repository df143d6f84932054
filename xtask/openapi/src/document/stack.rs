//! Runs deep recursion on a thread with a large stack.

/// The stack size. Large enough for the maximum nesting depth of documents, even in a debug build.
const STACK_BYTES: usize = 256 << 20;

/// Runs `work` on a thread with a large stack.
///
/// # Errors
/// Returns a message that starts with `name` if the thread can't be started or `work` panics.
pub fn on_deep_stack<T: Send>(name: &str, work: impl FnOnce() -> T + Send) -> Result<T, String> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, work)
            .map_err(|error| format!("{name} failed to start: {error}"))?;
        thread.join().map_err(|_| format!("{name} panicked"))
    })
}
