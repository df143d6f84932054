//! Security schemes, as defined in the document.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use xtask_openapi::operation::operations;
use xtask_openapi::{Document, Error, Fields as _, pointer};

use super::record::{matched, take_pairs};
use super::{Comparison, Context};
use crate::change::Severity::{self, Breaking, Info, Warning};
use crate::kinds::operation as kinds;
use crate::model::{DocumentReader, Fields, Requirement, normalized};

/// The security schemes in a document that are relevant to the selected operations: those that they use, and those that
/// no operation in the document uses. Schemes that only other operations use are omitted.
#[derive(Debug, Default)]
pub(crate) struct Schemes {
    by_name: BTreeMap<String, Fields>,
    /// The names of the schemes that the selected operations use.
    used: BTreeSet<String>,
    /// The names of all schemes that the document defines.
    defined: BTreeSet<String>,
}

impl Schemes {
    /// Reads the schemes that are relevant to operations with the given requirements.
    ///
    /// # Errors
    /// Returns an error if a reference can't be resolved.
    pub(crate) fn of<'r>(
        document: &Document,
        requirements: impl Iterator<Item = &'r Requirement>,
    ) -> Result<Self, Error> {
        const SECTION: &str = "/components/securitySchemes";
        let reader = DocumentReader::new(document);
        let used: BTreeSet<String> = requirements.flat_map(|all| all.keys().cloned()).collect();
        let asked_for = asked_for(document.value());
        let section = document.value().components("securitySchemes");
        let section = section.filter(|(_, scheme)| scheme.is_object());
        let defined: BTreeSet<String> = section.map(|(name, _)| name.clone()).collect();
        let mut by_name = BTreeMap::new();
        for name in &defined {
            if used.contains(name) || !asked_for.contains(name.as_str()) {
                let (scheme, _) = reader.resolve(pointer::child(SECTION, name))?;
                by_name.insert(name.clone(), facts(scheme));
            }
        }
        Ok(Self {
            by_name,
            used,
            defined,
        })
    }

    /// Maps the old names of renamed schemes to their new names. A scheme counts as renamed if its name is used in only
    /// one of the documents, and the other document uses a scheme of the same kind under a new name.
    pub(crate) fn renames(old: &Self, new: &Self) -> BTreeMap<String, String> {
        let mut renames = BTreeMap::new();
        for is_used in [true, false] {
            let (mut before, mut after) = (old.only_here(new, is_used), new.only_here(old, is_used));
            let pairs = take_pairs(
                &mut before,
                &mut after,
                |(_, a)| Some(kind(a)),
                |(_, b)| Some(kind(b)),
            );
            renames.extend(
                pairs
                    .into_iter()
                    .map(|((old, _), (new, _))| (old.clone(), new.clone())),
            );
        }
        renames
    }

    /// Returns the schemes that are used only in this document or, if `is_used` is `false`, the unused schemes that are
    /// defined only in this document.
    fn only_here(&self, other: &Self, is_used: bool) -> Vec<(&String, &Fields)> {
        let known = if is_used { &other.used } else { &other.defined };
        let is_only_here = |name: &String| self.used.contains(name) == is_used && !known.contains(name);
        self.by_name
            .iter()
            .filter(|(name, _)| is_only_here(name))
            .collect()
    }
}

/// Returns the names of all schemes that are required by the document or any of its operations.
fn asked_for(root: &Value) -> BTreeSet<&str> {
    let own = operations(root).flat_map(|operation| operation.value.items("security"));
    let requirements = own.chain(root.items("security")).filter_map(Value::as_object);
    requirements.flat_map(Map::keys).map(String::as_str).collect()
}

/// Returns the facts that determine a scheme's kind: everything except hints and extensions.
fn kind(scheme: &Fields) -> BTreeMap<&String, &Value> {
    scheme.iter().filter(|(name, _)| !is_hint(name)).collect()
}

fn is_hint(field: &str) -> bool {
    field == "bearerFormat" || field.starts_with("x-")
}

/// Returns the facts of a scheme. The names of HTTP authentication schemes and headers are converted to lowercase.
fn facts(scheme: &Value) -> Fields {
    let mut facts = members(Some(&normalized(scheme)));
    facts.remove("description");
    let is_header = facts.get("in").is_some_and(|place| place == "header");
    if let Some(Value::String(name)) = facts.get_mut(if is_header { "name" } else { "scheme" }) {
        name.make_ascii_lowercase();
    }
    facts
}

impl Comparison<'_> {
    /// Compares the definitions. Changes to unused schemes are informational.
    pub(crate) fn security_schemes(&mut self, old: &Schemes, new: &Schemes) {
        self.operation = None;
        let at = |name: &str| Context::at_root(&format!("security.{name}"));
        let cap = |is_used: bool| if is_used { Breaking } else { Info };
        for (name, scheme) in &old.by_name {
            let context = at(name);
            let renamed = self.renames.get(name).cloned();
            if let Some(other) = &renamed {
                self.change(kinds::SCHEME_RENAMED, &context, name, other);
            }
            let is_used = new.used.contains(name);
            match new.by_name.get(renamed.as_ref().unwrap_or(name)) {
                Some(other) => self.scheme(scheme, other, &context, cap(is_used || old.used.contains(name))),
                None if new.defined.contains(name) => {}
                // The changed requirements are reported for each operation.
                None => self.removed(
                    kinds::SCHEME_REMOVED.with(cap(is_used)),
                    &context,
                    scheme.get("type"),
                ),
            }
        }
        for (name, scheme) in &new.by_name {
            if !old.defined.contains(name) && !self.renames.values().any(|other| other == name) {
                self.added(kinds::SCHEME_ADDED, &at(name), scheme.get("type"));
            }
        }
    }

    fn scheme(&mut self, old: &Fields, new: &Fields, context: &Context, cap: Severity) {
        let (old_type, new_type) = (old.get("type"), new.get("type"));
        if old_type != new_type {
            return self.change(kinds::SCHEME_TYPE_CHANGED.with(cap), context, old_type, new_type);
        }
        for (name, old, new) in matched(members(old.get("flows")), members(new.get("flows"))) {
            let context = context.field(&format!("flows.{name}"));
            match (old.as_ref(), new.as_ref()) {
                (Some(old), Some(new)) => self.flow(&members(Some(old)), &members(Some(new)), &context, cap),
                // Adding a flow doesn't remove the existing ones.
                (None, new) => self.added(kinds::SCHEME_CHANGED.with(Info), &context, new),
                (old, None) => self.removed(kinds::SCHEME_CHANGED.with(cap), &context, old),
            }
        }
        self.fields_of_scheme(old, new, context, cap);
    }

    fn flow(&mut self, old: &Fields, new: &Fields, context: &Context, cap: Severity) {
        for (name, old, new) in matched(members(old.get("scopes")), members(new.get("scopes"))) {
            match (old, new) {
                (None, _) => self.added(kinds::OAUTH_SCOPE_ADDED, context, name),
                (_, None) => self.removed(kinds::OAUTH_SCOPE_REMOVED, context, name),
                (old, new) => self.value([kinds::OAUTH_SCOPE_CHANGED; 3], context, old, new),
            }
        }
        self.fields_of_scheme(old, new, context, cap);
    }

    /// Compares the fields of a scheme or flow, except for nested objects.
    fn fields_of_scheme(&mut self, old: &Fields, new: &Fields, context: &Context, cap: Severity) {
        for (name, before, after) in matched(old, new) {
            let url = cap.min(Warning);
            let (kind, context) = match name.as_str() {
                "flows" | "scopes" => continue,
                "authorizationUrl" => (kinds::OAUTH_URL_CHANGED.with(url), context.clone()),
                "tokenUrl" | "refreshUrl" => (kinds::OAUTH_TOKEN_URL_CHANGED.with(url), context.clone()),
                _ if is_hint(name) => (kinds::SCHEME_EXTENSION_CHANGED, context.field(name)),
                _ => (kinds::SCHEME_CHANGED.with(cap), context.field(name)),
            };
            self.value([kind; 3], &context, before, after);
        }
    }
}

/// Returns the members of an object.
fn members(object: Option<&Value>) -> Fields {
    let members = object.and_then(Value::as_object).into_iter().flatten();
    members
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
