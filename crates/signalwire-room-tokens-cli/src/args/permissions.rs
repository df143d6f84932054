//! Permission flags. The request lists permissions in command-line order.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};
use signalwire_room_tokens::{Permission, PermissionSet};

const PERMISSION: &str = "permission";
const UNCHECKED: &str = "unchecked-permission";
const PRESET: &str = "preset";
const NONE: &str = "no-permissions";

/// Permissions set on the command line, or `None` if no permission flag was given.
#[derive(Clone, Debug, Default)]
pub(crate) struct PermissionArgs(pub(super) Option<Vec<Permission>>);

/// Value parser for permission names that also provides them for shell completion.
#[derive(Clone)]
struct NameParser;

impl TypedValueParser for NameParser {
    type Value = Permission;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, name: &OsStr) -> Result<Permission, Error> {
        (|name: &str| name.parse::<Permission>()).parse_ref(command, arg, name)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let values = Permission::ALL
            .iter()
            .map(|known| PossibleValue::new(known.as_str()).help(known.description().unwrap_or_default()));
        Some(Box::new(values))
    }
}

impl Args for PermissionArgs {
    fn augment_args(command: Command) -> Command {
        command
            .next_help_heading("Permissions (replace SignalWire's default permissions)")
            .arg(
                Arg::new(PRESET)
                    .long(PRESET)
                    .value_name("PRESET")
                    .help("Grant the permissions of a typical role")
                    .long_help("Grant the permissions of a typical role; --permission adds more")
                    .value_parser(PossibleValuesParser::new([
                        "participant",
                        "moderator",
                        "audience",
                    ])),
            )
            .arg(
                Arg::new(PERMISSION)
                    .long(PERMISSION)
                    .value_name("NAME")
                    .help("Permission to grant; can be repeated")
                    .long_help(
                        "Permission to grant, such as room.self.audio_mute; can be repeated or comma-separated; see `room-token permissions` for a list",
                    )
                    .action(ArgAction::Append)
                    .value_delimiter(',')
                    .value_parser(NameParser)
                    // `room-token permissions` lists all 44 names with descriptions.
                    .hide_possible_values(true),
            )
            .arg(
                Arg::new(UNCHECKED)
                    .long(UNCHECKED)
                    .value_name("NAME")
                    .help("Permission to grant without checking its name; can be repeated")
                    .action(ArgAction::Append)
                    .value_parser(|name: &str| {
                        Ok::<_, std::convert::Infallible>(Permission::unchecked(name.to_owned()))
                    }),
            )
            .arg(
                Arg::new(NONE)
                    .long(NONE)
                    .help("Grant no permissions (sends an empty array)")
                    .action(ArgAction::SetTrue)
                    .conflicts_with_all([PERMISSION, UNCHECKED, PRESET]),
            )
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for PermissionArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        if matches.get_flag(NONE) {
            return Ok(Self(Some(Vec::new())));
        }
        let preset = matches.get_one::<String>(PRESET).map(|name| preset(name));
        let named = in_order(matches);
        if preset.is_none() && named.is_empty() {
            return Ok(Self(None));
        }
        let preset = preset.unwrap_or_default();
        let mut list: Vec<Permission> = preset.iter().cloned().collect();
        list.extend(
            named
                .into_iter()
                .filter(|permission| !preset.contains(permission)),
        );
        Ok(Self(Some(list)))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn preset(name: &str) -> PermissionSet {
    match name {
        "participant" => PermissionSet::PARTICIPANT,
        "moderator" => PermissionSet::MODERATOR,
        _ => PermissionSet::AUDIENCE,
    }
}

/// Returns the values of both permission flags in command-line order.
fn in_order(matches: &ArgMatches) -> Vec<Permission> {
    let of = |flag: &'static str| {
        let indices = matches.indices_of(flag).into_iter().flatten();
        indices.zip(matches.get_many::<Permission>(flag).into_iter().flatten())
    };
    let mut named: Vec<_> = of(PERMISSION).chain(of(UNCHECKED)).collect();
    named.sort_by_key(|(index, _)| *index);
    named
        .into_iter()
        .map(|(_, permission)| permission.clone())
        .collect()
}
