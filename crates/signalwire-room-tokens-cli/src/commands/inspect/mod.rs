//! The `room-token inspect` command.

mod summary;
mod text;

use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;

use serde::Serialize;
use serde_json::{Map, Value, json};
use signalwire_room_tokens::{Mismatch, RoomToken, RoomTokenRequest, TokenHeader, UnverifiedClaims};

use crate::args::InspectArgs;
use crate::exit::{Exit, Failure};
use crate::fields;
use crate::output;

/// Maximum number of input bytes to read, enough for the longest token and surrounding whitespace.
const MAX_INPUT: u64 = 128 * 1024;

/// JSON output, which is part of the public interface.
#[derive(Serialize)]
struct Report<'a> {
    /// Always `false`, because only SignalWire has the signing key.
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
        Some(found) if !found.is_empty() => Exit::InvalidResponse,
        _ => Exit::Success,
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
    let failure = |error: String| Failure::usage(format!("{}: {error}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| failure(error.to_string()))?;
    let request: Map<String, Value> =
        serde_json::from_str(&text).map_err(|error| failure(format!("not a valid request: {error}")))?;
    // The library also accepts these setter names.
    let is_setter = |field: &str| matches!(field, "valid_for" | "remove_after");
    let is_unknown = |field: &&String| !fields::is_known(field) && !is_setter(field);
    for field in request.keys().filter(is_unknown) {
        let position = "a field name";
        // A misspelled field would be skipped, and the comparison would wrongly succeed.
        if fields::is_misspelled(field) {
            return Err(failure(fields::unknown(field, position)));
        }
        let named = fields::named(field, position);
        output::note(format_args!(
            "{named} is not compared because this version does not support it"
        ));
    }
    serde_json::from_value(Value::Object(request))
        .map_err(|error| failure(format!("not a valid request: {error}")))
}

fn read_token(argument: Option<&str>) -> Result<String, Failure> {
    let text = match argument {
        Some(token) if token != "-" => token.to_owned(),
        _ => read_stdin()?,
    };
    let text = text.trim();
    // The input may also be the API response or the output of `create --json`.
    let token = serde_json::from_str::<Map<String, Value>>(text)
        .ok()
        .and_then(|mut response| response.remove("token"))
        .and_then(|token| token.as_str().map(str::to_owned));
    Ok(token.unwrap_or_else(|| text.to_owned()))
}

fn read_stdin() -> Result<String, Failure> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        output::note("reading the token from standard input");
    }
    let mut bytes = Vec::new();
    let read = stdin.lock().take(MAX_INPUT).read_to_end(&mut bytes);
    read.map_err(|error| Failure::usage(format!("failed to read standard input: {error}")))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
