//! `room-token create`.

use std::path::PathBuf;

use clap::{Args, value_parser};
use signalwire_room_tokens::LintId;

use super::fields::room_help;
use super::values::lint_id;
use super::{ConnectionArgs, RequestArgs};

pub(super) const EXAMPLES: &str = "\
Examples:
  room-token create standup --user-name Alice --valid-for 1h --mock
  room-token create standup --user-name Alice --preset moderator --valid-for 2h
  room-token create standup --preset participant --permission room.lock,room.unlock --valid-for 2h
  room-token create math-101 --from people.csv --valid-for 90m --json > tokens.jsonl

people.csv has the API's field names as its header:
  user_name,join_audio_muted,permissions
  Ada,false,room.self.audio_mute room.self.audio_unmute
  Emmy,true,";

#[derive(Debug, Args)]
pub(crate) struct CreateArgs {
    #[arg(required_unless_present = "from", help = room_help())]
    pub(crate) room: Option<String>,
    #[command(flatten)]
    pub(crate) request: RequestArgs,
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,
    /// Mint on a mock inside this process: no account, no network, and a token that opens nothing
    #[arg(long, help_heading = "Connection", conflicts_with = "base_url")]
    pub(crate) mock: bool,
    #[command(flatten)]
    pub(crate) many: ManyArgs,
    /// Warn of what is legal and surprises people
    #[arg(long, help_heading = "Output and checks")]
    pub(crate) lint: bool,
    /// Refuse to send what this warning is about; may be repeated
    #[arg(long, value_name = "ID", value_parser = lint_id(), help_heading = "Output and checks")]
    pub(crate) deny_lint: Vec<LintId>,
    /// Send what breaks rules known to this version, too, for those who know better
    #[arg(long, alias = "unchecked", help_heading = "Output and checks")]
    pub(crate) skip_validation: bool,
    /// Fail, with exit code 6 and without the token, if a token grants something else than asked for
    #[arg(long, alias = "exact", help_heading = "Output and checks")]
    pub(crate) fail_on_mismatch: bool,
    /// Send nothing; print the request as it would be sent, fit for `inspect --compare`, with what --valid-for comes to
    /// if counted from now
    #[arg(long, help_heading = "Output and checks")]
    pub(crate) dry_run: bool,
    /// Print JSON: {"token":…}, or for many a line each with `index` from 0, `room_name`, `user_name`, and
    /// `token` or `error`
    #[arg(long, help_heading = "Output and checks")]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Many tokens: one a line, in order; an empty line for one that failed")]
pub(crate) struct ManyArgs {
    /// Mint so many tokens with the same settings, at most 100000
    #[arg(long, value_name = "N", conflicts_with = "from", value_parser = value_parser!(u32).range(1..=100_000))]
    pub(crate) count: Option<u32>,
    /// Mint one token per row: CSV with a header of the API's field names, or JSON lines; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) from: Option<PathBuf>,
}
