//! Requests from a file: CSV with a header of the API's field names, or JSON lines.

use std::io::Read as _;
use std::path::Path;

use serde_json::{Map, Value};
use signalwire_room_tokens::{Field, FieldKind, Permission, RoomTokenRequest};

use crate::exit::Failure;
use crate::fields;
use crate::output;

/// One row: the fields that it sets.
type Row = Vec<(String, Value)>;

/// A request for each row of the file: the template, and what the row sets.
pub(super) fn requests(path: &Path, template: &RoomTokenRequest) -> Result<Vec<RoomTokenRequest>, Failure> {
    let refuse = |error: String| match is_stdin(path) {
        true => Failure::usage(format!("standard input: {error}")),
        false => Failure::usage(format!("{}: {error}", path.display())),
    };
    let text = read(path).map_err(|error| refuse(error.to_string()))?;
    let text = text.trim_start_matches('\u{feff}');
    let rows = match text.trim_start().chars().next() {
        Some('{') => json_lines(text),
        Some('[') => {
            let expected = "a JSON list; JSON lines are expected, one object a line and no list around them";
            return Err(refuse(expected.to_owned()));
        }
        _ => csv(text).map_err(refuse)?,
    };
    if rows.is_empty() {
        return Err(refuse("there are no rows".to_owned()));
    }
    let (mut requests, mut errors) = (Vec::new(), Vec::new());
    for (number, row) in (1..).zip(rows) {
        match row.and_then(|row| row.into_iter().try_fold(template.clone(), set)) {
            Ok(request) => requests.push(request),
            Err(error) => errors.push(refuse(format!("request {number}: {error}"))),
        }
    }
    // All that is wrong is told at once, the last of it by whoever ends the program.
    let Some(last) = errors.pop() else {
        return Ok(requests);
    };
    for error in &errors {
        output::error(error);
    }
    Err(last.hint("nothing was sent"))
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

fn read(path: &Path) -> std::io::Result<String> {
    if !is_stdin(path) {
        return std::fs::read_to_string(path);
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    Ok(text)
}

fn json_lines(text: &str) -> Vec<Result<Row, String>> {
    let lines = (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            let row: Map<String, Value> = serde_json::from_str(line)
                .map_err(|error| format!("line {number} is no JSON object: {error}"))?;
            Ok(row.into_iter().filter(|(_, value)| !value.is_null()).collect())
        })
        .collect()
}

/// The rows of a table; an error is about the table as a whole.
fn csv(text: &str) -> Result<Vec<Result<Row, String>>, String> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let names = reader.headers().map_err(|error| error.to_string())?.clone();
    check_names(&names)?;
    let row = |record: csv::StringRecord| -> Result<Row, String> {
        let cells = names
            .iter()
            .zip(record.iter())
            .filter(|(_, text)| !text.is_empty());
        cells
            .map(|(name, text)| Ok((name.to_owned(), cell(name, text)?)))
            .collect()
    };
    // Spreadsheets leave rows of commas at the end; they are nobody's.
    let is_filled = |record: &csv::StringRecord| record.iter().any(|text| !text.is_empty());
    let records: Vec<_> = reader
        .records()
        .filter(|record| record.as_ref().map_or(true, is_filled))
        .collect();
    let has_lines = |record: &&csv::StringRecord| record.iter().any(|text| text.contains(['\r', '\n']));
    if let Some(record) = records.iter().flatten().find(has_lines) {
        let line = first_line(text, record);
        return Err(format!(
            "line {line} has a cell that goes on in the next line; is a closing quote missing?"
        ));
    }
    Ok(records
        .into_iter()
        .map(|record| row(record.map_err(|error| error.to_string())?))
        .collect())
}

/// A header of fields that the API has, each of them once.
fn check_names(names: &csv::StringRecord) -> Result<(), String> {
    let mut seen = Vec::new();
    for (column, name) in (1..).zip(names) {
        if !fields::is_known(name) {
            return Err(fields::unknown(name, &format!("column {column}")));
        }
        if seen.contains(&name) {
            return Err(format!("column {column} is a second `{name}`"));
        }
        seen.push(name);
    }
    Ok(())
}

/// The line of the table that a record starts on. The reader's own count takes a record to start where the last one
/// ended, before empty lines and before the second half of `\r\n`.
fn first_line(text: &str, record: &csv::StringRecord) -> usize {
    let end_of_last = record.position().map_or(0, |position| {
        usize::try_from(position.byte()).unwrap_or(usize::MAX)
    });
    let rest = text.get(end_of_last..).unwrap_or_default();
    let start = text.len() - rest.trim_start_matches(['\r', '\n']).len();
    1 + text.bytes().take(start).filter(|byte| *byte == b'\n').count()
}

/// The value of a cell, as its column asks for.
fn cell(name: &str, text: &str) -> Result<Value, String> {
    match fields::find(name).map(Field::kind) {
        Some(FieldKind::Permissions) if !text.starts_with('[') => {
            let names = text.split([' ', ',', ';']).filter(|name| !name.is_empty());
            Ok(names.collect())
        }
        Some(FieldKind::Texts) if !text.starts_with('[') => Ok(text.split(';').map(str::trim).collect()),
        Some(FieldKind::Text | FieldKind::Choice | FieldKind::Timestamp) | None => Ok(text.into()),
        Some(FieldKind::Boolean) => boolean(text)
            .map(Value::Bool)
            .ok_or_else(|| format!("`{name}` is neither `true` nor `false`")),
        Some(_) => serde_json::from_str(text).map_err(|error| format!("`{name}` is no JSON: {error}")),
    }
}

/// Spreadsheets write `TRUE`.
fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// Sets one field of the API.
fn set(request: RoomTokenRequest, (name, value): (String, Value)) -> Result<RoomTokenRequest, String> {
    let field = fields::find(&name).ok_or_else(|| fields::unknown(&name, "one of the names"))?;
    if field.kind() == FieldKind::Permissions {
        check_permissions(&value)?;
    }
    let set = field.set(request, value);
    set.map_err(|error| format!("`{name}`: {error}"))
}

/// Names are held to the same as those of `--permission`.
fn check_permissions(names: &Value) -> Result<(), String> {
    let names = names.as_array().into_iter().flatten().filter_map(Value::as_str);
    names
        .map(|name| name.parse::<Permission>().map_err(|error| error.to_string()))
        .try_for_each(|parsed| parsed.map(drop))
}
