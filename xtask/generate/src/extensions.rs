//! The extensions (`x-…`) that the generator supports, and checks for misspelled or misplaced ones.

use std::collections::HashSet;

use serde_json::{Map, Value};
use xtask_openapi::operation::operations;
use xtask_openapi::walk::{Place, change, visit};
use xtask_openapi::{Error, Fields as _, pointer};

use crate::operations::body;
use crate::prose::ENUM_DESCRIPTIONS;
use crate::schema::Keywords;
use crate::workaround::code::SENSITIVE;

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

/// An extension that the overlay may set in a schema.
struct Extension {
    name: &'static str,
    /// The schemas that may have it, as a description and a predicate.
    allowed_on: (&'static str, fn(&Site<'_>) -> bool),
    /// The valid values, as a description and a predicate.
    values: (&'static str, fn(&Value) -> bool),
}

const SCHEMA_EXTENSIONS: [Extension; 11] = [
    Extension {
        name: SENSITIVE,
        allowed_on: ("properties of component schemas", |site| {
            site.is_component_property
        }),
        values: ("`true` or `false`", Value::is_boolean),
    },
    Extension {
        name: ENUM_DESCRIPTIONS,
        // Its keys must be values of the schema's enum, which is checked with the other descriptions.
        allowed_on: ("schemas", |_| true),
        values: ("an object whose values are strings", |value| {
            let mut texts = value.as_object().into_iter().flat_map(Map::values);
            value.is_object() && texts.all(Value::is_string)
        }),
    },
    Extension {
        name: API_ERROR,
        allowed_on: ("component schemas", |site| site.is_component),
        values: ("`true`", |value| *value == true),
    },
    Extension {
        name: ARGUMENT,
        allowed_on: FIELDS,
        values: ("`permissions` or `json`", |value| {
            *value == "permissions" || *value == "json"
        }),
    },
    Extension {
        name: HELP,
        allowed_on: FIELDS,
        values: TEXT,
    },
    Extension {
        name: UNIT,
        allowed_on: ("request body properties that are numbers", |site| {
            site.is_field_of(&["integer", "number"])
        }),
        values: TEXT,
    },
    Extension {
        name: MAX_JSON_LENGTH,
        allowed_on: ("request body properties that are objects or arrays", |site| {
            site.is_field_of(&["object", "array"])
        }),
        values: ("a positive integer", |value| {
            value.as_u64().is_some_and(|max| max > 0)
        }),
    },
    Extension {
        name: PATTERN,
        allowed_on: FIELDS,
        values: ("`unchecked`", |value| *value == "unchecked"),
    },
    Extension {
        name: PRESETS,
        allowed_on: FIELDS,
        values: (NAMED_LISTS, are_presets),
    },
    Extension {
        name: CLAIM,
        allowed_on: FIELDS,
        values: TEXT,
    },
    Extension {
        name: REQUIRED_CLAIM,
        allowed_on: FIELDS,
        values: TEXT,
    },
];

const FIELDS: (&str, fn(&Site<'_>) -> bool) = ("request body properties", |site| site.is_field);

const TEXT: (&str, fn(&Value) -> bool) = ("a non-empty string", |value| {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
});

const NAMED_LISTS: &str =
    "an object whose keys are lowercase words other than `default` and whose values are arrays of strings";

/// An object that has extensions.
struct Site<'a> {
    is_component: bool,
    is_component_property: bool,
    /// `true` for a property of a request body.
    is_field: bool,
    schema: Keywords<'a>,
}

impl<'a> Site<'a> {
    fn of(document: &'a Value, place: &Place<'_>, bodies: &[String]) -> Self {
        let tokens = pointer::tokens(place.pointer);
        let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let is_component_property = matches!(tokens[..], ["components", "schemas", _, "properties", _]);
        let is_in = |body: &String| place.pointer.starts_with(&format!("{body}/properties/"));
        Self {
            is_component: matches!(tokens[..], ["components", "schemas", _]),
            is_component_property,
            is_field: is_component_property && bodies.iter().any(is_in),
            schema: Keywords::of(document, document.pointer(place.pointer).unwrap_or(&Value::Null)),
        }
    }

    /// Returns `true` for a property of a request body that has one of the given types, or no `type`.
    fn is_field_of(&self, types: &[&str]) -> bool {
        let found = self.schema.text("type");
        let all = self.schema.items("type").iter().filter_map(Value::as_str);
        let found: Vec<&str> = found.into_iter().chain(all).collect();
        self.is_field && (found.is_empty() || found.iter().any(|ty| types.contains(ty)))
    }
}

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
    let of_schemas = SCHEMA_EXTENSIONS.iter().map(|extension| (extension.name, false));
    let mut known = of_schemas.chain([(PIN, true)]);
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
    let is_removed = |name: &str| known(name).is_some() && name != SENSITIVE && name != ENUM_DESCRIPTIONS;
    change(facts, &mut |_, object| {
        object.retain(|name, _| !is_removed(name));
    });
}

fn known(name: &str) -> Option<&'static Extension> {
    SCHEMA_EXTENSIONS.iter().find(|extension| extension.name == name)
}

/// Finds misplaced and invalid extensions, and unknown ones that the overlay added. `name` identifies the merged document
/// in error messages.
pub(crate) fn check_merged(name: &str, facts: &Value, merged: &Value) -> Vec<Error> {
    let bodies: Vec<String> = operations(merged)
        .filter_map(|operation| body(merged, &operation)?.get("$ref")?.as_str())
        .filter_map(pointer::of_reference)
        .collect();
    let is_extension = |name: &&String| name.starts_with("x-");
    let mut published = HashSet::new();
    visit(facts, &mut |place| {
        published.extend(place.fields.keys().filter(is_extension).cloned());
    });
    let mut wrong = Vec::new();
    visit(merged, &mut |place| {
        for (extension, value) in place.fields.iter().filter(|(name, _)| is_extension(name)) {
            let published_value = facts
                .pointer(place.pointer)
                .and_then(|object| object.get(extension));
            let message = match known(extension) {
                _ if published_value == Some(value) => None,
                Some(known) => known.complaint(&Site::of(merged, place, &bodies), value),
                None if published.contains(extension) => None,
                None => Some("is not a known extension; see the list in `spec/README.md`".to_owned()),
            };
            let place = pointer::child(place.pointer, extension);
            wrong.extend(message.map(|message| Error::at(name, place, message)));
        }
    });
    wrong
}

impl Extension {
    /// Returns a message if the extension is misplaced or has an invalid value.
    fn complaint(&self, site: &Site<'_>, value: &Value) -> Option<String> {
        let ((allowed_on, fits), (expected, is_valid)) = (self.allowed_on, self.values);
        if !is_valid(value) {
            return Some(format!("must be {expected}"));
        }
        (!fits(site)).then(|| format!("is only allowed on {allowed_on}"))
    }
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
