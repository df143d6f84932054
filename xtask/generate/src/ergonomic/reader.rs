//! Reads the model from the merged document and the code generated from it.

use std::collections::HashSet;

use serde_json::{Map, Value};
use syn::{Ident, ItemEnum, ItemStruct, Type};
use xtask_openapi::operation::operations;
use xtask_openapi::{Error, Fields as _, pointer};

use super::api::{Api, json_name};
use super::choice::Choice;
use super::model::{Field, FieldKind, Model, Permissions};
use super::names;
use super::pattern::{self, Compiled};
use crate::error::Result;
use crate::extensions::{ARGUMENT, PATTERN, PRESETS};
use crate::operations::body;
use crate::prose::{Remedies, none_of};
use crate::rust_type::{self, argument_of};
use crate::schema::{Keywords, properties};

/// Finds the only request body, and returns its schema and the location of the component schema that it refers to.
fn find_body<'a>(name: &str, document: &'a Value) -> Result<(&'a Value, String)> {
    let bodies = operations(document).filter_map(|operation| body(document, &operation));
    let bodies: Vec<&Value> = bodies.collect();
    let &[schema] = bodies.as_slice() else {
        let message =
            "must have exactly one operation with a JSON request body, because the client supports only one";
        return Err(Error::at(name, "/paths", message).into());
    };
    let Some(place) = schema.text("$ref").and_then(pointer::of_reference) else {
        let message =
            "the request body's schema must be a `$ref` to a component schema, which gives the type its name";
        return Err(Error::at(name, "/paths", message).into());
    };
    Ok((schema, place))
}

/// Reads the model. `name` identifies the document in error messages.
pub(super) fn read<'a>(name: &'a str, document: &'a Value, api: &'a Api<'a>) -> Result<Model<'a>> {
    let (schema, place) = find_body(name, document)?;
    let at = |message: &str| Error::at(name, &place, message);
    let schema_name = pointer::tokens(&place).pop().unwrap_or_default();
    let item = api
        .structure(&schema_name)
        .ok_or_else(|| at("must be an object with properties"))?;
    let required = Keywords::of(document, schema);
    let mut reader = Reader {
        name,
        document,
        api,
        permissions: None,
        enums: HashSet::new(),
        wrong: Vec::new(),
        remedies: Remedies::new(),
    };
    let properties = properties(document, schema).into_iter();
    let fields = properties.filter_map(|(field, property)| {
        let place = pointer::child(&format!("{place}/properties"), field);
        let is_required = required.items("required").iter().any(|name| name == field);
        reader.field(place, field, is_required, property, item)
    });
    let fields = fields.collect();
    none_of(document, reader.wrong, &reader.remedies)?;
    let message =
        format!("has no property with `{ARGUMENT}: permissions`, which marks the list of permissions");
    Ok(Model {
        body: item,
        fields,
        permissions: reader.permissions.ok_or_else(|| at(&message))?,
    })
}

struct Reader<'a> {
    name: &'a str,
    document: &'a Value,
    api: &'a Api<'a>,
    permissions: Option<Permissions>,
    /// The enum names that are already used.
    enums: HashSet<Ident>,
    wrong: Vec<Error>,
    remedies: Remedies,
}

impl<'a> Reader<'a> {
    fn field(
        &mut self,
        place: String,
        name: &str,
        is_required: bool,
        property: &'a Value,
        body: &'a ItemStruct,
    ) -> Option<Field<'a>> {
        let field = body
            .fields
            .iter()
            .find(|field| json_name(field).as_deref() == Some(name));
        let Some((field, ident)) = field.and_then(|field| Some((field, field.ident.as_ref()?))) else {
            self.error(&place, "is missing from the generated type");
            return None;
        };
        let schema = Keywords::of(self.document, property);
        let inner = argument_of(&field.ty, "Option");
        let ty = inner.unwrap_or(&field.ty);
        let kind = self.kind(&place, name, ty, &schema)?;
        if schema.field(PRESETS).is_some() && !matches!(kind, FieldKind::Permissions) {
            let message = format!("requires `{ARGUMENT}: permissions`");
            self.error(&pointer::child(&place, PRESETS), message);
        }
        let pattern = self.pattern(place, &kind, &schema);
        Some(Field {
            name: name.to_owned(),
            ident,
            setter: names::of_setter(ident),
            ty,
            is_optional: inner.is_some(),
            is_required,
            kind,
            schema,
            pattern,
        })
    }

    fn error(&mut self, place: &str, message: impl Into<String>) {
        self.wrong.push(Error::at(self.name, place, message));
    }

    /// Determines the kind of a field from its generated type.
    fn kind(&mut self, place: &str, name: &str, ty: &Type, schema: &Keywords<'_>) -> Option<FieldKind> {
        match schema.text(ARGUMENT) {
            Some("permissions") => {
                if self.permissions.is_some() {
                    let message = format!("only one field can have `{ARGUMENT}: permissions`");
                    self.error(&pointer::child(place, ARGUMENT), message);
                }
                self.permissions = Some(self.permissions(place, ty, schema)?);
                return Some(FieldKind::Permissions);
            }
            Some("json") => return Some(FieldKind::Json),
            _ => {}
        }
        let item = argument_of(ty, "Vec").map(rust_type::name);
        Some(match rust_type::name(ty)?.to_string().as_str() {
            "Vec" if item.flatten().is_some_and(|item| item == "String") => FieldKind::Texts,
            "bool" => FieldKind::Boolean,
            "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" => FieldKind::Integer,
            "f32" | "f64" => FieldKind::Number,
            "String" => FieldKind::Text,
            "DateTime" => FieldKind::Timestamp,
            "Map" => FieldKind::Metadata,
            _ => match self.api.choice(ty) {
                Some(generated) => {
                    let choice = self.choice(place, &names::of_enum(name), generated)?;
                    self.values(&choice, pointer::child(place, "default"), schema.field("default"));
                    FieldKind::Choice(choice)
                }
                None => FieldKind::Json,
            },
        })
    }

    /// Reads the enum of a field. Its name must be valid and unique.
    fn choice(&mut self, place: &str, name: &str, generated: &ItemEnum) -> Option<Choice> {
        let Ok(ident) = syn::parse_str::<Ident>(name) else {
            self.error(place, format!("`{name}` is not a valid name for a Rust enum"));
            return None;
        };
        if !self.enums.insert(ident.clone()) {
            let message = format!(
                "the enum name `{name}` is already used; write `{ARGUMENT}: json` in the overlay to accept any JSON \
                 value instead"
            );
            self.error(place, message);
            return None;
        }
        Some(Choice::read(self.document, ident, generated))
    }

    /// Reads the permissions and checks that their variants have distinct names.
    fn permissions(&mut self, place: &str, ty: &Type, schema: &Keywords<'_>) -> Option<Permissions> {
        let Some((item, [known, other], generated)) =
            argument_of(ty, "Vec").and_then(|item| self.api.open_choice(item))
        else {
            self.error(
                place,
                "must be an array whose items are an `anyOf` of a string and an enum whose values have distinct Rust names",
            );
            return None;
        };
        let choice = Choice::read(self.document, syn::parse_quote!(Permission), generated);
        let mut seen = HashSet::from([syn::parse_quote!(Unknown)]);
        for variant in &choice.variants {
            if !seen.insert(variant.ident.clone()) {
                let message = format!(
                    "the variant name of `{}` is already used: `Permission::{}`",
                    variant.name, variant.ident
                );
                self.error(place, message);
            }
        }
        let default = self.values(&choice, pointer::child(place, "default"), schema.field("default"));
        let mut sets = vec![("default".to_owned(), default)];
        for (name, values) in schema.members(PRESETS) {
            let place = pointer::child(&pointer::child(place, PRESETS), name);
            sets.push((name.clone(), self.values(&choice, place, Some(values))));
        }
        Some(Permissions {
            choice,
            item: item.clone(),
            known: known.clone(),
            other: other.clone(),
            sets,
        })
    }

    /// Returns the strings in an array, or a single string. Each must be a value of the enum.
    fn values(&mut self, choice: &Choice, place: String, values: Option<&Value>) -> Vec<String> {
        let values = values.map_or(&[][..], |values| match values {
            // The default of a nullable enum.
            Value::Null => &[],
            Value::Array(values) => values,
            value => std::slice::from_ref(value),
        });
        let unknown = values.iter().filter(|value| choice.variant(value).is_none());
        let unknown: Vec<String> = unknown.map(Value::to_string).collect();
        if !unknown.is_empty() {
            self.error(
                &place,
                format!("{} is not a value of the enum", unknown.join(", ")),
            );
        }
        values
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    }

    /// Compiles the pattern of a string, unless the overlay disables the check.
    fn pattern(&mut self, place: String, kind: &FieldKind, schema: &Keywords<'_>) -> Option<Compiled> {
        let is_checked = matches!(kind, FieldKind::Text) && schema.field(PATTERN).is_none();
        let compiled = pattern::compile(schema.text("pattern").filter(|_| is_checked)?);
        let report = |reason| {
            let message = format!(
                "the client can't check this pattern: {reason}; write `{PATTERN}: unchecked` in the overlay to \
                 skip this check in the client"
            );
            self.error(&format!("{place}/pattern"), message);
            let unchecked = Map::from_iter([(PATTERN.to_owned(), Value::from("unchecked"))]);
            self.remedies.push((place, unchecked));
        };
        compiled.map_err(report).ok()
    }
}
