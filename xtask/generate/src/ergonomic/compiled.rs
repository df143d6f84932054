//! The request fields, together with their compiled patterns and descriptions of their limits.

use serde_json::{Map, Value};
use xtask_openapi::Error;

use super::model::{Field, FieldKind, Model};
use super::pattern::{self, Compiled};
use super::words;
use crate::error::{Errors, Result};
use crate::extensions::PATTERN;
use crate::prose::actions;

/// A field with its compiled pattern and a description of its limits.
pub(super) struct CompiledField<'a> {
    pub(super) field: &'a Field,
    pub(super) pattern: Option<Compiled>,
    pub(super) limits: Option<String>,
}

pub(super) fn compiled<'a>(name: &str, model: &'a Model) -> Result<Vec<CompiledField<'a>>> {
    let (mut fields, mut wrong, mut remedies) = (Vec::new(), Vec::new(), Vec::new());
    for field in &model.fields {
        let source = field
            .limits
            .pattern
            .as_deref()
            .filter(|_| matches!(field.kind, FieldKind::Text));
        let pattern = match source.map(pattern::compile).transpose() {
            Ok(pattern) => pattern,
            Err(reason) => {
                let message = format!(
                    "the client can't check this pattern: {reason}; write `{PATTERN}: unchecked` in the overlay to \
                     skip this check in the client"
                );
                wrong.push(Error::at(name, format!("{}/pattern", field.pointer), message));
                let unchecked = Map::from_iter([(PATTERN.to_owned(), Value::from("unchecked"))]);
                remedies.push((field.pointer.clone(), unchecked));
                continue;
            }
        };
        let limits = words::limits(field, pattern.as_ref(), words::Style::Plain);
        fields.push(CompiledField {
            field,
            pattern,
            limits,
        });
    }
    Errors::none_of(wrong).map_err(|errors| errors.with_remedy(actions(&remedies)))?;
    Ok(fields)
}
