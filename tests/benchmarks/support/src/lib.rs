//! The protocol between the benchmark driver and the measured programs.
//!
//! A measured program is called a *side*. It takes a [`Task`] as JSON in its first argument and prints an
//! [`Outcome`] as JSON. All Rust sides use the loop in [`side`], so only the clients differ.

pub mod measure;
mod protocol;
pub mod side;
pub mod workload;

pub use protocol::{Addresses, MicroOutcome, MicroTask, Outcome, Served, Task, print_json, task};
