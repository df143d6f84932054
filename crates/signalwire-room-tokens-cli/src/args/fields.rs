//! A flag for each field of the request, from the library's table of fields.

use clap::builder::{BoolishValueParser, PossibleValuesParser, StringValueParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches, value_parser};
use serde_json::Value;
use signalwire_room_tokens::{Field, FieldKind, RoomTokenRequest, Timestamp};

use super::values::{json, object};

/// The field that is an argument.
const ROOM: &str = "room_name";

const TIMES: &str = "Times: RFC 3339 like 2026-03-01T09:30:00Z, or a date like 2026-03-01";
const SWITCHES: &str = "Switches: --NAME, --NAME=false or --no-NAME; unset is not sent";

/// The fields that were given, and their values.
#[derive(Clone, Debug, Default)]
pub(crate) struct FieldArgs(Vec<(&'static Field, Value)>);

impl FieldArgs {
    /// Sets the fields of a request.
    pub(super) fn apply(&self, request: RoomTokenRequest) -> Result<RoomTokenRequest, String> {
        self.0.iter().try_fold(request, |request, (field, value)| {
            let set = field.set(request, value.clone());
            set.map_err(|error| format!("--{}: {error}", flag(field)))
        })
    }
}

/// The fields with a flag: all but the room, which is an argument, and the permissions, which have other flags.
fn fields() -> impl Iterator<Item = &'static Field> {
    RoomTokenRequest::FIELDS
        .iter()
        .filter(|field| field.name() != ROOM && field.kind() != FieldKind::Permissions)
}

/// The name of a field's flag and argument.
pub(super) fn flag(field: &Field) -> String {
    field.name().replace('_', "-")
}

/// The name of the flag that sets a switch to `false`.
fn opposite(field: &Field) -> String {
    format!("no-{}", flag(field))
}

impl Args for FieldArgs {
    fn augment_args(command: Command) -> Command {
        fields().fold(command, |command, field| {
            let command = command.arg(argument(field));
            if field.kind() != FieldKind::Boolean {
                return command;
            }
            let off = Arg::new(opposite(field))
                .long(opposite(field))
                .action(ArgAction::SetTrue)
                .hide(true)
                .overrides_with(flag(field));
            command.arg(off)
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for FieldArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let given = fields().filter_map(|field| Some((field, value(field, matches)?)));
        Ok(Self(given.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn argument(field: &'static Field) -> Arg {
    let arg = Arg::new(flag(field)).long(flag(field)).help(help(field));
    let is_time = field.kind() == FieldKind::Timestamp || field.unit() == Some("seconds");
    let arg = arg.help_heading(match field.kind() {
        FieldKind::Boolean => SWITCHES,
        _ if is_time => TIMES,
        _ => "Request",
    });
    match field.kind() {
        FieldKind::Boolean => arg
            .value_name("BOOL")
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_parser(BoolishValueParser::new().map(Value::Bool))
            .overrides_with(opposite(field)),
        FieldKind::Integer => arg
            .value_name(field.unit().map_or_else(|| "N".to_owned(), str::to_uppercase))
            .allow_negative_numbers(true)
            .value_parser(value_parser!(i64).map(Value::from)),
        FieldKind::Number => arg
            .value_name("NUMBER")
            .allow_negative_numbers(true)
            .value_parser(|text: &str| text.parse::<f64>().map(Value::from)),
        FieldKind::Timestamp => arg.value_name("TIME").value_parser(|text: &str| {
            let time = text.parse::<Timestamp>();
            time.map(|time| Value::String(time.to_string()))
        }),
        FieldKind::Choice => arg
            .value_name("VALUE")
            .value_parser(choices(field).map(Value::String)),
        FieldKind::Object => arg
            .value_name("JSON")
            .value_parser(|text: &str| object(text).map(Value::Object)),
        FieldKind::Texts => arg
            .value_name("TEXT")
            .action(ArgAction::Append)
            .value_parser(StringValueParser::new().map(Value::String)),
        FieldKind::Text => arg
            .value_name(if field.name().ends_with("name") {
                "NAME"
            } else {
                "TEXT"
            })
            .value_parser(StringValueParser::new().map(Value::String)),
        _ => arg.value_name("JSON").value_parser(json),
    }
}

/// The values of a field, its default first.
fn choices(field: &Field) -> PossibleValuesParser {
    let is_default = |value: &&str| field.default() == Some(&format!("\"{value}\""));
    let (first, others): (Vec<&'static str>, Vec<_>) = field.values().iter().copied().partition(is_default);
    PossibleValuesParser::new(first.into_iter().chain(others))
}

/// The help of the room, which is an argument without a flag.
pub(super) fn room_help() -> String {
    let mut fields = RoomTokenRequest::FIELDS.iter();
    fields
        .find(|field| field.name() == ROOM)
        .map(help)
        .unwrap_or_default()
}

fn help(field: &Field) -> String {
    let mut help = field.help().to_owned();
    if let Some(limits) = field.limits() {
        help.push_str(&format!(" ({limits})"));
    }
    if field.kind() == FieldKind::Texts {
        help.push_str("; may be repeated");
    }
    if let Some(default) = field.default() {
        help.push_str(&format!(" [default: {}]", default.trim_matches('"')));
    }
    help
}

fn value(field: &Field, matches: &ArgMatches) -> Option<Value> {
    let name = flag(field);
    match field.kind() {
        FieldKind::Boolean if matches.get_flag(&opposite(field)) => Some(false.into()),
        FieldKind::Texts => matches
            .get_many::<Value>(&name)
            .map(|texts| texts.cloned().collect()),
        _ => matches.get_one::<Value>(&name).cloned(),
    }
}
