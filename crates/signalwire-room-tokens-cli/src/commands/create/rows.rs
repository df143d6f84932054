//! Requests read from a CSV or JSON Lines file.

use std::io::Read as _;
use std::path::Path;

use serde_json::{Map, Value};
use signalwire_room_tokens::{Field, FieldKind, Permission, RoomTokenRequest};

use crate::exit::Failure;
use crate::fields;
use crate::output;

/// Fields set by one row, with their values.
type Row = Vec<(String, Value)>;

/// Returns one request per row of the file. Each row overrides fields of the template.
pub(super) fn requests(path: &Path, template: &RoomTokenRequest) -> Result<Vec<RoomTokenRequest>, Failure> {
    let failure = |error: String| match is_stdin(path) {
        true => Failure::usage(format!("standard input: {error}")),
        false => Failure::usage(format!("{}: {error}", path.display())),
    };
    let text = read(path).map_err(|error| failure(error.to_string()))?;
    let text = text.trim_start_matches('\u{feff}');
    let rows = match text.trim_start().chars().next() {
        Some('{') => json_lines(text),
        Some('[') => {
            let expected = "found a JSON array; expected JSON Lines, one object per line";
            return Err(failure(expected.to_owned()));
        }
        _ => csv(text).map_err(failure)?,
    };
    if rows.is_empty() {
        return Err(failure("no rows found".to_owned()));
    }
    let (mut requests, mut errors) = (Vec::new(), Vec::new());
    for (number, row) in (1..).zip(rows) {
        match row.and_then(|row| row.into_iter().try_fold(template.clone(), set)) {
            Ok(request) => requests.push(request),
            Err(error) => errors.push(failure(format!("request {number}: {error}"))),
        }
    }
    // Print every error except the last one, which the caller prints.
    let Some(last) = errors.pop() else {
        return Ok(requests);
    };
    for error in &errors {
        output::error(error);
    }
    Err(last.with_hint("nothing was sent"))
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
                .map_err(|error| format!("line {number} is not a JSON object: {error}"))?;
            Ok(row.into_iter().filter(|(_, value)| !value.is_null()).collect())
        })
        .collect()
}

/// Parses the rows of a CSV file. The outer error applies to the whole file, and each inner error to one row.
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
    // Spreadsheets may export trailing rows that contain only commas.
    let is_filled = |record: &csv::StringRecord| record.iter().any(|text| !text.is_empty());
    let records: Vec<_> = reader
        .records()
        .filter(|record| record.as_ref().map_or(true, is_filled))
        .collect();
    let has_lines = |record: &&csv::StringRecord| record.iter().any(|text| text.contains(['\r', '\n']));
    if let Some(record) = records.iter().flatten().find(has_lines) {
        let line = first_line(text, record);
        return Err(format!(
            "a cell on line {line} contains a line break; a closing quote may be missing"
        ));
    }
    Ok(records
        .into_iter()
        .map(|record| row(record.map_err(|error| error.to_string())?))
        .collect())
}

/// Returns an error if the header contains an unknown or duplicate field name.
fn check_names(names: &csv::StringRecord) -> Result<(), String> {
    let mut seen = Vec::new();
    for (column, name) in (1..).zip(names) {
        if !fields::is_known(name) {
            return Err(fields::unknown(name, &format!("column {column}")));
        }
        if seen.contains(&name) {
            return Err(format!("column {column} is a duplicate of `{name}`"));
        }
        seen.push(name);
    }
    Ok(())
}

/// Returns the line number where a record starts. The CSV reader reports the end of the previous record
/// instead, which may be followed by empty lines or by the second half of a `\r\n`.
fn first_line(text: &str, record: &csv::StringRecord) -> usize {
    let previous_end = record.position().map_or(0, |position| {
        usize::try_from(position.byte()).unwrap_or(usize::MAX)
    });
    let rest = text.get(previous_end..).unwrap_or_default();
    let start = text.len() - rest.trim_start_matches(['\r', '\n']).len();
    1 + text.bytes().take(start).filter(|byte| *byte == b'\n').count()
}

/// Parses a cell according to its field's type.
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
            .ok_or_else(|| format!("`{name}` must be `true` or `false`")),
        Some(FieldKind::Integer | FieldKind::Number | FieldKind::Object) => {
            serde_json::from_str(text).map_err(|error| format!("`{name}` is not valid JSON: {error}"))
        }
        Some(_) => fields::json_or_text(text).map_err(|error| format!("`{name}` is {error}")),
    }
}

/// Parses a boolean, ignoring case because spreadsheets write `TRUE`.
fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// Sets one field of a request.
fn set(request: RoomTokenRequest, (name, value): (String, Value)) -> Result<RoomTokenRequest, String> {
    let field = fields::find(&name).ok_or_else(|| fields::unknown(&name, "a field name"))?;
    if field.kind() == FieldKind::Permissions {
        check_permissions(&value)?;
    }
    let set = field.set(request, value);
    set.map_err(|error| format!("`{name}`: {error}"))
}

/// Returns an error if any permission is unknown, just as `--permission` does.
fn check_permissions(names: &Value) -> Result<(), String> {
    let names = names.as_array().into_iter().flatten().filter_map(Value::as_str);
    names
        .map(|name| name.parse::<Permission>().map_err(|error| error.to_string()))
        .try_for_each(|parsed| parsed.map(drop))
}
