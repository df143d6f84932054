//! The report for people.

use std::io::{self, Write};

use chrono::{Local, Offset as _};
use serde_json::{Map, Value};
use signalwire_room_tokens::{Mismatch, Timestamp, UnverifiedClaims};

use super::words;
use crate::output::{self, Printable};

const TIMES: [&str; 4] = ["iat", "join_from", "join_until", "remove_at"];

pub(super) fn write(
    out: &mut impl Write,
    claims: &UnverifiedClaims,
    mismatches: Option<&[Mismatch]>,
) -> io::Result<()> {
    writeln!(
        out,
        "NOT VERIFIED: anybody can write such a token; only SignalWire can tell whether it is genuine"
    )?;
    writeln!(out, "\nin words")?;
    let now = Timestamp::now();
    for sentence in words::sentences(claims, now) {
        writeln!(out, "  {}", Printable(&sentence))?;
    }
    for allowed in words::allowed(claims) {
        writeln!(out, "    {}", Printable(&allowed))?;
    }
    section(out, "header", &members(&claims.header)?)?;
    section(out, "claims", &members(claims)?)?;
    match mismatches {
        None => {}
        Some([]) => writeln!(
            out,
            "\nThe token grants what the request asks for, as far as claims can tell."
        )?,
        Some(mismatches) => {
            writeln!(out, "\nother than the request")?;
            for mismatch in mismatches {
                writeln!(out, "  {}", Printable(&mismatch.to_string()))?;
            }
        }
    }
    out.flush()?;
    for warning in words::warnings(claims, now) {
        output::warning(warning);
    }
    Ok(())
}

/// The members of a struct, by their names in JSON.
fn members(value: &impl serde::Serialize) -> io::Result<Map<String, Value>> {
    match serde_json::to_value(value).map_err(io::Error::from)? {
        Value::Object(members) => Ok(members),
        _ => Ok(Map::new()),
    }
}

fn section(out: &mut impl Write, title: &str, members: &Map<String, Value>) -> io::Result<()> {
    writeln!(out, "\n{title}")?;
    let width = members
        .keys()
        .map(|name| name.chars().count())
        .max()
        .unwrap_or(0)
        .min(30);
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

/// A value, on a line of its own each where there are several.
fn lines(name: &str, value: &Value) -> Vec<String> {
    let lines = match value {
        Value::Array(items) if items.is_empty() => vec!["(none)".to_owned()],
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::String(text) if TIMES.contains(&name) => vec![time(text)],
        value => vec![plain(value)],
    };
    lines.iter().map(|line| Printable(line).to_string()).collect()
}

/// Texts without quotes, anything else as JSON.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A time in UTC, and on the clock of this machine if that differs.
fn time(text: &str) -> String {
    let local = text
        .parse::<Timestamp>()
        .map(|time| time.to_datetime().with_timezone(&Local));
    match local {
        Ok(local) if local.offset().fix().local_minus_utc() != 0 => {
            format!("{text} ({} here)", local.format("%Y-%m-%d %H:%M:%S %:z"))
        }
        _ => text.to_owned(),
    }
}
