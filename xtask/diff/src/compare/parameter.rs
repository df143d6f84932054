//! Path, query, header and cookie parameters.

use serde_json::Value;

use super::context::Scope;
use super::media_type::is_text;
use super::record::matched;
use super::{Comparison, Context};
use crate::change::Direction;
use crate::kinds::operation as kinds;
use crate::model::{Contract, Parameter};

impl Comparison<'_> {
    pub(super) fn parameters(&mut self, old: &Contract<'_>, new: &Contract<'_>, context: &Context) {
        for (_, before, after) in matched(by_key(old), by_key(new)) {
            let Some(shown) = after.or(before) else { continue };
            let (context, name) = (parameter_at(context, shown), &shown.name);
            match (before, after) {
                (Some(before), Some(after)) => self.parameter(before, after, &context),
                (Some(_), None) if shown.value.required => {
                    self.removed(kinds::PARAMETER_REMOVED_REQUIRED, &context, name);
                }
                (Some(_), None) => self.removed(kinds::PARAMETER_REMOVED_OPTIONAL, &context, name),
                (None, _) if shown.value.required => {
                    self.added(kinds::NEW_REQUIRED_PARAMETER, &context, name);
                }
                (None, _) => self.added(kinds::NEW_OPTIONAL_PARAMETER, &context, name),
            }
        }
    }

    fn parameter(&mut self, old: &Parameter, new: &Parameter, context: &Context) {
        if old.name != new.name && old.place != "header" {
            self.change(kinds::PARAMETER_RENAMED, context, &old.name, &new.name);
        }
        self.text_value(&old.value, &new.value, context);
    }
}

fn parameter_at(context: &Context, new: &Parameter) -> Context {
    let location = format!("request.{}.{}", new.place, new.name);
    let media_type = new.value.rest.facts.get("content").and_then(Value::as_str);
    Context {
        is_text: media_type.is_none_or(is_text),
        ..context.sent(Direction::Request, Scope::Parameter, &location)
    }
}

/// Returns each parameter with its key: its position in the path, or its name if it is not in the path.
fn by_key<'c>(contract: &'c Contract<'_>) -> impl Iterator<Item = ((&'c str, String), &'c Parameter)> {
    let path = contract.paths.first().map_or("", String::as_str);
    contract.parameters.iter().map(move |parameter| {
        let name = &parameter.name;
        let before = path.split_once(&format!("{{{name}}}"));
        let key = match (parameter.place.as_str(), before) {
            ("path", Some((before, _))) => format!("{{{}}}", before.matches('{').count()),
            ("header", _) => name.to_ascii_lowercase(),
            _ => name.clone(),
        };
        ((parameter.place.as_str(), key), parameter)
    })
}
