//! Arguments for `room-token create`.

use std::path::PathBuf;

use clap::{Args, Command, value_parser};
use signalwire_room_tokens::LintId;

use super::fields::{room_help, room_long_help};
use super::values::lint_id;
use super::{ConnectionArgs, RequestArgs};

/// Examples shown in the short help.
pub(super) const EXAMPLES: &str = "\
Examples:
  room-token create standup --user-name Alice --valid-for 1h --mock
  room-token create standup --preset moderator --valid-for 2h
  room-token create math-101 --from people.csv --valid-for 90m > tokens.txt

`room-token create --help` lists all flags and the exit codes.";

/// Examples shown in the long help.
pub(super) const ALL_EXAMPLES: &str = "\
Examples:
  room-token create standup --user-name Alice --valid-for 1h --mock
  room-token create standup --preset moderator --valid-for 2h
  room-token create standup --preset participant --valid-for 2h \\
    --permission room.lock,room.unlock
  room-token create math-101 --from people.csv --valid-for 90m \\
    --json > tokens.jsonl

The header of people.csv contains the API's field names:
  user_name,join_audio_muted,permissions
  Ada,false,room.self.audio_mute room.self.audio_unmute
  Emmy,true,";

/// IDs of the flags shown in the short help.
const COMMON: [&str; 6] = [
    "field-user_name",
    "valid_for",
    "preset",
    "permission",
    "mock",
    "from",
];

/// Limits the short help to the room argument and the common flags.
pub(super) fn with_short_help(create: Command) -> Command {
    create.mut_args(|arg| {
        let id = arg.get_id().as_str();
        if COMMON.contains(&id) {
            arg.help_heading(None::<&'static str>)
        } else {
            let is_flag = !arg.is_positional();
            arg.hide_short_help(is_flag)
        }
    })
}

const FROM_HELP: &str = "\
Mint one token per row of a file, either CSV with API field names in the header row or JSON Lines; `-` reads standard input. Prints one \
token per line, in order, and an empty line for a failed request.";

#[derive(Debug, Args)]
pub(crate) struct CreateArgs {
    #[arg(required_unless_present = "from", help = room_help(), long_help = room_long_help())]
    pub(crate) room: Option<String>,
    #[command(flatten)]
    pub(crate) request: RequestArgs,
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,
    /// Mint a test token offline, without an account
    #[arg(long, help_heading = "Connection", conflicts_with = "base_url")]
    pub(crate) mock: bool,
    #[command(flatten)]
    pub(crate) many: ManyArgs,
    /// Warn about valid but risky settings
    #[arg(long, help_heading = "Output and checks")]
    pub(crate) lint: bool,
    /// Treat this warning as an error; can be repeated
    #[arg(long, value_name = "ID", value_parser = lint_id(), help_heading = "Output and checks")]
    pub(crate) deny_lint: Vec<LintId>,
    /// Send requests even if they fail validation
    #[arg(long, alias = "unchecked", help_heading = "Output and checks")]
    pub(crate) skip_validation: bool,
    /// Exit with code 6 instead of printing a token that doesn't match the request
    #[arg(long, alias = "exact", help_heading = "Output and checks")]
    pub(crate) fail_on_mismatch: bool,
    /// Print the request as JSON instead of sending it; the --valid-for lifetime starts now
    #[arg(long, help_heading = "Output and checks")]
    pub(crate) dry_run: bool,
    /// Print {"token":…} as JSON; for many tokens, print one JSON object per line with `index` (from 0), `room_name`,
    /// `user_name`, and `token` or `error`
    #[arg(long, help_heading = "Output and checks")]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Multiple tokens (one per line, in order; an empty line for each failure)")]
pub(crate) struct ManyArgs {
    /// Number of tokens to mint with the same settings, at most 100000
    #[arg(long, value_name = "N", conflicts_with = "from", value_parser = value_parser!(u32).range(1..=100_000))]
    pub(crate) count: Option<u32>,
    /// Mint one token per row of a file
    #[arg(long, value_name = "FILE", long_help = FROM_HELP)]
    pub(crate) from: Option<PathBuf>,
}
