//! One module per command: its arguments, and what it says to its user.

pub(crate) mod diff;
pub(crate) mod generate;
pub(crate) mod import;
pub(crate) mod update;
