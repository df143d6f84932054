//! Path, query, header and cookie parameters.

use serde_json::{Value, json};

use super::media_type::is_text;
use super::text_value::Kinds;
use super::{Comparison, Context, Scope};
use crate::change::Direction;
use crate::kinds::operation as kinds;
use crate::model::{Operation, Parameter};

const KINDS: Kinds = Kinds {
    became_required: &kinds::PARAMETER_BECAME_REQUIRED,
    became_optional: &kinds::PARAMETER_BECAME_OPTIONAL,
    deprecated: &kinds::PARAMETER_DEPRECATED,
    reactivated: &kinds::PARAMETER_REACTIVATED,
    serialization_changed: &kinds::PARAMETER_SERIALIZATION_CHANGED,
    extension_changed: &kinds::EXTENSION_CHANGED,
};

impl Comparison<'_> {
    pub(super) fn parameters(&mut self, old: &Operation, new: &Operation, context: &Context) {
        let pairs: Vec<_> = old
            .parameters
            .iter()
            .map(|parameter| (parameter, partner(old, parameter, new)))
            .collect();
        for (parameter, other) in &pairs {
            let context = parameter_at(context, other.unwrap_or(parameter));
            match other {
                Some(other) => self.parameter(parameter, other, &context),
                None => {
                    self.change(
                        &kinds::PARAMETER_REMOVED,
                        &context,
                        json!(parameter.name),
                        Value::Null,
                    );
                }
            }
        }
        let is_known = |wanted: &Parameter| {
            pairs
                .iter()
                .any(|(_, other)| other.is_some_and(|other| std::ptr::eq(other, wanted)))
        };
        for parameter in new.parameters.iter().filter(|parameter| !is_known(parameter)) {
            let kind = if parameter.value.required {
                &kinds::NEW_REQUIRED_PARAMETER
            } else {
                &kinds::NEW_OPTIONAL_PARAMETER
            };
            let context = parameter_at(context, parameter);
            self.change(kind, &context, Value::Null, json!(parameter.name));
        }
    }

    fn parameter(&mut self, old: &Parameter, new: &Parameter, context: &Context) {
        if old.name != new.name && old.place != "header" {
            self.change(
                &kinds::PARAMETER_RENAMED,
                context,
                json!(old.name),
                json!(new.name),
            );
        }
        self.text_value(&old.value, &new.value, context, &KINDS);
    }
}

fn parameter_at(context: &Context, new: &Parameter) -> Context {
    let location = format!("request.{}.{}", new.place, new.name);
    let media_type = new.value.fields.get("content").and_then(Value::as_str);
    Context {
        is_text: media_type.is_none_or(is_text),
        ..context.at(Direction::Request, Scope::Parameter, location)
    }
}

/// Returns the same parameter in the new document. Path parameters are matched by position, all others by name.
fn partner<'a>(old: &Operation, parameter: &Parameter, new: &'a Operation) -> Option<&'a Parameter> {
    let position = |operation: &Operation, name: &str| operation.paths.first()?.find(&format!("{{{name}}}"));
    let index = |operation: &Operation, name: &str| {
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
