//! OpenAPI Overlay 1.0.0: applies descriptions and corrections to the facts.

mod limits;

use serde_json::Value;
use serde_json_path::JsonPath;
use xtask_openapi::{Document, Error, Fields as _, pointer};

use self::limits::Growth;
use crate::error::{Errors, Result};
use crate::extensions::{self, PIN};
use crate::workaround::Strictness;

/// A list of changes to a document.
#[derive(Debug, Clone)]
pub struct Overlay {
    name: String,
    actions: Vec<Action>,
}

#[derive(Debug, Clone)]
struct Action {
    target: JsonPath,
    /// The value to merge into the target, or `None` if the target is removed.
    update: Option<Value>,
    is_pin: bool,
}

impl Overlay {
    /// Reads an overlay document.
    ///
    /// # Errors
    /// Returns an error if the document is not a version 1.0 overlay, or if an action violates the specification.
    pub fn read(document: &Document) -> Result<Self> {
        let root = document.value();
        let error = |place: &str, message: &str| Err(document.error(place, message).into());
        let version = root.text("overlay").unwrap_or_default();
        if version != "1.0" && !version.starts_with("1.0.") {
            let message = "must be `1.0.0`, the only supported Overlay Specification version";
            return error("/overlay", message);
        }
        for field in ["title", "version"] {
            if root.object("info").and_then(|info| info.text(field)).is_none() {
                return error("/info", &format!("`{field}` must be a string"));
            }
        }
        let actions = root.items("actions");
        if actions.is_empty() {
            return error("/actions", "must be an array with at least one action");
        }
        let (mut read, mut wrong) = (Vec::new(), Vec::new());
        for (index, action) in actions.iter().enumerate() {
            match Action::read(action) {
                Ok(action) => {
                    if let Some(update) = &action.update {
                        let place = format!("/actions/{index}/update");
                        extensions::check_update(update, &place, &mut |place, message| {
                            wrong.push(document.error(place, message));
                        });
                    }
                    read.push(action);
                }
                Err((field, message)) => {
                    wrong.push(document.error(format!("/actions/{index}{field}"), message));
                }
            }
        }
        Errors::none_of(wrong)?;
        Ok(Self {
            name: document.name().to_owned(),
            actions: read,
        })
    }

    /// Applies the actions in order. In a draft, actions that match nothing, change nothing or can't be applied are
    /// ignored.
    ///
    /// # Errors
    /// Returns an error if the overlay adds more than 64 MiB or modifies too many locations. Unless this is a draft,
    /// also returns every action that matches nothing, changes nothing or can't be applied, for example because the
    /// result would exceed the nesting limit. The document has probably changed, so these actions need review.
    pub fn apply(&self, document: &mut Value, strictness: Strictness) -> Result<()> {
        let (mut wrong, mut growth) = (Vec::new(), Growth::default());
        for (index, action) in self.actions.iter().enumerate() {
            if let Err(message) = action.apply(document, &mut growth) {
                wrong.push(Error::at(&self.name, format!("/actions/{index}"), message));
            }
            if growth.is_exceeded() {
                return Errors::none_of(wrong);
            }
        }
        match strictness {
            Strictness::Draft => Ok(()),
            Strictness::EachMustApply | Strictness::WhereNeeded => Errors::none_of(wrong),
        }
    }
}

impl Action {
    /// Parses an action. On failure, returns the invalid field and a message.
    fn read(action: &Value) -> std::result::Result<Self, (&'static str, String)> {
        let Value::Object(fields) = action else {
            return Err(("", "must be an object".to_owned()));
        };
        if let Some(message) = fields.keys().find_map(|name| extensions::complaint(name, true)) {
            return Err(("", message));
        }
        let known = ["target", "description", "update", "remove", PIN];
        if let Some(name) = fields.keys().find(|name| !known.contains(&name.as_str())) {
            let message = "expected `target`, `description`, `update`, `remove` or `x-pin`";
            return Err(("", format!("unknown field `{name}`; {message}")));
        }
        let description = fields.get("description");
        if description.is_some_and(|description| !description.is_string()) {
            return Err(("/description", "must be a string".to_owned()));
        }
        let Some(target) = fields.text("target") else {
            return Err(("/target", "must be a JSONPath string".to_owned()));
        };
        limits::check_target(target).map_err(|message| ("/target", message))?;
        let target = JsonPath::parse(target).map_err(|error| {
            let message = format!("`{target}` is not a valid JSONPath (RFC 9535): {error}");
            ("/target", message)
        })?;
        let update = match (fields.get("update"), fields.get("remove")) {
            (Some(update), None | Some(Value::Bool(false))) => Some(update.clone()),
            (None, Some(Value::Bool(true))) => None,
            _ => {
                return Err((
                    "",
                    "must have exactly one of `update` and `remove: true`".to_owned(),
                ));
            }
        };
        let is_pin = fields.is_true(PIN);
        if fields.get(PIN).is_some_and(|pin| !pin.is_boolean()) || is_pin && update.is_none() {
            let message = format!("`{PIN}` must be `true` or `false`, and requires `update`");
            return Err(("", message));
        }
        Ok(Self {
            target,
            update,
            is_pin,
        })
    }

    fn apply(&self, document: &mut Value, growth: &mut Growth) -> std::result::Result<(), String> {
        let target = &self.target;
        // Sort the locations in document order and remove duplicates, because selectors may overlap.
        let found = target.query_located(document).dedup();
        let places: Vec<String> = found.locations().map(|path| path.to_json_pointer()).collect();
        if places.is_empty() {
            return Err(format!("`{target}` matches nothing; fix or delete the action"));
        }
        let Some(update) = &self.update else {
            if places.iter().any(String::is_empty) {
                return Err(format!(
                    "`{target}` is the whole document, which can't be removed"
                ));
            }
            // Remove from the end, so that the earlier locations remain valid.
            places.iter().rev().for_each(|place| remove(document, place));
            return Ok(());
        };
        growth
            .add(&places, update)
            .map_err(|message| format!("`{target}` {message}"))?;
        let mut has_changed = false;
        for place in &places {
            let Some(node) = document.pointer_mut(place) else {
                continue;
            };
            has_changed |= merge_into_target(node, update)
                .map_err(|(below, message)| format!("`{target}`: at {place}{below}: {message}"))?;
        }
        if has_changed || self.is_pin {
            Ok(())
        } else {
            Err(format!("`{target}` already has this value; delete the action"))
        }
    }
}

/// The location, relative to the target, where an update can't be applied, and a message.
type Misfit = (String, String);

/// Merges an update into the selected value. If both are objects, they are merged; if the target is an array, the
/// update is appended to it.
fn merge_into_target(target: &mut Value, update: &Value) -> std::result::Result<bool, Misfit> {
    match (target, update) {
        (Value::Array(target), entry) => append(target, entry),
        (target @ Value::Object(_), Value::Object(_)) => merge(target, update),
        _ => {
            let message = "cannot merge the update: the target must be an array, or both the target and the update must be objects";
            Err((String::new(), message.to_owned()))
        }
    }
}

/// Merges two values and returns whether anything changed.
fn merge(target: &mut Value, update: &Value) -> std::result::Result<bool, Misfit> {
    let mut has_changed = false;
    match (target, update) {
        (Value::Object(target), Value::Object(update)) => {
            for (name, update) in update {
                let below = |(place, message): Misfit| (pointer::child("", name) + &place, message);
                has_changed |= match target.get_mut(name) {
                    Some(target) => merge(target, update).map_err(below)?,
                    None => target.insert(name.clone(), update.clone()).is_none(),
                };
            }
        }
        (Value::Array(target), Value::Array(entries)) => {
            for entry in entries {
                has_changed |= append(target, entry)?;
            }
        }
        (Value::Object(_) | Value::Array(_), _) | (_, Value::Object(_) | Value::Array(_)) => {
            return Err((String::new(), "has a different type than the update".to_owned()));
        }
        (target, update) => has_changed = std::mem::replace(target, update.clone()) != *update,
    }
    Ok(has_changed)
}

fn append(target: &mut Vec<Value>, entry: &Value) -> std::result::Result<bool, Misfit> {
    if target.contains(entry) {
        let message = format!("{entry} is already present; delete the action");
        return Err((String::new(), message));
    }
    target.push(entry.clone());
    Ok(true)
}

/// Removes the member or element at a location.
fn remove(document: &mut Value, place: &str) {
    let (parent, _) = place.rsplit_once('/').unwrap_or_default();
    let name = pointer::tokens(place).pop().unwrap_or_default();
    match document.pointer_mut(parent) {
        Some(Value::Object(parent)) => drop(parent.shift_remove(&name)),
        Some(Value::Array(parent)) => {
            if let Some(index) = name.parse().ok().filter(|index| *index < parent.len()) {
                parent.remove(index);
            }
        }
        _ => {}
    }
}
