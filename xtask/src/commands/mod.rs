//! The commands, one module each: arguments, execution and messages.

pub(crate) mod diff;
pub(crate) mod generate;
pub(crate) mod import;
pub(crate) mod update;
