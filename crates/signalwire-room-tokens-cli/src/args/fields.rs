//! Flags for the request fields, generated from the library's field table.

use std::collections::{HashMap, HashSet};

use clap::builder::{BoolishValueParser, PossibleValuesParser, StringValueParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches, value_parser};
use serde_json::Value;
use signalwire_room_tokens::{Field, FieldKind, RoomTokenRequest, Timestamp};

use super::values::object;
use crate::fields::json_or_text;

/// The ID prefix of field flags, also added to the names of those that would clash with other flags.
const FIELD: &str = "field-";

/// Name of the field that is passed as a positional argument.
const ROOM: &str = "room_name";

/// Help heading for times and durations.
pub(super) const TIMES: &str = "Times (such as 2026-03-01T09:30:00Z or 2026-03-01)";
const SWITCHES: &str = "Switches (--NAME, --NAME=false or --no-NAME; not sent by default)";

/// Request fields and their values, as set on the command line.
#[derive(Clone, Debug, Default)]
pub(crate) struct FieldArgs(Vec<(&'static Field, Value)>);

impl FieldArgs {
    /// Applies these fields to a request.
    pub(super) fn apply(&self, request: RoomTokenRequest) -> Result<RoomTokenRequest, String> {
        self.0.iter().try_fold(request, |request, (field, value)| {
            let set = field.set(request, value.clone());
            set.map_err(|error| format!("`{}`: {error}", field.name()))
        })
    }
}

/// Returns all fields that have their own flag. The room is a positional argument, and permissions have
/// separate flags.
fn fields() -> impl Iterator<Item = &'static Field> {
    RoomTokenRequest::FIELDS
        .iter()
        .filter(|field| field.name() != ROOM && field.kind() != FieldKind::Permissions)
}

/// Returns the name of a field's flag, before [`with_distinct_flags`] resolves clashes.
fn flag(field: &Field) -> String {
    field.name().replace('_', "-").trim_start_matches('-').to_owned()
}

/// Returns the ID of a field's flag.
fn id(field: &Field) -> String {
    format!("{FIELD}{}", field.name())
}

/// Returns the ID of the flag that sets a boolean field to `false`.
fn opposite(field: &Field) -> String {
    format!("{FIELD}{}=false", field.name())
}

/// Returns the name of the flag that sets a boolean field to `false`, given the name of the field's flag.
fn negated(flag: &str) -> String {
    format!("no-{flag}")
}

/// Adds the prefix `field-` to field flags whose names clash with other flags.
pub(super) fn with_distinct_flags(command: Command) -> Command {
    let is_field = |arg: &&Arg| arg.get_id().as_str().starts_with(FIELD);
    let mut taken = HashSet::from(["help", "version"].map(str::to_owned));
    for arg in command.get_arguments().filter(|arg| !is_field(arg)) {
        let aliases = arg.get_all_aliases().unwrap_or_default();
        taken.extend(arg.get_long().into_iter().chain(aliases).map(str::to_owned));
    }
    let mut flags = HashMap::new();
    for field in fields() {
        let mut flag = flag(field);
        while taken.contains(&flag) || taken.contains(&negated(&flag)) {
            flag.insert_str(0, FIELD);
        }
        taken.extend([flag.clone(), negated(&flag)]);
        flags.insert(opposite(field), negated(&flag));
        flags.insert(id(field), flag);
    }
    // `mut_arg` would move the flags to the end, which changes the order of the headings.
    command.mut_args(|arg| match flags.remove(arg.get_id().as_str()) {
        Some(flag) => arg.long(flag),
        None => arg,
    })
}

impl Args for FieldArgs {
    fn augment_args(command: Command) -> Command {
        fields().fold(command, |command, field| {
            let command = command.arg(argument(field));
            if field.kind() != FieldKind::Boolean {
                return command;
            }
            let off = Arg::new(opposite(field))
                .long(negated(&flag(field)))
                .action(ArgAction::SetTrue)
                .hide(true)
                .overrides_with(id(field));
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
    let arg = Arg::new(id(field))
        .long(flag(field))
        .help(short_help(field))
        .long_help(help(field));
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
            .hide_possible_values(true)
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
        _ => arg.value_name("JSON").value_parser(json_or_text),
    }
}

/// Returns the possible values of a field, starting with its default.
fn choices(field: &Field) -> PossibleValuesParser {
    let is_default = |value: &&str| field.default() == Some(&format!("\"{value}\""));
    let (first, others): (Vec<&'static str>, Vec<_>) = field.values().iter().copied().partition(is_default);
    PossibleValuesParser::new(first.into_iter().chain(others))
}

/// Returns the short help for the room argument.
pub(super) fn room_help() -> String {
    room().map(short_help).unwrap_or_default()
}

/// Returns the long help for the room argument.
pub(super) fn room_long_help() -> String {
    room().map(help).unwrap_or_default()
}

fn room() -> Option<&'static Field> {
    RoomTokenRequest::FIELDS.iter().find(|field| field.name() == ROOM)
}

/// Returns the first clause of a field's help text.
fn short_help(field: &Field) -> String {
    let clause = field.help().split([',', ';']).next();
    clause.unwrap_or_default().to_owned()
}

/// Returns a field's help text, including its limits and default.
fn help(field: &Field) -> String {
    let mut help = field.help().to_owned();
    if let Some(limits) = field.limits() {
        help.push_str(&format!(" ({limits})"));
    }
    if field.kind() == FieldKind::Texts {
        help.push_str("; can be repeated");
    }
    if let Some(default) = field.default() {
        help.push_str(&format!(" [default: {}]", default.trim_matches('"')));
    }
    help
}

fn value(field: &Field, matches: &ArgMatches) -> Option<Value> {
    let id = id(field);
    match field.kind() {
        FieldKind::Boolean if matches.get_flag(&opposite(field)) => Some(false.into()),
        FieldKind::Texts => matches
            .get_many::<Value>(&id)
            .map(|texts| texts.cloned().collect()),
        _ => matches.get_one::<Value>(&id).cloned(),
    }
}
