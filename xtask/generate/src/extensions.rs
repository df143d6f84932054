//! The extensions (`x-…`) that the generator supports, and checks for misspelled or misplaced ones.

use serde_json::Value;
use xtask_openapi::grammar::Kind;
use xtask_openapi::{Document, Error, pointer};

use crate::operations::operations;
use xtask_openapi::walk::visit;

/// The argument type of a request field's setter, if it can't be derived from the schema.
pub(crate) const ARGUMENT: &str = "x-argument";
/// A request field's command-line help. Defaults to the first sentence of its description.
pub(crate) const HELP: &str = "x-help";
/// The unit of a number, in the plural.
pub(crate) const UNIT: &str = "x-unit";
/// The maximum length of a value as compact JSON, in characters.
pub(crate) const MAX_JSON_LENGTH: &str = "x-maxJsonLength";
/// Disables local checking of the pattern if the value is `unchecked`.
pub(crate) const PATTERN: &str = "x-pattern";
/// Permission sets for common roles. Maps the name of each preset to its permissions.
pub(crate) const PRESETS: &str = "x-presets";

/// Marks an overlay action that pins a value, so that an update that changes nothing is not an error.
pub(crate) const PIN: &str = "x-pin";
/// The name of the token claim that contains the value of a request field.
pub(crate) const CLAIM: &str = "x-claim";
/// Like [`CLAIM`], but for a claim that is present in every token whose request sets the field.
pub(crate) const REQUIRED_CLAIM: &str = "x-requiredClaim";
/// Marks, if `true`, the schema from which the client's type for API errors is generated.
pub(crate) const API_ERROR: &str = "x-apiError";

/// Extensions allowed in overlay actions.
const OF_ACTION: [&str; 1] = [PIN];

/// Extensions allowed in schemas.
const OF_SCHEMA: [&str; 11] = [
    crate::workaround::code::SENSITIVE,
    crate::prose::ENUM_DESCRIPTIONS,
    ARGUMENT,
    HELP,
    UNIT,
    MAX_JSON_LENGTH,
    PATTERN,
    PRESETS,
    CLAIM,
    REQUIRED_CLAIM,
    API_ERROR,
];

/// Extensions allowed in request body properties. Only the overlay may set them.
const OF_FIELD: [&str; 8] = [
    ARGUMENT,
    HELP,
    UNIT,
    MAX_JSON_LENGTH,
    PATTERN,
    PRESETS,
    CLAIM,
    REQUIRED_CLAIM,
];

/// The maximum edit distance at which a name is considered a misspelled extension.
const TYPO_DISTANCE: usize = 2;

/// Returns a message if a name in an action is a misspelled or misplaced extension.
pub(crate) fn complaint_of_action(name: &str) -> Option<String> {
    complaint(name, &OF_ACTION)
}

/// Reports misspelled and misplaced extensions in the update at `place`, each with its location and a message.
pub(crate) fn check_update(update: &Value, place: &str, report: &mut dyn FnMut(String, String)) {
    match update {
        Value::Object(fields) => {
            for (name, value) in fields {
                let place = pointer::child(place, name);
                if !name.starts_with("x-") {
                    check_update(value, &place, report);
                } else if let Some(message) = complaint(name, &OF_SCHEMA) {
                    report(place, message);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                check_update(item, &format!("{place}/{index}"), report);
            }
        }
        _ => {}
    }
}

/// Returns a message if a name resembles an extension that is not allowed here.
fn complaint(name: &str, here: &[&str]) -> Option<String> {
    if here.contains(&name) {
        return None;
    }
    let letters = |name: &str| name.to_lowercase().replace(['-', '_'], "");
    let is_near =
        |known: &&&str| strsim::damerau_levenshtein(&letters(name), &letters(known)) <= TYPO_DISTANCE;
    let near = OF_ACTION.iter().chain(&OF_SCHEMA).find(is_near)?;
    Some(if here.contains(near) {
        format!("`{name}` is not a known extension; did you mean `{near}`?")
    } else if OF_ACTION.contains(near) {
        format!("`{near}` is an extension for actions and not allowed in `update`")
    } else {
        format!("`{near}` is an extension for schemas; move it into `update`")
    })
}

/// Finds extensions in the facts that only the overlay may set.
pub(crate) fn check_facts(facts: &Document) -> Vec<Error> {
    let mut wrong = Vec::new();
    visit(facts.value(), &mut |place| {
        for name in place
            .fields
            .keys()
            .filter(|name| OF_FIELD.contains(&name.as_str()) || *name == API_ERROR)
        {
            let message = "is an extension that only the overlay may set";
            wrong.push(facts.error(pointer::child(place.pointer, name), message));
        }
    });
    wrong
}

/// Finds misplaced and invalid extensions for request fields. `name` identifies the document in error messages.
pub(crate) fn check_merged(name: &str, document: &Value) -> Vec<Error> {
    let bodies: Vec<String> = operations(document)
        .iter()
        .filter_map(|operation| operation.body?.get("$ref")?.as_str())
        .filter_map(pointer::of_reference)
        .collect();
    let mut wrong = Vec::new();
    visit(document, &mut |place| {
        let tokens = pointer::tokens(place.pointer);
        let is_field = place.kind == Kind::Schema
            && tokens.len() == 5
            && bodies
                .iter()
                .any(|body| place.pointer.starts_with(&format!("{body}/properties/")));
        let is_reusable = place.kind == Kind::Schema && tokens.len() == 3;
        for (extension, value) in place.fields {
            if extension == API_ERROR && !(is_reusable && *value == Value::Bool(true)) {
                let message = "must be `true`, and is only allowed in a component schema";
                wrong.push(Error::at(name, pointer::child(place.pointer, extension), message));
            }
            if !OF_FIELD.contains(&extension.as_str()) {
                continue;
            }
            let message = if is_field {
                expected(extension, value).map(|expected| format!("must be {expected}"))
            } else {
                Some("is only allowed on request body properties".to_owned())
            };
            let at = pointer::child(place.pointer, extension);
            wrong.extend(message.map(|message| Error::at(name, at, message)));
        }
    });
    wrong
}

/// Returns a description of the expected value if an extension's value is invalid.
fn expected(extension: &str, value: &Value) -> Option<&'static str> {
    let text = value.as_str();
    let (is_right, expected) = match extension {
        ARGUMENT => (
            matches!(text, Some("permissions" | "json")),
            "`permissions` or `json`",
        ),
        PATTERN => (text == Some("unchecked"), "`unchecked`"),
        PRESETS => (
            value.as_object().is_some_and(|presets| {
                presets
                    .iter()
                    .all(|(name, permissions)| is_lowercase_word(name) && is_list_of_strings(permissions))
            }),
            "an object whose keys are lowercase words and whose values are arrays of strings",
        ),
        MAX_JSON_LENGTH => (value.as_u64().is_some_and(|max| max > 0), "a positive integer"),
        _ => (
            text.is_some_and(|text| !text.trim().is_empty()),
            "a non-empty string",
        ),
    };
    (!is_right).then_some(expected)
}

fn is_lowercase_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn is_list_of_strings(value: &Value) -> bool {
    value
        .as_array()
        .is_some_and(|items| items.iter().all(Value::is_string))
}
