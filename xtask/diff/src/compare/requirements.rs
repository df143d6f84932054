//! Security requirements of operations.

use super::record::take_pairs;
use super::{Comparison, Context};
use crate::change::Severity::{Breaking, Info};
use crate::kinds::operation as kinds;
use crate::model::{Contract, Requirement};

impl Comparison<'_> {
    /// Compares the security requirements. A request must satisfy one of them.
    pub(super) fn requirements(&mut self, old: &Contract<'_>, new: &Contract<'_>, context: &Context) {
        let [added, removed] = [kinds::SECURITY_ADDED, kinds::SECURITY_REMOVED];
        let global = [kinds::GLOBAL_SECURITY_ADDED, kinds::GLOBAL_SECURITY_REMOVED];
        let scopes = [kinds::SCOPE_ADDED, kinds::SCOPE_REMOVED];
        let global_scopes = [kinds::GLOBAL_SCOPE_ADDED, kinds::GLOBAL_SCOPE_REMOVED];
        let is_global = old.security_is_global && new.security_is_global;
        let [added, removed] = if is_global { global } else { [added, removed] };
        let scope_kinds = if is_global { global_scopes } else { scopes };
        let context = context.field("security");
        let old: Vec<Requirement> = old
            .security
            .iter()
            .map(|requirement| self.renamed(requirement))
            .collect();
        let new = &new.security;
        let mut old_only: Vec<_> = old.iter().filter(|requirement| !requirement.is_empty()).collect();
        let mut new_only: Vec<_> = new.iter().filter(|requirement| !requirement.is_empty()).collect();
        take_pairs(&mut old_only, &mut new_only, Some, Some);
        let schemes = |requirement: &Requirement| Some(requirement.keys().cloned().collect::<Vec<_>>());
        for (before, after) in take_pairs(&mut old_only, &mut new_only, schemes, schemes) {
            for ((name, before), after) in before.iter().zip(after.values()) {
                self.items(scope_kinds, &context.field(name), before, after);
            }
        }
        let is_open = |all: &[Requirement]| all.is_empty() || all.iter().any(Requirement::is_empty);
        let (was_open, is_open) = (is_open(&old), is_open(new));
        if old_only.is_empty() && new_only.is_empty() {
            let kinds = [kinds::SECURITY_BECAME_REQUIRED, kinds::SECURITY_BECAME_OPTIONAL];
            self.flag(kinds, &context, !was_open, !is_open);
        }
        // Removing a requirement breaks clients, unless their credentials satisfy another requirement or no credentials
        // are needed. Adding a requirement breaks clients only if none of the old requirements is still satisfied.
        let is_served =
            |wanted: &Requirement| is_open || new.iter().any(|offered| asks_no_more(offered, wanted));
        for requirement in old_only {
            let severity = if is_served(requirement) { Info } else { Breaking };
            self.removed(removed.with(severity), &context, name_of(requirement));
        }
        let asks_more = !is_open && (was_open || !old.iter().any(is_served));
        let severity = if asks_more { Breaking } else { Info };
        for requirement in new_only {
            self.added(added.with(severity), &context, name_of(requirement));
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

/// Returns `true` if credentials that satisfy `wanted` also satisfy `offered`.
fn asks_no_more(offered: &Requirement, wanted: &Requirement) -> bool {
    offered.iter().all(|(scheme, scopes)| {
        wanted
            .get(scheme)
            .is_some_and(|granted| scopes.is_subset(granted))
    })
}

/// Returns the name of a requirement, such as `A`, or `A + B` if both schemes are required.
fn name_of(requirement: &Requirement) -> String {
    let names: Vec<&str> = requirement.keys().map(String::as_str).collect();
    names.join(" + ")
}
