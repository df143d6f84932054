//! Hostile documents, overlays and ignore files. The commands must exit with code 0, 1 or 2 and print a message, within
//! limits on time and memory.

mod branching;
mod commands;
mod cycles;
mod documents;
mod malformed;
mod overlays;
