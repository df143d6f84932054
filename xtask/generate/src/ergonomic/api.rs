//! Lookup of types in the generated low-level crate.

use serde_json::Value;
use syn::{Fields, Ident, Item, ItemEnum, ItemStruct, Type};
use xtask_openapi::Fields as _;

use crate::rust_type;
pub(super) use crate::workaround::code::serde_name;
use crate::workaround::document::type_name;

/// Returns the API's name for the value of a field.
pub(super) fn json_name(field: &syn::Field) -> Option<String> {
    serde_name(&field.attrs).or_else(|| field.ident.as_ref().map(ToString::to_string))
}

/// Returns the items of a module, or no items if there is no such module.
pub(super) fn module<'a>(code: &'a syn::File, name: &str) -> &'a [Item] {
    let content = code.items.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == name => module.content.as_ref(),
        _ => None,
    });
    content.map_or(&[], |(_, items)| items)
}

/// The types in the generated code.
pub(super) struct Api<'a> {
    items: &'a [Item],
}

impl<'a> Api<'a> {
    pub(super) fn new(code: &'a syn::File) -> Self {
        Self {
            items: module(code, "types"),
        }
    }

    /// Returns the struct generated from a component schema.
    pub(super) fn structure(&self, schema: &str) -> Option<&'a ItemStruct> {
        let name = type_name(schema);
        self.items.iter().find_map(|item| match item {
            Item::Struct(item) if item.ident == name => Some(item),
            _ => None,
        })
    }

    /// Returns the enum that a type refers to, if the enum is fieldless.
    pub(super) fn choice(&self, ty: &Type) -> Option<&'a ItemEnum> {
        self.enumeration(ty)
            .filter(|item| item.variants.iter().all(|variant| variant.fields.is_empty()))
    }

    /// Returns the enum that a type refers to if it has two variants: one that holds a fieldless enum and one that
    /// holds a string. The result contains the names of the enum and of its two variants, and the inner enum.
    pub(super) fn open_choice(&self, ty: &Type) -> Option<(&'a Ident, [&'a Ident; 2], &'a ItemEnum)> {
        let item = self.enumeration(ty)?;
        let [known, other] = item.variants.iter().collect::<Vec<_>>().try_into().ok()?;
        let content = |variant: &'a syn::Variant| match &variant.fields {
            Fields::Unnamed(fields) => fields.unnamed.first().map(|field| &field.ty),
            _ => None,
        };
        let choice = self.choice(content(known)?)?;
        rust_type::name(content(other)?).filter(|name| *name == "String")?;
        Some((&item.ident, [&known.ident, &other.ident], choice))
    }

    fn enumeration(&self, ty: &Type) -> Option<&'a ItemEnum> {
        let Type::Path(path) = ty else { return None };
        let name = path.path.get_ident()?;
        self.items.iter().find_map(|item| match item {
            Item::Enum(item) if item.ident == *name => Some(item),
            _ => None,
        })
    }
}

/// Returns the component schema from which a type was generated.
pub(super) fn schema_of<'d>(document: &'d Value, ident: &Ident) -> Option<&'d Value> {
    let mut schemas = document.components("schemas");
    let found = schemas.find(|(name, _)| *ident == type_name(name));
    found.map(|(_, schema)| schema)
}
