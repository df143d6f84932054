//! `room-token inspect`: what a token says of itself, and whether that is what was asked for.

mod text;
mod words;

use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;

use serde::Serialize;
use serde_json::{Map, Value, json};
use signalwire_room_tokens::{Mismatch, RoomToken, RoomTokenRequest, TokenHeader, UnverifiedClaims};

use crate::args::InspectArgs;
use crate::exit::{Exit, Failure};
use crate::fields;
use crate::output;

/// More than any token has, with room for the white space around it.
const MOST_READ: u64 = 128 * 1024;

/// What is found, as JSON; part of the program's interface.
#[derive(Serialize)]
struct Report<'a> {
    /// Never true: only SignalWire has the key.
    verified: bool,
    header: &'a TokenHeader,
    claims: &'a UnverifiedClaims,
    #[serde(skip_serializing_if = "Option::is_none")]
    mismatches: Option<Vec<Value>>,
}

pub(crate) fn run(args: &InspectArgs) -> Result<Exit, Failure> {
    let request = args.compare.as_deref().map(read_request).transpose()?;
    let token = RoomToken::from(read_token(args.token.as_deref())?);
    let claims = token
        .claims()
        .map_err(|error| Failure::usage(error.to_string()))?;
    let mismatches = request.map(|request| token.compare(&request)).transpose();
    let mismatches = mismatches.map_err(|error| Failure::usage(error.to_string()))?;

    let mut out = io::stdout().lock();
    if args.json {
        let report = Report {
            verified: false,
            header: &claims.header,
            claims: &claims,
            mismatches: mismatches
                .as_ref()
                .map(|found| found.iter().map(mismatch).collect()),
        };
        output::json(&mut out, &report)?;
    } else {
        text::write(&mut out, &claims, mismatches.as_deref())?;
    }
    Ok(match mismatches {
        Some(found) if !found.is_empty() => Exit::Nonsense,
        _ => Exit::Done,
    })
}

fn mismatch(mismatch: &Mismatch) -> Value {
    match mismatch {
        Mismatch::Permissions { dropped, added, .. } => json!({
            "field": "permissions",
            "dropped": dropped.iter().map(|name| name.as_str().to_owned()).collect::<Vec<_>>(),
            "added": added.iter().map(|name| name.as_str().to_owned()).collect::<Vec<_>>(),
        }),
        Mismatch::Field {
            field,
            asked,
            granted,
            ..
        } => json!({
            "field": field,
            "asked": asked,
            "granted": granted,
        }),
        other => json!({ "field": other.field() }),
    }
}

fn read_request(path: &Path) -> Result<RoomTokenRequest, Failure> {
    let refuse = |error: String| Failure::usage(format!("{}: {error}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| refuse(error.to_string()))?;
    let request: Map<String, Value> =
        serde_json::from_str(&text).map_err(|error| refuse(format!("no request: {error}")))?;
    // The library reads these as its setters of the same names.
    let is_setter = |field: &str| matches!(field, "valid_for" | "remove_after");
    let is_unknown = |field: &&String| !fields::is_known(field) && !is_setter(field);
    for field in request.keys().filter(is_unknown) {
        let place = "one of the names";
        // What is misspelt is not compared, and would pass for granted.
        if fields::is_misspelt(field) {
            return Err(refuse(fields::unknown(field, place)));
        }
        let named = fields::named(field, place);
        output::note(format_args!(
            "{named} is not compared; this version does not know it"
        ));
    }
    serde_json::from_value(Value::Object(request)).map_err(|error| refuse(format!("no request: {error}")))
}

fn read_token(argument: Option<&str>) -> Result<String, Failure> {
    let text = match argument {
        Some(token) if token != "-" => token.to_owned(),
        _ => read_stdin()?,
    };
    let text = text.trim();
    // What the API answers, and `create --json` prints.
    let token = serde_json::from_str::<Map<String, Value>>(text)
        .ok()
        .and_then(|mut answer| answer.remove("token"))
        .and_then(|token| token.as_str().map(str::to_owned));
    Ok(token.unwrap_or_else(|| text.to_owned()))
}

fn read_stdin() -> Result<String, Failure> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        output::note("reading the token from standard input");
    }
    let mut bytes = Vec::new();
    let read = stdin.lock().take(MOST_READ).read_to_end(&mut bytes);
    read.map_err(|error| Failure::usage(format!("standard input cannot be read: {error}")))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
