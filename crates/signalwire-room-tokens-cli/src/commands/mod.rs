//! Command implementations.

mod completions;
mod create;
mod doctor;
mod inspect;
mod man;
mod mock;
mod permissions;

use crate::args::Command;
use crate::exit::{Exit, Failure};

pub(crate) async fn run(command: Command) -> Result<Exit, Failure> {
    match command {
        Command::Create(args) => create::run(&args).await,
        Command::Inspect(args) => inspect::run(&args),
        Command::Permissions(args) => permissions::run(&args),
        Command::Mock(args) => mock::run(&args).await,
        Command::Doctor(args) => doctor::run(&args).await,
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    }
}
