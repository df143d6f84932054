//! The request model from which the ergonomic crate is generated: the fields and their types, limits and enums.

use heck::ToShoutySnakeCase as _;
use quote::format_ident;
use syn::{Ident, ItemStruct, Type};
use xtask_openapi::Fields as _;

use super::choice::Choice;
use super::pattern::Compiled;
use crate::extensions::{CLAIM, MAX_JSON_LENGTH, REQUIRED_CLAIM};
use crate::rust_type::argument_of;
use crate::schema::Keywords;

/// Everything needed to generate the ergonomic crate.
pub(super) struct Model<'a> {
    /// The generated type of the request body.
    pub(super) body: &'a ItemStruct,
    pub(super) fields: Vec<Field<'a>>,
    pub(super) permissions: Permissions,
}

/// A request field.
pub(super) struct Field<'a> {
    /// The API's name for the field.
    pub(super) name: String,
    /// The name of the field in the generated type.
    pub(super) ident: &'a Ident,
    pub(super) setter: Ident,
    /// The generated type, without `Option`.
    pub(super) ty: &'a Type,
    /// `true` if the generated type is an `Option`.
    pub(super) is_optional: bool,
    pub(super) is_required: bool,
    pub(super) kind: FieldKind,
    pub(super) schema: Keywords<'a>,
    /// The compiled pattern of a string, if the client checks it.
    pub(super) pattern: Option<Compiled>,
}

/// The kind of a field, which determines the argument of its setter.
pub(super) enum FieldKind {
    Boolean,
    Integer,
    /// A floating-point number.
    Number,
    Text,
    Texts,
    Timestamp,
    /// A JSON object with arbitrary members.
    Metadata,
    Choice(Choice),
    Permissions,
    /// Any value that serializes to the generated type.
    Json,
}

/// The permissions, and the generated enum that holds either a known permission or any other string.
pub(super) struct Permissions {
    pub(super) choice: Choice,
    pub(super) item: Ident,
    pub(super) known: Ident,
    pub(super) other: Ident,
    /// The default list (named `default`) and each preset, with the names of their permissions.
    pub(super) sets: Vec<(String, Vec<String>)>,
}

/// The token claim that contains the value of a field.
pub(super) struct Claim<'a> {
    pub(super) name: &'a str,
    /// `true` if the claim is present in every token whose request sets the field.
    pub(super) is_required: bool,
}

/// A bound of a number.
pub(super) struct Bound<'a> {
    pub(super) value: &'a serde_json::Number,
    pub(super) is_exclusive: bool,
}

impl Field<'_> {
    pub(super) fn description(&self) -> &str {
        self.schema.text("description").unwrap_or_default()
    }

    /// Returns `true` if the field is an array whose number of items the client checks.
    pub(super) fn is_list(&self) -> bool {
        match self.kind {
            FieldKind::Texts | FieldKind::Permissions => true,
            FieldKind::Json => {
                argument_of(self.ty, "Vec").is_some() && self.schema.field(MAX_JSON_LENGTH).is_none()
            }
            _ => false,
        }
    }

    pub(super) fn claim(&self) -> Option<Claim<'_>> {
        let claim = |extension, is_required| {
            let name = self.schema.text(extension)?;
            Some(Claim { name, is_required })
        };
        claim(REQUIRED_CLAIM, true).or_else(|| claim(CLAIM, false))
    }

    pub(super) fn minimum(&self) -> Option<Bound<'_>> {
        self.bound("minimum", "exclusiveMinimum")
    }

    pub(super) fn maximum(&self) -> Option<Bound<'_>> {
        self.bound("maximum", "exclusiveMaximum")
    }

    fn bound(&self, name: &str, exclusive: &str) -> Option<Bound<'_>> {
        let value = self.schema.field(name)?.as_number()?;
        let is_exclusive = self.schema.is_true(exclusive);
        Some(Bound { value, is_exclusive })
    }

    /// Returns the name of a constant for the field.
    pub(super) fn constant(&self) -> Ident {
        let ident = self.ident.to_string();
        format_ident!("{}", ident.trim_end_matches('_').to_shouty_snake_case())
    }
}
