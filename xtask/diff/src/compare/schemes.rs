//! Security schemes: their definitions in the document.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use xtask_openapi::{Document, Error, pointer};

use super::{Comparison, Context, or_null};
use crate::change::Severity;
use crate::kinds::operation as kinds;
use crate::model::{DocumentReader, Requirement, normalized};

/// The security schemes of a document that are relevant to the chosen operations: those they use, and those that no
/// operation of the document uses. Schemes that only other operations use are omitted.
#[derive(Debug, Default)]
pub(crate) struct Schemes {
    by_name: BTreeMap<String, Map<String, Value>>,
    /// The names of the schemes that the selected operations use.
    used: BTreeSet<String>,
    /// The names of all schemes that the document defines.
    defined: BTreeSet<String>,
}

impl Schemes {
    /// Reads the schemes that are relevant to operations with these requirements.
    ///
    /// # Errors
    /// Returns an error if a reference cannot be resolved.
    pub(crate) fn of<'r>(
        document: &Document,
        requirements: impl Iterator<Item = &'r Requirement>,
    ) -> Result<Self, Error> {
        const SECTION: &str = "/components/securitySchemes";
        let reader = DocumentReader::new(document);
        let used: BTreeSet<String> = requirements.flat_map(|all| all.keys().cloned()).collect();
        let asked_for = asked_for(document.value());
        let section = document.value().pointer(SECTION).and_then(Value::as_object);
        let members = section
            .into_iter()
            .flatten()
            .filter(|(_, scheme)| scheme.is_object());
        let defined: BTreeSet<String> = members.map(|(name, _)| name.clone()).collect();
        let mut by_name = BTreeMap::new();
        let concerned = |name: &&String| used.contains(*name) || !asked_for.contains(name.as_str());
        for name in defined.iter().filter(concerned) {
            let (scheme, _) = reader.resolve(pointer::child(SECTION, name))?;
            by_name.extend(facts(scheme).map(|facts| (name.clone(), facts)));
        }
        Ok(Self {
            by_name,
            used,
            defined,
        })
    }

    /// Returns the new names of renamed schemes by their old names. A scheme is renamed if its name is used in only one
    /// of the documents and the other document uses a scheme of the same kind under a new name.
    pub(crate) fn renames(old: &Self, new: &Self) -> BTreeMap<String, String> {
        let mut renames = BTreeMap::new();
        for is_used in [true, false] {
            let mut free = new.only_here(old, is_used);
            for (name, scheme) in old.only_here(new, is_used) {
                if let Some(index) = free.iter().position(|(_, other)| kind(other) == kind(scheme)) {
                    let (other, _) = free.remove(index);
                    renames.insert(name.clone(), other.clone());
                }
            }
        }
        renames
    }

    /// Returns the schemes that only this document uses; or, if `is_used` is `false`, the unused schemes that only this
    /// document defines.
    fn only_here(&self, other: &Self, is_used: bool) -> Vec<(&String, &Map<String, Value>)> {
        let all = self
            .by_name
            .iter()
            .filter(|(name, _)| self.used.contains(*name) == is_used);
        let known = if is_used { &other.used } else { &other.defined };
        all.filter(|(name, _)| !known.contains(*name)).collect()
    }
}

/// Returns the names of all schemes that the document or any of its operations uses.
fn asked_for(root: &Value) -> BTreeSet<&str> {
    let items = root.get("paths").and_then(Value::as_object).into_iter().flatten();
    let fields = items.flat_map(|(_, item)| item.as_object().into_iter().flatten());
    let own = fields.filter_map(|(_, operation)| operation.get("security"));
    let lists = own.chain(root.get("security")).filter_map(Value::as_array);
    let requirements = lists.flatten().filter_map(Value::as_object);
    requirements.flat_map(Map::keys).map(String::as_str).collect()
}

/// Returns the facts that two schemes of the same kind have in common: everything except hints and extensions.
fn kind(scheme: &Map<String, Value>) -> BTreeMap<&String, &Value> {
    let says_nothing = |name: &String| name == "bearerFormat" || name.starts_with("x-");
    scheme.iter().filter(|(name, _)| !says_nothing(name)).collect()
}

/// Returns the facts of a scheme. Names of HTTP schemes and headers are converted to lowercase.
fn facts(scheme: &Value) -> Option<Map<String, Value>> {
    let Value::Object(mut facts) = normalized(scheme) else {
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
    /// Compares the definitions. Changes of unused schemes are informational.
    pub(crate) fn security_schemes(&mut self, old: &Schemes, new: &Schemes, context: &Context) {
        self.operation = None;
        let at = |name: &str| context.at(context.direction, context.scope, format!("security.{name}"));
        let cap = |is_used: bool| {
            if is_used {
                Severity::Breaking
            } else {
                Severity::Info
            }
        };
        for (name, scheme) in &old.by_name {
            let context = at(name);
            let renamed = self.renames.get(name).cloned();
            if let Some(other) = &renamed {
                self.change(&kinds::SCHEME_RENAMED, &context, json!(name), json!(other));
            }
            let cap_used = cap(old.used.contains(name) || new.used.contains(name));
            match new.by_name.get(renamed.as_ref().unwrap_or(name)) {
                Some(other) => self.scheme(scheme, other, &context, cap_used),
                None if new.defined.contains(name) => {}
                None => {
                    // The changed requirements are reported for each operation.
                    let severity = cap(new.used.contains(name));
                    self.change_as(
                        severity,
                        &kinds::SCHEME_REMOVED,
                        &context,
                        or_null(scheme.get("type")),
                        Value::Null,
                    );
                }
            }
        }
        for (name, scheme) in &new.by_name {
            let is_new = !old.defined.contains(name);
            if is_new && !self.renames.values().any(|other| other == name) {
                self.change(
                    &kinds::SCHEME_ADDED,
                    &at(name),
                    Value::Null,
                    or_null(scheme.get("type")),
                );
            }
        }
    }

    fn scheme(
        &mut self,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
        context: &Context,
        cap: Severity,
    ) {
        if old.get("type") != new.get("type") {
            let (old, new) = (or_null(old.get("type")), or_null(new.get("type")));
            self.change_as(cap, &kinds::SCHEME_TYPE_CHANGED, context, old, new);
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
            let context = context.at(
                context.direction,
                context.scope,
                format!("{}.flows.{name}", context.location),
            );
            match (old_flows.get(&name), new_flows.get(&name)) {
                (Some(old), Some(new)) => {
                    let flow = |flow: &Value| flow.as_object().unwrap_or(&empty).clone();
                    self.flow(&flow(old), &flow(new), &context, cap);
                }
                (old, new) => {
                    // An additional flow does not remove the existing ones.
                    let severity = if old.is_some() { cap } else { Severity::Info };
                    self.change_as(
                        severity,
                        &kinds::SCHEME_CHANGED,
                        &context,
                        or_null(old),
                        or_null(new),
                    );
                }
            }
        }
        self.other_fields(old, new, &["flows"], context, cap);
    }

    fn flow(&mut self, old: &Map<String, Value>, new: &Map<String, Value>, context: &Context, cap: Severity) {
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
                    context,
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
                (None, _) => self.change(&kinds::OAUTH_SCOPE_ADDED, context, Value::Null, json!(name)),
                (_, None) => self.change(&kinds::OAUTH_SCOPE_REMOVED, context, json!(name), Value::Null),
                (Some(old), Some(new)) if old != new => {
                    self.change(&kinds::OAUTH_SCOPE_CHANGED, context, old.clone(), new.clone());
                }
                _ => {}
            }
        }
        self.other_fields(
            old,
            new,
            &["authorizationUrl", "tokenUrl", "refreshUrl", "scopes"],
            context,
            cap,
        );
    }

    fn other_fields(
        &mut self,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
        handled: &[&str],
        context: &Context,
        cap: Severity,
    ) {
        for name in names(old, new) {
            let (old, new) = (or_null(old.get(&name)), or_null(new.get(&name)));
            if old == new || handled.contains(&name.as_str()) {
                continue;
            }
            let context = context.at(
                context.direction,
                context.scope,
                format!("{}.{name}", context.location),
            );
            if name.starts_with("x-") || name == "bearerFormat" {
                self.change(&kinds::SCHEME_EXTENSION_CHANGED, &context, old, new);
            } else {
                self.change_as(cap, &kinds::SCHEME_CHANGED, &context, old, new);
            }
        }
    }
}

fn names(old: &Map<String, Value>, new: &Map<String, Value>) -> BTreeSet<String> {
    old.keys().chain(new.keys()).cloned().collect()
}
