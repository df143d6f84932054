//! The `room-token completions` command.

use std::io::{self, Write as _};

use clap_complete::Shell;

use crate::args::{self, CompletionsArgs};
use crate::exit::{Exit, Failure};

pub(crate) fn run(args: &CompletionsArgs) -> Result<Exit, Failure> {
    let mut out = io::stdout().lock();
    out.write_all(script(args.shell).as_bytes())?;
    out.flush()?;
    Ok(Exit::Success)
}

fn script(shell: Shell) -> String {
    let mut command = args::definition();
    let name = command.get_name().to_owned();
    // The generator panics on write errors, so write to memory first.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    match shell {
        // The hyphen in the program name is escaped inconsistently, which breaks subcommand completion. See
        // https://github.com/clap-rs/clap/issues/6421.
        Shell::Bash => script.replace("room__subcmd__token", "room__token"),
        _ => script,
    }
}
