//! Servers: scheme, host and variables. The path is compared as part of the path of the operation.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::operation::template;
use super::{Comparison, Context};
use crate::change::Severity;
use crate::kinds::operation as kinds;
use crate::model::Server;

impl Comparison<'_> {
    pub(super) fn servers(&mut self, old: &[Server], new: &[Server], context: &Context) {
        let context = context.at(context.direction, context.scope, "operation.servers");
        let find = |servers: &[Server], wanted: &Server| {
            servers
                .iter()
                .find(|server| template(&server.origin) == template(&wanted.origin))
                .cloned()
        };
        let mut seen = Vec::new();
        for server in old {
            match find(new, server) {
                Some(other) if !seen.contains(&other.origin) => {
                    seen.push(other.origin.clone());
                    self.variables(server, &other, &context);
                }
                Some(_) => {}
                None => self.change(
                    &kinds::SERVER_REMOVED,
                    &context,
                    json!(server.origin),
                    Value::Null,
                ),
            }
        }
        for server in new.iter().filter(|server| find(old, server).is_none()) {
            self.change(&kinds::SERVER_ADDED, &context, Value::Null, json!(server.origin));
        }
    }

    fn variables(&mut self, old: &Server, new: &Server, context: &Context) {
        let context = context.at(
            context.direction,
            context.scope,
            format!("{}.variables", context.location),
        );
        if old.origin != new.origin {
            self.change(
                &kinds::SERVER_VARIABLE_RENAMED,
                &context,
                json!(old.origin),
                json!(new.origin),
            );
        }
        let facts = |server: &Server| -> BTreeMap<usize, (String, Value)> {
            let in_origin = |name: &str| server.origin.find(&format!("{{{name}}}"));
            let used = server
                .variables
                .iter()
                .filter_map(|(name, value)| Some((in_origin(name)?, name, value)));
            let mut used: Vec<_> = used.collect();
            used.sort_by_key(|(at, ..)| *at);
            used.into_iter()
                .map(|(_, name, value)| (name.clone(), value.clone()))
                .enumerate()
                .collect()
        };
        let (old, new) = (facts(old), facts(new));
        for index in 0..old.len().max(new.len()) {
            let (old, new) = (old.get(&index), new.get(&index));
            let value =
                |variable: Option<&(String, Value)>| variable.map_or(Value::Null, |(_, value)| value.clone());
            if value(old) != value(new) {
                let name = new.or(old).map_or("", |(name, _)| name);
                let context = context.at(
                    context.direction,
                    context.scope,
                    format!("{}.{name}", context.location),
                );
                let (old, new) = (value(old), value(new));
                let is_placeholder = |variable: &Value| {
                    let default = variable
                        .get("default")
                        .and_then(Value::as_str)
                        .unwrap_or_default();
                    default.starts_with('{') && default.ends_with('}') && variable.get("enum").is_none()
                };
                // A host with placeholders cannot be called.
                let kind = &kinds::SERVER_VARIABLE_CHANGED;
                let severity = if is_placeholder(&old) && is_placeholder(&new) {
                    Severity::Cosmetic
                } else if loses_values(&old, &new) {
                    Severity::Breaking
                } else {
                    kind.request
                };
                self.change_as(severity, kind, &context, old, new);
            }
        }
    }
}

/// Returns `true` if a server variable has lost one of its listed values.
fn loses_values(old: &Value, new: &Value) -> bool {
    let values = |variable: &Value| variable.get("enum").and_then(Value::as_array).cloned();
    match (values(old), values(new)) {
        (Some(old), Some(new)) => old.iter().any(|value| !new.contains(value)),
        _ => false,
    }
}
