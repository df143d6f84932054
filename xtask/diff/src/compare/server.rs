//! Servers: schemes, hosts and variables. The path in the server URL is compared as part of the operation's path.

use serde_json::Value;
use xtask_openapi::Fields as _;

use super::operation::template;
use super::{Comparison, Context};
use crate::change::Severity::{Breaking, Cosmetic};
use crate::kinds::operation as kinds;
use crate::model::Server;

impl Comparison<'_> {
    pub(super) fn servers(&mut self, old: &[Server], new: &[Server], context: &Context) {
        let context = context.field("servers");
        fn find<'s>(servers: &'s [Server], wanted: &Server) -> Option<&'s Server> {
            servers
                .iter()
                .find(|server| template(&server.origin) == template(&wanted.origin))
        }
        let mut seen = Vec::new();
        for server in old {
            match find(new, server) {
                Some(other) if seen.contains(&&other.origin) => {}
                Some(other) => {
                    seen.push(&other.origin);
                    self.variables(server, other, &context.field("variables"));
                }
                None => self.removed(kinds::SERVER_REMOVED, &context, &server.origin),
            }
        }
        for server in new.iter().filter(|server| find(old, server).is_none()) {
            self.added(kinds::SERVER_ADDED, &context, &server.origin);
        }
    }

    fn variables(&mut self, old: &Server, new: &Server, context: &Context) {
        if old.origin != new.origin {
            self.change(kinds::SERVER_VARIABLE_RENAMED, context, &old.origin, &new.origin);
        }
        let (old, new) = (in_order(old), in_order(new));
        for index in 0..old.len().max(new.len()) {
            let (before, after) = (old.get(index), new.get(index));
            let name = after.or(before).map_or("", |(name, _)| name);
            let [before, after] = [before, after].map(|variable| variable.map(|(_, value)| *value));
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

/// Returns the variables in the order they appear in the URL.
fn in_order(server: &Server) -> Vec<(&str, &Value)> {
    let position = |name: &str| server.origin.find(&format!("{{{name}}}"));
    let used = server
        .variables
        .iter()
        .filter_map(|(name, value)| Some((position(name)?, &**name, value)));
    let mut used: Vec<_> = used.collect();
    used.sort_by_key(|(position, ..)| *position);
    used.into_iter().map(|(_, name, value)| (name, value)).collect()
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
