//! Locking that a panic elsewhere cannot spoil.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks `mutex`. Everything guarded here is whole after each statement, so a poisoned lock is as good as
/// any.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
