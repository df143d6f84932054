//! Text output for `room-token inspect`.

use std::io::{self, Write};

use chrono::{Local, Offset as _};
use serde_json::{Map, Value};
use signalwire_room_tokens::{Mismatch, Permission, Scope, Timestamp, UnverifiedClaims};

use super::summary;
use crate::output::{self, Printable, wrapped};

const TIMES: [&str; 4] = ["iat", "join_from", "join_until", "remove_at"];

/// Maximum width of a name column.
const MAX_NAME_WIDTH: usize = 34;

pub(super) fn write(
    out: &mut impl Write,
    claims: &UnverifiedClaims,
    mismatches: Option<&[Mismatch]>,
) -> io::Result<()> {
    writeln!(
        out,
        "NOT VERIFIED: only SignalWire can check this token's signature"
    )?;
    let now = Timestamp::now();
    writeln!(out, "\nsummary")?;
    for sentence in summary::sentences(claims, now) {
        writeln!(out, "  {}", wrapped(&Printable(&sentence).to_string(), 2))?;
    }
    permissions(out, claims.permissions.as_deref().unwrap_or_default())?;
    section(out, "header", &members(&claims.header)?)?;
    let mut others = members(claims)?;
    others.retain(|name, _| name != "permissions");
    section(out, "claims", &others)?;
    match mismatches {
        None => {}
        Some([]) => writeln!(out, "\nThe token's claims match the request.")?,
        Some(mismatches) => {
            writeln!(out, "\ndifferences from the request")?;
            for mismatch in mismatches {
                writeln!(
                    out,
                    "  {}",
                    wrapped(&Printable(&mismatch.to_string()).to_string(), 4)
                )?;
            }
        }
    }
    out.flush()?;
    for warning in summary::warnings(claims, now) {
        output::warning(warning);
    }
    Ok(())
}

/// Writes the permissions and their descriptions, grouped by scope.
fn permissions(out: &mut impl Write, permissions: &[Permission]) -> io::Result<()> {
    if permissions.is_empty() {
        return Ok(());
    }
    writeln!(out, "\npermissions ({})", permissions.len())?;
    let names = permissions.iter().map(|permission| permission.as_str());
    let width = column_width(names);
    for scope in [Scope::OwnSelf, Scope::Member, Scope::Room] {
        let group: Vec<_> = permissions
            .iter()
            .filter(|permission| permission.scope() == scope)
            .collect();
        if !group.is_empty() {
            writeln!(out, "  {scope}")?;
        }
        for permission in group {
            let name = Printable(permission.as_str()).to_string();
            let description = permission.description().unwrap_or("Unknown to this version.");
            writeln!(out, "    {name:width$}  {}", wrapped(description, width + 6))?;
        }
    }
    Ok(())
}

/// Returns a struct's fields, keyed by their JSON names.
fn members(value: &impl serde::Serialize) -> io::Result<Map<String, Value>> {
    match serde_json::to_value(value).map_err(io::Error::from)? {
        Value::Object(members) => Ok(members),
        _ => Ok(Map::new()),
    }
}

fn section(out: &mut impl Write, title: &str, members: &Map<String, Value>) -> io::Result<()> {
    writeln!(out, "\n{title}")?;
    let width = column_width(members.keys().map(String::as_str));
    for (name, value) in members {
        let name = Printable(name).to_string();
        let mut lines = lines(&name, value).into_iter();
        writeln!(out, "  {name:width$}  {}", lines.next().unwrap_or_default())?;
        for line in lines {
            writeln!(out, "  {:width$}  {line}", "")?;
        }
    }
    Ok(())
}

fn column_width<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    let widths = names.map(|name| name.chars().count());
    widths.max().unwrap_or(0).min(MAX_NAME_WIDTH)
}

/// Splits a value into lines: one per array element, or a single line for any other value.
fn lines(name: &str, value: &Value) -> Vec<String> {
    let lines = match value {
        Value::Array(items) if items.is_empty() => vec!["(none)".to_owned()],
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::String(text) if TIMES.contains(&name) => vec![time(text)],
        value => vec![plain(value)],
    };
    lines.iter().map(|line| Printable(line).to_string()).collect()
}

/// Formats a string without quotes, and any other value as JSON.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Formats a time in UTC, followed by the local time if the time zones differ.
fn time(text: &str) -> String {
    let local = text
        .parse::<Timestamp>()
        .map(|time| time.to_datetime().with_timezone(&Local));
    match local {
        Ok(local) if local.offset().fix().local_minus_utc() != 0 => {
            format!("{text} (local: {})", local.format("%Y-%m-%d %H:%M:%S %:z"))
        }
        _ => text.to_owned(),
    }
}
