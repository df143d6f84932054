//! Security requirements of operations.

use serde_json::{Value, json};

use super::{Comparison, Context};
use crate::change::Severity;
use crate::kinds::operation as kinds;
use crate::model::{Operation, Requirement};

impl Comparison<'_> {
    /// Compares the security requirements, of which a request must satisfy one.
    pub(super) fn requirements(&mut self, old: &Operation, new: &Operation, context: &Context) {
        let is_global = old.security_is_global && new.security_is_global;
        let [added, removed, scope_added, scope_removed] = if is_global {
            [
                &kinds::GLOBAL_SECURITY_ADDED,
                &kinds::GLOBAL_SECURITY_REMOVED,
                &kinds::GLOBAL_SCOPE_ADDED,
                &kinds::GLOBAL_SCOPE_REMOVED,
            ]
        } else {
            [
                &kinds::SECURITY_ADDED,
                &kinds::SECURITY_REMOVED,
                &kinds::SCOPE_ADDED,
                &kinds::SCOPE_REMOVED,
            ]
        };
        let context = context.at(context.direction, context.scope, "operation.security");
        let old: Vec<Requirement> = old
            .security
            .iter()
            .map(|requirement| self.renamed(requirement))
            .collect();
        let is_open = |all: &[Requirement]| all.is_empty() || all.iter().any(Requirement::is_empty);
        let mut old_only: Vec<&Requirement> =
            old.iter().filter(|requirement| !requirement.is_empty()).collect();
        let mut new_only: Vec<&Requirement> = new.security.iter().filter(|other| !other.is_empty()).collect();
        old_only.retain(|requirement| take(&mut new_only, |other| other == *requirement).is_none());
        let mut scopes = Vec::new();
        old_only.retain(|requirement| {
            match take(&mut new_only, |other| other.keys().eq(requirement.keys())) {
                Some(other) => {
                    scopes.push((*requirement, other));
                    false
                }
                None => true,
            }
        });
        for (old, new) in scopes {
            for (name, before) in old {
                let after = new.get(name).cloned().unwrap_or_default();
                let context = context.at(
                    context.direction,
                    context.scope,
                    format!("{}.{name}", context.location),
                );
                for scope in before.difference(&after) {
                    self.change(scope_removed, &context, json!(scope), Value::Null);
                }
                for scope in after.difference(before) {
                    self.change(scope_added, &context, Value::Null, json!(scope));
                }
            }
        }
        if old_only.is_empty() && new_only.is_empty() && is_open(&old) != is_open(&new.security) {
            let kind = if is_open(&old) {
                &kinds::SECURITY_BECAME_REQUIRED
            } else {
                &kinds::SECURITY_BECAME_OPTIONAL
            };
            self.change(
                kind,
                &context,
                json!(!is_open(&old)),
                json!(!is_open(&new.security)),
            );
        }
        // A removed requirement breaks clients unless their credentials satisfy another requirement or none are needed.
        // An added requirement breaks clients only if no old requirement is still satisfied.
        let is_served = |wanted: &Requirement| {
            is_open(&new.security) || new.security.iter().any(|offered| asks_no_more(offered, wanted))
        };
        for requirement in &old_only {
            let severity = if is_served(requirement) {
                Severity::Info
            } else {
                Severity::Breaking
            };
            self.change_as(severity, removed, &context, name_of(requirement), Value::Null);
        }
        let asks_more = !is_open(&new.security) && (is_open(&old) || !old.iter().any(is_served));
        let severity = if asks_more {
            Severity::Breaking
        } else {
            Severity::Info
        };
        for requirement in &new_only {
            self.change_as(severity, added, &context, Value::Null, name_of(requirement));
        }
    }

    fn renamed(&self, requirement: &Requirement) -> Requirement {
        let name = |name: &String| self.renames.get(name).unwrap_or(name).clone();
        requirement
            .iter()
            .map(|(scheme, scopes)| (name(scheme), scopes.clone()))
            .collect()
    }
}

/// Returns `true` if the credentials for `wanted` satisfy `offered`.
fn asks_no_more(offered: &Requirement, wanted: &Requirement) -> bool {
    offered.iter().all(|(scheme, scopes)| {
        wanted
            .get(scheme)
            .is_some_and(|granted| scopes.is_subset(granted))
    })
}

/// Removes and returns the first matching item of a list.
fn take<T: Copy>(list: &mut Vec<T>, fits: impl Fn(T) -> bool) -> Option<T> {
    let index = list.iter().position(|item| fits(*item))?;
    Some(list.remove(index))
}

/// Returns the name of a requirement: `A`, or `A + B` if both schemes are required.
fn name_of(requirement: &Requirement) -> Value {
    json!(
        requirement
            .keys()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" + ")
    )
}
