//! Path, query, header and cookie parameters.

use serde_json::Value;

use super::context::Scope;
use super::media_type::is_text;
use super::{Comparison, Context};
use crate::change::Direction;
use crate::kinds::operation as kinds;
use crate::model::{Contract, Parameter};

impl Comparison<'_> {
    pub(super) fn parameters(&mut self, old: &Contract<'_>, new: &Contract<'_>, context: &Context) {
        let mut known = Vec::new();
        for parameter in &old.parameters {
            let partner = partner(old, parameter, new);
            let context = parameter_at(context, partner.unwrap_or(parameter));
            match partner {
                Some(other) => self.parameter(parameter, other, &context),
                None if parameter.value.required => {
                    self.removed(kinds::PARAMETER_REMOVED_REQUIRED, &context, &parameter.name);
                }
                None => self.removed(kinds::PARAMETER_REMOVED_OPTIONAL, &context, &parameter.name),
            }
            known.extend(partner.map(std::ptr::from_ref));
        }
        for parameter in &new.parameters {
            let context = parameter_at(context, parameter);
            match parameter.value.required {
                _ if known.contains(&std::ptr::from_ref(parameter)) => {}
                true => self.added(kinds::NEW_REQUIRED_PARAMETER, &context, &parameter.name),
                false => self.added(kinds::NEW_OPTIONAL_PARAMETER, &context, &parameter.name),
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

/// Returns the matching parameter in the new document. Path parameters are matched by position, all others by name.
fn partner<'a>(old: &Contract<'_>, parameter: &Parameter, new: &'a Contract<'a>) -> Option<&'a Parameter> {
    let position =
        |operation: &Contract<'_>, name: &str| operation.paths.first()?.find(&format!("{{{name}}}"));
    let index = |operation: &Contract<'_>, name: &str| {
        let path = operation.paths.first()?;
        let before = path.get(..position(operation, name)?)?;
        Some(before.matches('{').count())
    };
    new.parameters
        .iter()
        .filter(|other| other.place == parameter.place)
        .find(|other| match parameter.place.as_str() {
            "path" => match (index(old, &parameter.name), index(new, &other.name)) {
                (Some(old), Some(new)) => old == new,
                _ => other.name == parameter.name,
            },
            "header" => other.name.eq_ignore_ascii_case(&parameter.name),
            _ => other.name == parameter.name,
        })
}
