//! The boolean fields: each a flag that can be set either way, and that is not sent unless it is.

use clap::builder::BoolishValueParser;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};
use signalwire_room_tokens::RoomTokenRequest;

/// A boolean field of the request.
struct Switch {
    /// `--name`, `--name=true` and `--name=false`.
    name: &'static str,
    /// `--no-name`.
    opposite: &'static str,
    help: &'static str,
    set: fn(RoomTokenRequest, bool) -> RoomTokenRequest,
}

macro_rules! switch {
    ($name:literal, $set:ident, $help:literal) => {
        Switch {
            name: $name,
            opposite: concat!("no-", $name),
            help: $help,
            set: RoomTokenRequest::$set,
        }
    };
}

const SWITCHES: &[Switch] = &[
    switch!(
        "join-audio-muted",
        join_audio_muted,
        "Join with the microphone muted"
    ),
    switch!("join-video-muted", join_video_muted, "Join with the camera off"),
    switch!(
        "auto-create-room",
        auto_create_room,
        "Joining creates the room if it does not exist"
    ),
    switch!(
        "enable-room-previews",
        enable_room_previews,
        "Make a preview video of a room that this token creates"
    ),
    switch!(
        "end-room-session-on-leave",
        end_room_session_on_leave,
        "The session ends when this participant leaves"
    ),
    switch!(
        "sync-audio-video",
        sync_audio_video,
        "Keep audio and video in step by a jitter buffer"
    ),
];

/// The switches that were given.
#[derive(Clone, Default)]
pub(crate) struct Switches(Vec<(&'static Switch, bool)>);

impl Switches {
    pub(super) fn apply(&self, request: RoomTokenRequest) -> RoomTokenRequest {
        self.0
            .iter()
            .fold(request, |request, (switch, value)| (switch.set)(request, *value))
    }
}

impl std::fmt::Debug for Switches {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map()
            .entries(self.0.iter().map(|(switch, value)| (switch.name, value)))
            .finish()
    }
}

impl Args for Switches {
    fn augment_args(command: Command) -> Command {
        let command =
            command.next_help_heading("Switches: --NAME, --NAME=false or --no-NAME; unset is not sent");
        SWITCHES.iter().fold(command, |command, switch| {
            let on = Arg::new(switch.name)
                .long(switch.name)
                .help(switch.help)
                .value_name("BOOL")
                .num_args(0..=1)
                .require_equals(true)
                .default_missing_value("true")
                .value_parser(BoolishValueParser::new())
                .overrides_with(switch.opposite);
            let off = Arg::new(switch.opposite)
                .long(switch.opposite)
                .action(ArgAction::SetTrue)
                .hide(true)
                .overrides_with(switch.name);
            command.arg(on).arg(off)
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Switches {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let given = |switch: &'static Switch| {
            let on = matches.get_one::<bool>(switch.name).copied();
            let off = matches.get_flag(switch.opposite).then_some(false);
            on.or(off).map(|value| (switch, value))
        };
        Ok(Self(SWITCHES.iter().filter_map(given).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
