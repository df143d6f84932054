//! The facts (all fields except documentation) and documentation of an object. Structured fields that aren't handled
//! elsewhere, such as links and encodings, are opaque: they are compared as JSON values, together with the objects that
//! they refer to.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::{Map, Value, json};
use xtask_openapi::grammar::{Content, Kind};
use xtask_openapi::{Document, pointer, prose};

use super::value::{Fields, normalized, short_name};

/// The maximum number of referenced objects to keep with a field.
const MAX_TARGETS: usize = 100;

/// The fields of an object that aren't handled elsewhere.
#[derive(Debug, Default, Clone)]
pub(crate) struct Rest {
    pub(crate) facts: Fields,
    /// Documentation.
    pub(crate) prose: Fields,
}

impl Rest {
    /// Adds the fields of another object that applies to the same operation.
    pub(super) fn extend(&mut self, other: Self) {
        self.facts.extend(other.facts);
        self.prose.extend(other.prose);
    }
}

/// Returns the fields of an object, except for those that are `handled` elsewhere.
pub(crate) fn rest(document: &Document, object: &Map<String, Value>, kind: Kind, handled: &[&str]) -> Rest {
    let mut rest = Rest::default();
    for (name, value) in object
        .iter()
        .filter(|(name, _)| !handled.contains(&name.as_str()))
    {
        match kind.content(name) {
            Some(Content::Prose) => drop(rest.prose.insert(name.clone(), normalized(value))),
            Some(Content::Object(_) | Content::List(_) | Content::Map(_)) => {
                if *value != json!({}) {
                    let (fact, prose) = opaque(document, name, value, kind);
                    rest.facts.insert(name.clone(), fact);
                    rest.prose.extend(prose.map(|prose| (name.clone(), prose)));
                }
            }
            _ => drop(rest.facts.insert(name.clone(), normalized(value))),
        }
    }
    rest
}

/// Returns the facts and documentation of a field, including those of the objects that it refers to.
fn opaque(document: &Document, name: &str, field: &Value, kind: Kind) -> (Value, Option<Value>) {
    let whole = with_references(document, name, field, kind);
    let mut stripped = whole.clone();
    strip(&mut stripped, kind);
    let prose = lost(&Value::Object(whole), &Value::Object(stripped.clone()));
    let has_references = stripped.len() > 1;
    let alone = stripped.get(name).filter(|_| !has_references).cloned();
    (normalized(&alone.unwrap_or(Value::Object(stripped))), prose)
}

/// Returns a field and everything that it refers to. Each object is included once, keyed by section and name. If there
/// are too many objects, they are replaced by a single hash, so that they are not copied into every field that refers
/// to them.
fn with_references(document: &Document, name: &str, field: &Value, kind: Kind) -> Map<String, Value> {
    let mut whole = Map::from_iter([(name.to_owned(), shortened(field))]);
    let targets = pointer::reachable(document.value(), pointer::references(field).collect());
    let targets: BTreeMap<String, &Value> = targets.collect();
    if targets.len() > MAX_TARGETS {
        whole.insert("references".to_owned(), hash(&targets, kind).into());
        return whole;
    }
    for (place, target) in targets {
        let short = short_place(&place);
        // Objects in different namespaces may have the same name.
        let key = if whole.contains_key(&short) { place } else { short };
        whole.insert(key, shortened(target));
    }
    whole
}

/// Returns a hash of the objects without their documentation. It doesn't depend on the order of the objects.
fn hash(targets: &BTreeMap<String, &Value>, kind: Kind) -> u64 {
    let hash = |(place, target): (&String, &&Value)| {
        let mut object = Map::from_iter([(short_place(place), shortened(target))]);
        strip(&mut object, kind);
        let mut hasher = DefaultHasher::new();
        normalized(&Value::Object(object)).to_string().hash(&mut hasher);
        hasher.finish()
    };
    targets.iter().map(hash).fold(0, u64::wrapping_add)
}

/// Returns a value with each reference replaced by the key of its target.
fn shortened(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let shorten = |(name, value): (&String, &Value)| {
                let place = value.as_str().filter(|_| name == "$ref");
                let place = place.and_then(pointer::of_reference);
                let value = place.map_or_else(|| shortened(value), |place| short_place(&place).into());
                (name.clone(), value)
            };
            Value::Object(fields.iter().map(shorten).collect())
        }
        Value::Array(items) => items.iter().map(shortened).collect(),
        other => other.clone(),
    }
}

/// Shortens `/components/schemas/Video.Room` to `schemas/Room`.
fn short_place(place: &str) -> String {
    match pointer::tokens(place).as_slice() {
        [components, section, name] if components == "components" => {
            format!("{section}/{}", short_name(name))
        }
        _ => place.to_owned(),
    }
}

/// Removes the documentation from a field and the objects that it refers to.
fn strip(whole: &mut Map<String, Value>, kind: Kind) {
    for (key, value) in whole.iter_mut() {
        match key.split_once('/').map(|(section, _)| Kind::of_section(section)) {
            Some(None) => {}
            Some(Some(kind)) => prose::strip_object(value, kind),
            None => {
                let mut owner = json!({ key: value.take() });
                prose::strip_object(&mut owner, kind);
                *value = owner.get_mut(key.as_str()).map(Value::take).unwrap_or_default();
            }
        }
    }
}

/// Returns the parts of `whole` that are missing from `rest`.
fn lost(whole: &Value, rest: &Value) -> Option<Value> {
    match (whole, rest) {
        (Value::Object(whole), Value::Object(rest)) => {
            let lost: Map<String, Value> = whole
                .iter()
                .filter_map(|(name, value)| {
                    let lost = match rest.get(name) {
                        Some(rest) => lost(value, rest)?,
                        None => value.clone(),
                    };
                    Some((name.clone(), lost))
                })
                .collect();
            (!lost.is_empty()).then_some(Value::Object(lost))
        }
        (Value::Array(whole), Value::Array(rest)) => {
            let lost: Vec<Value> = whole.iter().zip(rest).filter_map(|(a, b)| lost(a, b)).collect();
            (!lost.is_empty()).then_some(Value::Array(lost))
        }
        (whole, rest) => (whole != rest).then(|| whole.clone()),
    }
}
