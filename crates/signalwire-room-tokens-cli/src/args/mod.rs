//! The command line as people write it.

mod connection;
mod create;
mod fields;
mod permissions;
mod refused;
mod request;
mod values;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use crate::exit::Exit;
use crate::output;

pub(crate) use self::connection::ConnectionArgs;
pub(crate) use self::create::CreateArgs;
pub(crate) use self::request::RequestArgs;

const EXAMPLES: &str = "\
Examples:
  room-token create standup --valid-for 1h --mock   a token that opens nothing, to look at
  room-token create standup --valid-for 1h          a real one
  room-token inspect < token.txt                    who may join where, until when
  room-token doctor                                 if it does not work

`room-token COMMAND --help` has more of them, and says what each flag means.";

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  this machine cannot do it: output not written, port taken
  2  wrong usage or invalid input; nothing was sent
  3  credentials rejected (401, 403); a batch stops there
  4  request rejected (other 4xx)
  5  not reachable or not able now, after retries (connection, time-out, 429, 5xx)
  6  the answer made no sense, or the token does not grant what was asked for";

/// Mint and inspect SignalWire video room tokens.
///
/// Credentials come from the environment: SIGNALWIRE_SPACE (`myspace`, `myspace.signalwire.com` or an address),
/// SIGNALWIRE_PROJECT_ID and SIGNALWIRE_API_TOKEN. Without an account, try `room-token create standup --mock`.
#[derive(Debug, Parser)]
#[command(name = "room-token", version, after_help = help(EXAMPLES), max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Mint a token, or many; the token alone goes to standard output
    #[command(after_help = help(create::EXAMPLES))]
    Create(Box<CreateArgs>),
    /// Show what a token says of itself, not verified
    Inspect(InspectArgs),
    /// List all permissions, what they mean and which are granted by default
    Permissions(PermissionsArgs),
    /// Run the mock as a server, for any client, until Ctrl-C
    Mock(MockArgs),
    /// Say what is wrong with the set-up; fit for a bug report
    ///
    /// Sends a request that is invalid on purpose, so that credentials are tried and no token is minted.
    Doctor(DoctorArgs),
    /// Print what a shell needs to complete this program's commands, flags and values
    Completions(CompletionsArgs),
    /// Print a page of the manual, or write all of them
    Man(ManArgs),
}

/// Reads the command line; how the program ends, if that was a question for help, or wrong.
pub(crate) fn parse() -> Result<Cli, Exit> {
    Cli::try_parse().map_err(|error| {
        if error.use_stderr() {
            output::wrong_usage(&refused::without_secrets(error));
            return Exit::Usage;
        }
        // Nothing is said of a reader that has left.
        let _ = error.print();
        Exit::Done
    })
}

/// What stands below the flags: examples, and the exit codes.
fn help(examples: &str) -> String {
    format!("{examples}\n\n{EXIT_CODES}")
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  room-token create standup --mock | room-token inspect
  room-token inspect --json < token.txt

Whether a token grants what was asked for:
  room-token create standup --preset moderator --dry-run > request.json
  room-token create standup --preset moderator | room-token inspect --compare request.json")]
pub(crate) struct InspectArgs {
    /// The token; if `-` or omitted, read from standard input, since other local users can read arguments
    pub(crate) token: Option<String>,
    /// Print JSON: `verified` (always false), `header`, `claims`, and `mismatches` with --compare
    #[arg(long)]
    pub(crate) json: bool,
    /// Compare with a request, a JSON file in the API's field names; exit code 6 if the token grants something else
    #[arg(long, value_name = "FILE")]
    pub(crate) compare: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct PermissionsArgs {
    /// Print a JSON list of objects with `name`, `scope`, `description` and `default`
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Example, in two terminals:
  room-token mock --port 8123 > mock.env
  env $(cat mock.env) room-token create standup")]
pub(crate) struct MockArgs {
    /// The port to listen on, on this machine only; 0 is any free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) port: u16,
    /// Print JSON on one line: the three variables and their values
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct DoctorArgs {
    /// Print JSON: `version`, `ok`, and `checks`, each with `name`, `state` and `detail`
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  room-token completions bash > ~/.local/share/bash-completion/completions/room-token
  room-token completions zsh > ~/.zfunc/_room-token      a folder of $fpath
  room-token completions fish > ~/.config/fish/completions/room-token.fish")]
pub(crate) struct CompletionsArgs {
    pub(crate) shell: Shell,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  room-token man create | man -l -
  room-token man --out ~/.local/share/man/man1")]
pub(crate) struct ManArgs {
    /// The command that the page is about; without it, the program as a whole
    pub(crate) command: Option<String>,
    /// Write the pages of the program and of all commands into this folder, which is made if it is not there
    #[arg(long, value_name = "DIR", conflicts_with = "command", value_hint = clap::ValueHint::DirPath)]
    pub(crate) out: Option<PathBuf>,
}
