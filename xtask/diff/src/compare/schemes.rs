//! Security: which credentials an operation asks for, and how the document defines them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use xtask_openapi::{Document, Error, pointer};

use super::{Comparison, Place, or_null};
use crate::change::Severity;
use crate::kinds::{Kind, operation as kinds};
use crate::model::{Reader, normalised};
use crate::rust::Touches;

/// The security schemes of a document by name.
#[derive(Debug, Default)]
pub(crate) struct Schemes(BTreeMap<String, Map<String, Value>>);

impl Schemes {
    /// Reads the schemes of a document.
    ///
    /// # Errors
    /// If a reference to one cannot be followed.
    pub(crate) fn of(document: &Document) -> Result<Self, Error> {
        const SECTION: &str = "/components/securitySchemes";
        let reader = Reader::new(document);
        let mut schemes = BTreeMap::new();
        let section = document.value().pointer(SECTION).and_then(Value::as_object);
        for name in section.into_iter().flat_map(Map::keys) {
            let (scheme, _) = reader.resolve(pointer::child(SECTION, name))?;
            schemes.extend(facts(scheme).map(|facts| (name.clone(), facts)));
        }
        Ok(Self(schemes))
    }

    /// The names that schemes of the old document have in the new one, where they are other ones.
    pub(crate) fn renames(old: &Self, new: &Self) -> BTreeMap<String, String> {
        let mut renames = BTreeMap::new();
        let mut free: Vec<_> = new
            .0
            .iter()
            .filter(|(name, _)| !old.0.contains_key(*name))
            .collect();
        for (name, scheme) in old.0.iter().filter(|(name, _)| !new.0.contains_key(*name)) {
            if let Some(index) = free.iter().position(|(_, other)| *other == scheme) {
                let (other, _) = free.remove(index);
                renames.insert(name.clone(), other.clone());
            }
        }
        renames
    }
}

/// The facts of a scheme. The name of an HTTP scheme or of a header is the same in any case.
fn facts(scheme: &Value) -> Option<Map<String, Value>> {
    let Value::Object(mut facts) = normalised(scheme) else {
        return None;
    };
    facts.shift_remove("description");
    let caseless = if facts.get("in").and_then(Value::as_str) == Some("header") {
        "name"
    } else {
        "scheme"
    };
    if let Some(Value::String(name)) = facts.get_mut(caseless) {
        name.make_ascii_lowercase();
    }
    Some(facts)
}

impl Comparison<'_> {
    /// Compares the definitions; a change of one that no operation asks for concerns nobody yet.
    pub(crate) fn security_schemes(
        &mut self,
        old: &Schemes,
        new: &Schemes,
        used: &BTreeSet<String>,
        place: &Place,
    ) {
        self.operation = None;
        let at = |name: &str| place.at(place.direction, place.scope, format!("security.{name}"));
        for (name, scheme) in &old.0 {
            let cap = if used.contains(name) {
                Severity::Breaking
            } else {
                Severity::Info
            };
            match (new.0.get(name), self.renames.get(name).cloned()) {
                (Some(other), _) => self.scheme(scheme, other, &at(name), cap),
                (None, Some(other)) => {
                    self.change(&kinds::SCHEME_RENAMED, &at(name), json!(name), json!(other));
                }
                (None, None) => {
                    let kind = of_scheme(&kinds::SCHEME_REMOVED, cap);
                    self.change_as(cap, &kind, &at(name), or_null(scheme.get("type")), Value::Null);
                }
            }
        }
        for (name, scheme) in &new.0 {
            if !old.0.contains_key(name) && !self.renames.values().any(|other| other == name) {
                let cap = if used.contains(name) {
                    Severity::Breaking
                } else {
                    Severity::Info
                };
                let kind = of_scheme(&kinds::SCHEME_ADDED, cap);
                self.change(&kind, &at(name), Value::Null, or_null(scheme.get("type")));
            }
        }
    }

    fn scheme(&mut self, old: &Map<String, Value>, new: &Map<String, Value>, place: &Place, cap: Severity) {
        if old.get("type") != new.get("type") {
            let (old, new) = (or_null(old.get("type")), or_null(new.get("type")));
            self.change_as(cap, &of_scheme(&kinds::SCHEME_TYPE_CHANGED, cap), place, old, new);
            return;
        }
        let empty = Map::new();
        let flows = |scheme: &Map<String, Value>| {
            scheme
                .get("flows")
                .and_then(Value::as_object)
                .cloned()
                .unwrap_or_default()
        };
        let (old_flows, new_flows) = (flows(old), flows(new));
        for name in names(&old_flows, &new_flows) {
            let place = place.at(
                place.direction,
                place.scope,
                format!("{}.flows.{name}", place.location),
            );
            match (old_flows.get(&name), new_flows.get(&name)) {
                (Some(old), Some(new)) => {
                    let flow = |flow: &Value| flow.as_object().unwrap_or(&empty).clone();
                    self.flow(&flow(old), &flow(new), &place, cap);
                }
                (old, new) => {
                    // Another way to get a token does not take away the ones that are there.
                    let severity = if old.is_some() { cap } else { Severity::Info };
                    self.change_as(
                        severity,
                        &of_scheme(&kinds::SCHEME_CHANGED, cap),
                        &place,
                        or_null(old),
                        or_null(new),
                    );
                }
            }
        }
        self.other_fields(old, new, &["flows"], place, cap);
    }

    fn flow(&mut self, old: &Map<String, Value>, new: &Map<String, Value>, place: &Place, cap: Severity) {
        let urls = [
            ("authorizationUrl", &kinds::OAUTH_URL_CHANGED),
            ("tokenUrl", &kinds::OAUTH_TOKEN_URL_CHANGED),
            ("refreshUrl", &kinds::OAUTH_TOKEN_URL_CHANGED),
        ];
        for (field, kind) in urls {
            if old.get(field) != new.get(field) {
                let severity = cap.min(kind.request);
                self.change_as(
                    severity,
                    kind,
                    place,
                    or_null(old.get(field)),
                    or_null(new.get(field)),
                );
            }
        }
        let scopes = |flow: &Map<String, Value>| {
            flow.get("scopes")
                .and_then(Value::as_object)
                .cloned()
                .unwrap_or_default()
        };
        let (old_scopes, new_scopes) = (scopes(old), scopes(new));
        for name in names(&old_scopes, &new_scopes) {
            match (old_scopes.get(&name), new_scopes.get(&name)) {
                (None, _) => self.change(&kinds::OAUTH_SCOPE_ADDED, place, Value::Null, json!(name)),
                (_, None) => self.change(&kinds::OAUTH_SCOPE_REMOVED, place, json!(name), Value::Null),
                (Some(old), Some(new)) if old != new => {
                    self.change(&kinds::OAUTH_SCOPE_CHANGED, place, old.clone(), new.clone());
                }
                _ => {}
            }
        }
        self.other_fields(
            old,
            new,
            &["authorizationUrl", "tokenUrl", "refreshUrl", "scopes"],
            place,
            cap,
        );
    }

    fn other_fields(
        &mut self,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
        handled: &[&str],
        place: &Place,
        cap: Severity,
    ) {
        for name in names(old, new) {
            let (old, new) = (or_null(old.get(&name)), or_null(new.get(&name)));
            if old == new || handled.contains(&name.as_str()) {
                continue;
            }
            let place = place.at(place.direction, place.scope, format!("{}.{name}", place.location));
            if name.starts_with("x-") || name == "bearerFormat" {
                self.change(&kinds::SCHEME_EXTENSION_CHANGED, &place, old, new);
            } else {
                self.change_as(cap, &of_scheme(&kinds::SCHEME_CHANGED, cap), &place, old, new);
            }
        }
    }
}

/// The kind for a scheme: one that no operation asks for is in none of our crates.
fn of_scheme(kind: &Kind, cap: Severity) -> Kind {
    if cap == Severity::Breaking {
        *kind
    } else {
        Kind {
            touches: Touches::Docs,
            ..*kind
        }
    }
}

fn names(old: &Map<String, Value>, new: &Map<String, Value>) -> BTreeSet<String> {
    old.keys().chain(new.keys()).cloned().collect()
}
