//! Operations: names, methods, paths and all other parts.

use indexmap::IndexMap;

use super::{Comparison, Context};
use crate::kinds::operation as kinds;
use crate::model::Contract;

/// Extensions that are compared separately.
const HANDLED_EXTENSIONS: [&str; 2] = ["x-sunset", "x-stability-level"];

impl Comparison<'_> {
    /// Compares an operation that exists in both documents.
    pub(crate) fn operation(&mut self, old: &Contract<'_>, new: &Contract<'_>) {
        self.operation = Some(new.name.clone());
        let context = Context::at_root("operation");
        self.call(old, new, &context);
        self.operation_parts(old, new, &context);
        self.requirements(old, new, &context);
        self.servers(&old.servers, &new.servers, &context);
        self.callbacks(&old.callbacks, &new.callbacks, &context);
    }

    /// Compares the parts that have the same meaning no matter who calls the operation.
    pub(super) fn operation_parts(&mut self, old: &Contract<'_>, new: &Contract<'_>, context: &Context) {
        self.names(old, new, context);
        let [before, after] = [old, new].map(|operation| (operation.deprecated, &operation.rest.facts));
        self.life_cycle(context, before, after);
        self.parameters(old, new, context);
        self.request_body(old, new, context);
        self.responses(old, new, context);
        let rest = |operation: &Contract<'_>| {
            let mut rest = operation.rest.clone();
            rest.facts
                .retain(|name, _| !HANDLED_EXTENSIONS.contains(&name.as_str()));
            rest
        };
        self.rest(kinds::FIELD_CHANGED, context, &rest(old), &rest(new));
    }

    /// Reports an added operation.
    pub(crate) fn operation_added(&mut self, new: &Contract<'_>) {
        self.operation = Some(new.name.clone());
        self.added(kinds::ADDED, &Context::at_root("operation"), &new.name);
    }

    /// Compares the methods and paths.
    fn call(&mut self, old: &Contract<'_>, new: &Contract<'_>, context: &Context) {
        if old.operation.method != new.operation.method {
            let [old, new] = [old, new].map(|operation| operation.operation.method.to_ascii_uppercase());
            self.change(kinds::METHOD_CHANGED, context, old, new);
        }
        let paths = |operation: &Contract<'_>| -> IndexMap<String, String> {
            let paths = operation.paths.iter();
            paths.map(|path| (template(path), path.clone())).collect()
        };
        let (before, after) = (paths(old), paths(new));
        if !before.keys().any(|path| after.contains_key(path)) {
            let [old, new] = [before, after].map(|paths| paths.into_values().next());
            return self.change(kinds::PATH_CHANGED, context, old, new);
        }
        for (_, path) in before.iter().filter(|(path, _)| !after.contains_key(*path)) {
            self.removed(kinds::PATH_CHANGED, context, path);
        }
        for (_, path) in after.iter().filter(|(path, _)| !before.contains_key(*path)) {
            self.added(kinds::PATH_ADDED, context, path);
        }
    }

    fn names(&mut self, old: &Contract<'_>, new: &Contract<'_>, context: &Context) {
        let [old_id, new_id] = [old, new].map(|operation| operation.operation.id());
        let ids = [
            kinds::OPERATION_ID_ADDED,
            kinds::OPERATION_ID_REMOVED,
            kinds::OPERATION_ID_REMOVED,
        ];
        self.value(ids, &context.field("operationId"), old_id, new_id);
        let tags = [kinds::TAG_ADDED, kinds::TAG_REMOVED];
        self.items(tags, &context.field("tags"), &old.tags, &new.tags);
    }
}

/// Removes the parameter names from a path, because they are never sent.
pub(crate) fn template(path: &str) -> String {
    let mut is_in_name = false;
    let mut is_kept = |c: &char| {
        let was_in_name = is_in_name && *c != '}';
        is_in_name = was_in_name || *c == '{';
        !was_in_name
    };
    path.chars().filter(&mut is_kept).collect()
}
