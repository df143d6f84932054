//! No changes are reported for equivalent documents.

mod composition;
mod defaults;
mod places;
mod spelling;
mod support;
