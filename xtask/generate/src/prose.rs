//! Checks that no required description is missing from the merged document.

use serde_json::{Map, Value, json};
use xtask_openapi::grammar::Kind;
use xtask_openapi::{Error, Fields as _, pointer, yaml};

use xtask_openapi::pointer::escape;
use xtask_openapi::walk::{Place, visit};

use crate::error::{Errors, Result};
use crate::markdown::forbidden;

/// The extension that maps each value of an enum to its description.
pub const ENUM_DESCRIPTIONS: &str = "x-enumDescriptions";

/// Checks that no description is missing or contains code blocks, HTML or images. `name` identifies the document in error
/// messages.
///
/// # Errors
/// Returns the location of every missing or invalid description, and every description of an unknown enum value. The
/// remedy contains an overlay action with an empty string for each missing description.
pub fn check(name: &str, document: &Value) -> Result<()> {
    let (mut wrong, mut missing) = (Vec::new(), Remedies::new());
    visit(document, &mut |place| {
        let mut report = |place: String, message: String| wrong.push(Error::at(name, place, message));
        // The description belongs to the referenced object.
        if place.kind.can_be_reference() && place.fields.contains_key("$ref") {
            return;
        }
        let mut words = Map::new();
        for field in required_prose(place) {
            if !has_prose(place, field) {
                report(
                    place.pointer.to_owned(),
                    format!("{field} is missing; add it in the overlay"),
                );
                words.insert((*field).to_owned(), json!(""));
            }
        }
        check_markdown(place, &mut report);
        let undescribed = check_enum(place, &mut report);
        if !undescribed.is_empty() {
            words.insert(ENUM_DESCRIPTIONS.to_owned(), undescribed.into());
        }
        if !words.is_empty() {
            missing.push((place.pointer.to_owned(), words));
        }
    });
    none_of(document, wrong, &missing)
}

/// The fields that overlay actions must set to fix errors. Each entry consists of an object's location and the fields
/// to set in it.
pub(crate) type Remedies = Vec<(String, Map<String, Value>)>;

/// Returns all errors, if there are any, with overlay actions that fix them.
pub(crate) fn none_of(document: &Value, wrong: Vec<Error>, remedies: &Remedies) -> Result<()> {
    let actions = remedies
        .iter()
        .map(|(place, words)| json!({ "target": json_path(document, place), "update": words }));
    let actions = Value::Array(actions.collect());
    let remedy = (!remedies.is_empty()).then(|| yaml::to_string(&actions));
    Errors::none_of(wrong).map_err(|errors| Errors { remedy, ..errors })
}

/// Converts a JSON pointer to a JSONPath. Numbers are indices only in arrays, because properties may be named `1`.
fn json_path(document: &Value, pointer: &str) -> String {
    let (mut path, mut value) = (String::from("$"), document);
    for token in pointer::tokens(pointer) {
        let is_name = token.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && token.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        path.push_str(&match value {
            Value::Array(_) => format!("[{token}]"),
            _ if is_name => format!(".{token}"),
            _ => format!("['{}']", token.replace('\\', "\\\\").replace('\'', "\\'")),
        });
        value = value.pointer(&pointer::child("", &token)).unwrap_or(&Value::Null);
    }
    path
}

/// Returns the prose fields that are required in an object.
fn required_prose(place: &Place<'_>) -> &'static [&'static str] {
    match place.kind {
        Kind::Operation => &["summary", "description"],
        Kind::Info
        | Kind::Tag
        | Kind::Server
        | Kind::ServerVariable
        | Kind::Parameter
        | Kind::RequestBody
        | Kind::Response
        | Kind::Header
        | Kind::SecurityScheme => &["description"],
        Kind::Schema if place.is_named => &["description"],
        _ => &[],
    }
}

fn has_prose(place: &Place<'_>, field: &str) -> bool {
    let text = place.fields.text(field).unwrap_or_default();
    !text.trim().is_empty()
}

/// Reports summaries and descriptions that contain forbidden Markdown.
fn check_markdown(place: &Place<'_>, report: &mut dyn FnMut(String, String)) {
    let of_values = place.fields.members(ENUM_DESCRIPTIONS);
    let of_values = of_values.map(|(value, words)| (format!("{ENUM_DESCRIPTIONS}/{}", escape(value)), words));
    let own = ["summary", "description"].map(|field| (field.to_owned(), place.fields.get(field)));
    let own = own.into_iter().filter_map(|(field, words)| Some((field, words?)));
    for (field, words) in own.chain(of_values) {
        if let Some(what) = words.as_str().and_then(forbidden) {
            let message = format!("must not contain {what}; correct it in the overlay");
            report(format!("{}/{field}", place.pointer), message);
        }
    }
}

/// Checks the descriptions of a component enum's values and returns the values that have none. An enum with a single
/// value doesn't need value descriptions.
fn check_enum(place: &Place<'_>, report: &mut dyn FnMut(String, String)) -> Map<String, Value> {
    let mut undescribed = Map::new();
    let descriptions = place.fields.object(ENUM_DESCRIPTIONS);
    let values = place.fields.items("enum");
    let is_reusable = place.kind == Kind::Schema && pointer::tokens(place.pointer).len() == 3;
    if is_reusable && values.len() > 1 {
        for (index, value) in values.iter().enumerate() {
            let Some(value) = value.as_str() else { continue };
            let words = descriptions.and_then(|words| words.text(value));
            if words.is_none_or(|words| words.trim().is_empty()) {
                undescribed.insert(value.to_owned(), json!(""));
                let message =
                    format!("`{value}` has no description; add one to `{ENUM_DESCRIPTIONS}` in the overlay");
                report(format!("{}/enum/{index}", place.pointer), message);
            }
        }
    }
    for name in descriptions.into_iter().flat_map(Map::keys) {
        if !values.iter().any(|value| value == name) {
            let place = pointer::child(&pointer::child(place.pointer, ENUM_DESCRIPTIONS), name);
            report(place, "describes a value that no longer exists".to_owned());
        }
    }
    undescribed
}
