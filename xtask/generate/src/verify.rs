//! Checks generated code for duplicate names.

use std::collections::{BTreeSet, HashSet};
use std::fmt::Display;

use syn::{Fields, Ident, ImplItem, Item, ItemEnum, ItemImpl};

use crate::rust_type;

const SAME_NAME: &str = "two names in the document map to the same Rust name";

/// Returns a message about the first name clash, if there is one.
pub(crate) fn find_clash(items: &[Item]) -> Option<String> {
    if types(items).any(|name| name == "Default") {
        return Some("a type named `Default` would shadow the trait that the generated code uses".to_owned());
    }
    let inside = items.iter().find_map(|item| match item {
        Item::Struct(item) => in_fields(&item.ident, &item.fields),
        Item::Enum(item) => in_variants(item),
        Item::Impl(item) => in_methods(item),
        Item::Mod(module) => find_clash(&module.content.as_ref()?.1),
        _ => None,
    });
    inside.or_else(|| Some(format!("duplicate type `{}`: {SAME_NAME}", twice(types(items))?)))
}

/// Returns the names shared by several types in the same module.
pub(crate) fn clashing_types(items: &[Item]) -> BTreeSet<String> {
    let mut seen = HashSet::new();
    let own = types(items).filter(|name| !seen.insert(*name));
    let mut clashing: BTreeSet<String> = own.map(ToString::to_string).collect();
    for item in items {
        if let Item::Mod(module) = item
            && let Some((_, items)) = &module.content
        {
            clashing.extend(clashing_types(items));
        }
    }
    clashing
}

/// Returns the names of the structs and enums in a module.
fn types(items: &[Item]) -> impl Iterator<Item = &Ident> {
    items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        _ => None,
    })
}

fn in_fields(owner: &dyn Display, fields: &Fields) -> Option<String> {
    let name = twice(fields.iter().filter_map(|field| field.ident.as_ref()))?;
    Some(format!("duplicate field `{name}` in `{owner}`: {SAME_NAME}"))
}

fn in_variants(item: &ItemEnum) -> Option<String> {
    if let Some(name) = twice(item.variants.iter().map(|variant| &variant.ident)) {
        return Some(format!(
            "duplicate variant `{name}` in `{}`: {SAME_NAME}",
            item.ident
        ));
    }
    item.variants.iter().find_map(|variant| {
        let owner = format!("{}::{}", item.ident, variant.ident);
        in_fields(&owner, &variant.fields)
    })
}

/// Returns a message if a type has two methods with the same name. Methods are named after parameters and fields, but a
/// few have fixed names.
fn in_methods(item: &ItemImpl) -> Option<String> {
    let methods = item.items.iter().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(&method.sig.ident),
        _ => None,
    });
    let (name, owner) = (twice(methods)?, rust_type::name(&item.self_ty)?);
    Some(format!(
        "duplicate method `{name}` in `{owner}`: two names in the document result in the same method name"
    ))
}

fn twice<'a>(names: impl Iterator<Item = &'a Ident>) -> Option<&'a Ident> {
    let mut seen = HashSet::new();
    names.into_iter().find(|name| !seen.insert(*name))
}
