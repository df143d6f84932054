//! Equivalent documents have no reported changes.

mod composition;
mod defaults;
mod places;
mod spelling;
mod support;
