//! `room-token`: mint and inspect SignalWire video room tokens on the command line.
//!
//! A thin layer over the crate `signalwire-room-tokens`; the mock behind `--mock` and `room-token mock` is the crate
//! `signalwire-room-tokens-mock`. Results go to standard output, everything else to standard error.

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
    // A look-up of a name runs on a thread that nothing can stop; it shall not keep the program from ending.
    runtime.shutdown_background();
    exit
}
