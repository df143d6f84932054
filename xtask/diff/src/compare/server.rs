//! Servers: schemes, hosts and variables. The path in the server URL is compared as part of the operation's path.

use indexmap::IndexSet;
use serde_json::Value;
use xtask_openapi::Fields as _;

use super::operation::template;
use super::record::matched;
use super::{Comparison, Context};
use crate::change::Severity::{Breaking, Cosmetic};
use crate::kinds::operation as kinds;
use crate::model::Server;

impl Comparison<'_> {
    pub(super) fn servers(&mut self, old: &[Server], new: &[Server], context: &Context) {
        let context = context.field("servers");
        for (_, old, new) in matched(by_template(old), by_template(new)) {
            match (old, new) {
                (Some(old), Some(new)) => self.variables(old, new, &context.field("variables")),
                (Some(old), None) => self.removed(kinds::SERVER_REMOVED, &context, &old.origin),
                (None, new) => self.added(kinds::SERVER_ADDED, &context, new.map(|server| &server.origin)),
            }
        }
    }

    fn variables(&mut self, old: &Server, new: &Server, context: &Context) {
        if old.origin != new.origin {
            self.change(kinds::SERVER_VARIABLE_RENAMED, context, &old.origin, &new.origin);
        }
        for (_, before, after) in matched(in_order(old).enumerate(), in_order(new).enumerate()) {
            let name = after.or(before).map_or("", |(name, _)| name.as_str());
            let [before, after] = [before, after].map(|variable| variable.map(|(_, value)| value));
            let kind = match (before, after) {
                // A placeholder can't be used as a host.
                (Some(old), Some(new)) if is_placeholder(old) && is_placeholder(new) => {
                    kinds::SERVER_VARIABLE_CHANGED.with(Cosmetic)
                }
                (Some(old), Some(new)) if loses_values(old, new) => {
                    kinds::SERVER_VARIABLE_CHANGED.with(Breaking)
                }
                _ => kinds::SERVER_VARIABLE_CHANGED,
            };
            self.value([kind; 3], &context.field(name), before, after);
        }
    }
}

fn by_template(servers: &[Server]) -> impl Iterator<Item = (String, &Server)> {
    servers.iter().map(|server| (template(&server.origin), server))
}

/// Returns the variables in the order they appear in the URL.
fn in_order(server: &Server) -> impl Iterator<Item = (&String, &Value)> {
    let parts = server.origin.split('{').skip(1);
    let names: IndexSet<&str> = parts.filter_map(|part| Some(part.split_once('}')?.0)).collect();
    names
        .into_iter()
        .filter_map(|name| server.variables.get_key_value(name))
}

/// Returns `true` if the default value is a placeholder such as `{space}`.
fn is_placeholder(variable: &Value) -> bool {
    let default = variable.text("default").unwrap_or_default();
    default.starts_with('{') && default.ends_with('}') && variable.get("enum").is_none()
}

/// Returns `true` if any value listed for a server variable was removed.
fn loses_values(old: &Value, new: &Value) -> bool {
    let [old, new] = [old, new].map(|variable| variable.get("enum").and_then(Value::as_array));
    matches!((old, new), (Some(old), Some(new)) if old.iter().any(|value| !new.contains(value)))
}
