//! The extensions (`x-…`) that the generator supports, and checks for misspelled or misplaced ones.

use serde_json::Value;
use xtask_openapi::grammar::Kind;
use xtask_openapi::{Error, pointer};

use xtask_openapi::operation::operations;
use xtask_openapi::walk::{change, visit};

use crate::operations::body;

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
/// If `true`, marks the schema from which the client's type for API errors is generated.
pub(crate) const API_ERROR: &str = "x-apiError";

/// An extension for request body properties, with a description of its valid values and a function that recognizes
/// them.
type OfField = (&'static str, &'static str, fn(&Value) -> bool);

/// Extensions allowed in request body properties. Only the overlay may set them.
const OF_FIELD: [OfField; 8] = [
    (ARGUMENT, "`permissions` or `json`", |value| {
        *value == "permissions" || *value == "json"
    }),
    (HELP, TEXT, is_text),
    (UNIT, TEXT, is_text),
    (MAX_JSON_LENGTH, "a positive integer", |value| {
        value.as_u64().is_some_and(|max| max > 0)
    }),
    (PATTERN, "`unchecked`", |value| *value == "unchecked"),
    (PRESETS, NAMED_LISTS, are_presets),
    (CLAIM, TEXT, is_text),
    (REQUIRED_CLAIM, TEXT, is_text),
];

const TEXT: &str = "a non-empty string";

const NAMED_LISTS: &str =
    "an object whose keys are lowercase words other than `default` and whose values are arrays of strings";

/// Extensions allowed in any schema.
const OF_SCHEMA: [&str; 3] = [
    crate::workaround::code::SENSITIVE,
    crate::prose::ENUM_DESCRIPTIONS,
    API_ERROR,
];

/// The maximum edit distance at which a name is considered a misspelled extension.
const TYPO_DISTANCE: usize = 2;

/// Reports misspelled and misplaced extensions in the update at `place`, each with its location and a message.
pub(crate) fn check_update(update: &Value, place: &str, report: &mut dyn FnMut(String, String)) {
    match update {
        Value::Object(fields) => {
            for (name, value) in fields {
                let place = pointer::child(place, name);
                if !name.starts_with("x-") {
                    check_update(value, &place, report);
                } else if let Some(message) = complaint(name, false) {
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

/// Returns a message if a name is a misspelled or misplaced extension. `is_in_action` is `true` for a key of an action,
/// and `false` for a key in its update.
pub(crate) fn complaint(name: &str, is_in_action: bool) -> Option<String> {
    let of_schema = OF_SCHEMA.into_iter().chain(OF_FIELD.map(|(name, ..)| name));
    let mut known = of_schema.map(|name| (name, false)).chain([(PIN, true)]);
    if known.clone().any(|known| known == (name, is_in_action)) {
        return None;
    }
    let letters = |name: &str| name.to_lowercase().replace(['-', '_'], "");
    let distance = |known| strsim::damerau_levenshtein(&letters(name), &letters(known));
    let (near, is_for_actions) = known.find(|(known, _)| distance(known) <= TYPO_DISTANCE)?;
    Some(match (is_in_action, is_for_actions) {
        (true, true) | (false, false) => format!("`{name}` is not a known extension; did you mean `{near}`?"),
        (false, true) => format!("`{near}` is an extension for actions and is not allowed in `update`"),
        (true, false) => format!("`{near}` is an extension for schemas; move it into `update`"),
    })
}

/// Removes the extensions that only the overlay may set.
pub(crate) fn remove_from_facts(facts: &mut Value) {
    let is_ours = |name: &str| name == API_ERROR || OF_FIELD.iter().any(|(field, ..)| *field == name);
    change(facts, &mut |_, object| {
        object.retain(|name, _| !is_ours(name));
    });
}

/// Finds misplaced and invalid extensions for request fields. `name` identifies the document in error messages.
pub(crate) fn check_merged(name: &str, document: &Value) -> Vec<Error> {
    let bodies: Vec<String> = operations(document)
        .filter_map(|operation| body(document, &operation)?.get("$ref")?.as_str())
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
            let of_field = OF_FIELD.iter().find(|(name, ..)| name == extension);
            let message = match of_field {
                None if extension == API_ERROR && !(is_reusable && *value == Value::Bool(true)) => {
                    "is only allowed in a component schema, and only with the value `true`".to_owned()
                }
                Some(_) if !is_field => "is only allowed on request body properties".to_owned(),
                Some((_, expected, is_valid)) if !is_valid(value) => format!("must be {expected}"),
                _ => continue,
            };
            wrong.push(Error::at(name, pointer::child(place.pointer, extension), message));
        }
    });
    wrong
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

fn are_presets(value: &Value) -> bool {
    let is_word = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_list = |value: &Value| {
        value
            .as_array()
            .is_some_and(|items| items.iter().all(Value::is_string))
    };
    // The API's default list is already called `default`.
    let is_preset =
        |(name, permissions): (&String, &Value)| is_word(name) && name != "default" && is_list(permissions);
    value
        .as_object()
        .is_some_and(|presets| presets.iter().all(is_preset))
}
