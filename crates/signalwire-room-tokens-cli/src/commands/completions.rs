//! `room-token completions`: what a shell needs to complete the command line.

use std::io::{self, Write as _};

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::args::{Cli, CompletionsArgs};
use crate::exit::{Exit, Failure};

pub(crate) fn run(args: &CompletionsArgs) -> Result<Exit, Failure> {
    let mut out = io::stdout().lock();
    out.write_all(script(args.shell).as_bytes())?;
    out.flush()?;
    Ok(Exit::Done)
}

fn script(shell: Shell) -> String {
    let mut command = Cli::command();
    let name = command.get_name().to_owned();
    // Into memory first: the generator does not say when it cannot write, it panics.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    match shell {
        // The generator spells a hyphen in the name of a program in two ways, and bash finds no command after it:
        // https://github.com/clap-rs/clap/issues/6421
        Shell::Bash => script.replace("room__subcmd__token", "room__token"),
        _ => script,
    }
}
