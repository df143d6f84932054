//! Commands for maintainers: `cargo xtask COMMAND`.

mod commands;
mod config;
mod effect;
mod messages;
mod workflow;
mod workspace;

use std::process::ExitCode;

use clap::Parser as _;

/// Keep the endpoint's OpenAPI document, and the code generated from it, in sync with the published document
#[derive(Debug, clap::Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Command {
    Diff(commands::diff::Args),
    Generate(commands::generate::Args),
    Import(commands::import::Args),
    Update(commands::update::Args),
}

fn main() -> ExitCode {
    let result = match Command::parse() {
        Command::Diff(args) => commands::diff::run(&args),
        Command::Generate(args) => commands::generate::run(&args),
        Command::Import(args) => commands::import::run(&args),
        Command::Update(args) => commands::update::run(&args),
    };
    result.unwrap_or_else(|error| messages::fail(&error))
}
