//! Operations: names, method, path and all parts.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Comparison, Context};
use crate::kinds::operation as kinds;
use crate::model::Operation;

/// Extensions that have separate rules.
const HANDLED_EXTENSIONS: [&str; 2] = ["x-sunset", "x-stability-level"];

impl Comparison<'_> {
    /// Compares an operation that both documents have.
    pub(crate) fn operation(&mut self, old: &Operation, new: &Operation) {
        self.operation = Some(new.name.clone());
        let context = Context::operation();
        self.call(old, new, &context);
        self.names(old, new, &context);
        self.life_cycle(old, new, &context);
        self.parameters(old, new, &context);
        self.request_body(old, new, &context);
        self.responses(old, new, &context);
        self.requirements(old, new, &context);
        self.servers(&old.servers, &new.servers, &context);
        let is_all = self.callbacks(&old.callbacks, &new.callbacks, &context);
        let facts = |operation: &Operation| {
            let all = operation.fields.iter().filter(|(name, _)| {
                let is_handled =
                    HANDLED_EXTENSIONS.contains(&name.as_str()) || (is_all && *name == "callbacks");
                !is_handled
            });
            all.map(|(name, value)| (name.clone(), value.clone())).collect()
        };
        self.fields(
            [&kinds::FIELD_CHANGED, &kinds::EXTENSION_CHANGED],
            &context,
            &facts(old),
            &facts(new),
        );
        let prose = |operation: &Operation| {
            let mut prose = operation.prose.clone();
            prose.retain(|name, _| !(is_all && name == "callbacks"));
            prose
        };
        self.prose(&kinds::PROSE_CHANGED, &context, &prose(old), &prose(new));
    }

    /// Reports an added operation.
    pub(crate) fn operation_added(&mut self, new: &Operation) {
        self.operation = Some(new.name.clone());
        self.change(&kinds::ADDED, &Context::operation(), Value::Null, json!(new.name));
    }

    /// Compares the method and the path.
    fn call(&mut self, old: &Operation, new: &Operation, context: &Context) {
        if old.method != new.method {
            let methods = [&old.method, &new.method].map(|method| json!(method.to_ascii_uppercase()));
            let [old, new] = methods;
            self.change(&kinds::METHOD_CHANGED, context, old, new);
        }
        let templates = |operation: &Operation| operation.paths.iter().map(|path| template(path)).collect();
        let (before, after): (BTreeSet<String>, BTreeSet<String>) = (templates(old), templates(new));
        if before.is_disjoint(&after) {
            self.change(
                &kinds::PATH_CHANGED,
                context,
                json!(old.paths.first()),
                json!(new.paths.first()),
            );
            return;
        }
        for path in old.paths.iter().filter(|path| !after.contains(&template(path))) {
            self.change(&kinds::PATH_CHANGED, context, json!(path), Value::Null);
        }
        for path in new.paths.iter().filter(|path| !before.contains(&template(path))) {
            self.change(&kinds::PATH_ADDED, context, Value::Null, json!(path));
        }
    }

    fn names(&mut self, old: &Operation, new: &Operation, context: &Context) {
        if old.id != new.id {
            let kind = if old.id.is_none() {
                &kinds::OPERATION_ID_ADDED
            } else {
                &kinds::OPERATION_ID_REMOVED
            };
            let context = context.at(context.direction, context.scope, "operation.operationId");
            self.change(kind, &context, json!(old.id), json!(new.id));
        }
        let context = context.at(context.direction, context.scope, "operation.tags");
        for tag in old.tags.difference(&new.tags) {
            self.change(&kinds::TAG_REMOVED, &context, json!(tag), Value::Null);
        }
        for tag in new.tags.difference(&old.tags) {
            self.change(&kinds::TAG_ADDED, &context, Value::Null, json!(tag));
        }
    }
}

/// Removes the parameter names of a path, which are never sent.
pub(crate) fn template(path: &str) -> String {
    let mut template = String::new();
    let mut is_in_name = false;
    for c in path.chars() {
        if c == '}' {
            is_in_name = false;
        }
        if !is_in_name {
            template.push(c);
        }
        if c == '{' {
            is_in_name = true;
        }
    }
    template
}
