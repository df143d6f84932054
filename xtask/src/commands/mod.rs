//! The commands. Each module contains the arguments, the implementation and the messages of one command.

pub(crate) mod diff;
pub(crate) mod generate;
pub(crate) mod import;
pub(crate) mod update;
