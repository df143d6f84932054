//! `room-token` mints and inspects SignalWire video room tokens on the command line.
//!
//! It uses the `signalwire-room-tokens` client. The `--mock` flag and `room-token mock` use the
//! `signalwire-room-tokens-mock` crate. Results go to standard output, everything else to standard error.

mod args;
mod commands;
mod exit;
mod fields;
mod output;
mod secrets;

use std::process::ExitCode;

use crate::args::Cli;
use crate::exit::{Exit, Failure};

fn main() -> ExitCode {
    match args::parse().map_or_else(Ok, run) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output::failure(&failure);
            failure.exit().into()
        }
    }
}

fn run(cli: Cli) -> Result<Exit, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let exit = runtime.block_on(commands::run(cli.command));
    // DNS lookups run on threads that can't be canceled, so don't wait for them.
    runtime.shutdown_background();
    exit
}
