//! The command-line interface.

mod connection;
mod create;
mod fields;
mod permissions;
mod redact;
mod request;
mod values;

use std::path::PathBuf;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use clap_complete::Shell;

use crate::exit::Exit;
use crate::output;

pub(crate) use self::connection::ConnectionArgs;
pub(crate) use self::create::CreateArgs;
pub(crate) use self::request::RequestArgs;

const EXAMPLES: &str = "\
Examples:
  room-token create standup --valid-for 1h --mock   try it without an account
  room-token create standup --valid-for 1h          mint a token
  room-token inspect < token.txt                    decode a token
  room-token doctor                                 diagnose setup problems

`room-token COMMAND --help` has more examples and describes all flags.";

const EXIT_CODES: &str = "\
Exit codes:
  0  success
  1  local failure, such as an output error or a port in use
  2  usage error or invalid input; nothing was sent
  3  credentials rejected (401, 403); stops a batch
  4  request rejected (other 4xx)
  5  service unreachable or unavailable after retries (timeout, 429, 5xx)
  6  invalid response, or a token that doesn't match the request
  130  interrupted by Ctrl-C";

/// Mint and inspect SignalWire video room tokens
///
/// Credentials are read from the environment variables SIGNALWIRE_SPACE (`myspace`, `myspace.signalwire.com`
/// or a URL), SIGNALWIRE_PROJECT_ID and SIGNALWIRE_API_TOKEN. Without an account, use --mock.
#[derive(Debug, Parser)]
#[command(
    name = "room-token",
    version,
    after_help = EXAMPLES,
    after_long_help = with_exit_codes(EXAMPLES),
    max_term_width = 80
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Mint one or more room tokens and print them to standard output
    #[command(after_help = create::EXAMPLES, after_long_help = with_exit_codes(create::ALL_EXAMPLES))]
    Create(Box<CreateArgs>),
    /// Decode a token without verifying it
    Inspect(InspectArgs),
    /// List all permissions and the presets that include them
    Permissions(PermissionsArgs),
    /// Run a mock server until Ctrl-C
    Mock(MockArgs),
    /// Diagnose setup problems
    ///
    /// Sends a request with an empty room name, which checks the credentials without minting a token. The
    /// report never contains credentials.
    Doctor(DoctorArgs),
    /// Print a shell completion script
    Completions(CompletionsArgs),
    /// Generate manual pages
    Man(ManArgs),
}

/// Returns the clap definition of the command line.
pub(crate) fn definition() -> clap::Command {
    Cli::command().mut_subcommands(|command| match command.get_name() {
        "create" => create::with_short_help(fields::with_distinct_flags(command)),
        _ => command,
    })
}

/// Parses the command line. For `--help`, `--version` or a usage error, prints the message and returns the
/// exit code as an error.
pub(crate) fn parse() -> Result<Cli, Exit> {
    let parsed = definition()
        .try_get_matches()
        .and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.map_err(|error| {
        if error.use_stderr() {
            output::wrong_usage(&redact::without_secrets(error));
            return Exit::Usage;
        }
        // A closed pipe is not an error.
        let _ = error.print();
        Exit::Success
    })
}

fn with_exit_codes(examples: &str) -> String {
    format!("{examples}\n\n{EXIT_CODES}")
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  room-token create standup --mock | room-token inspect
  room-token inspect --json < token.txt

Compare a token with its request:
  room-token create standup --preset moderator --dry-run > request.json
  room-token create standup --preset moderator |
    room-token inspect --compare request.json")]
pub(crate) struct InspectArgs {
    /// Token to decode; omit it or use `-` to read standard input (command-line arguments are visible to
    /// other local users)
    pub(crate) token: Option<String>,
    /// Print JSON: `verified` (always false), `header`, `claims`, and `mismatches` with --compare
    #[arg(long)]
    pub(crate) json: bool,
    /// Compare the token with the request in a JSON file; exit with code 6 if they differ
    #[arg(long, value_name = "FILE")]
    pub(crate) compare: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct PermissionsArgs {
    /// Print a JSON array of objects with `name`, `scope`, `description`, `default`, `participant` and `moderator`
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Example, in two terminals:
  room-token mock --port 8123 > mock.env
  env $(cat mock.env) room-token create standup")]
pub(crate) struct MockArgs {
    /// Loopback port to listen on; 0 picks a free port
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) port: u16,
    /// Print the three environment variables as a JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(after_long_help = EXIT_CODES)]
pub(crate) struct DoctorArgs {
    /// Print JSON: `version`, `ok`, and `checks` with `name`, `state`, `detail` and, for a problem, `fix`
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples (for bash, zsh with ~/.zfunc in $fpath, and fish):
  room-token completions bash \\
    > ~/.local/share/bash-completion/completions/room-token
  room-token completions zsh > ~/.zfunc/_room-token
  room-token completions fish > ~/.config/fish/completions/room-token.fish")]
pub(crate) struct CompletionsArgs {
    /// Shell to generate the script for
    pub(crate) shell: Shell,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  room-token man create | man -l -
  room-token man --out ~/.local/share/man/man1")]
pub(crate) struct ManArgs {
    /// Command to print the page for; defaults to room-token itself
    pub(crate) command: Option<String>,
    /// Write all pages to this directory, creating it if needed
    #[arg(long, value_name = "DIR", conflicts_with = "command", value_hint = clap::ValueHint::DirPath)]
    pub(crate) out: Option<PathBuf>,
}
