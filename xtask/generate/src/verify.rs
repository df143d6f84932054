//! Whether generated code can be what it seems: progenitor gives the same name twice without noticing.

use std::collections::HashSet;

use syn::{Fields, Item};

/// The first name that is given twice in one scope, as a message.
pub(crate) fn find_duplicate(items: &[Item]) -> Option<String> {
    let mut types = HashSet::new();
    for item in items {
        let (name, found) = match item {
            Item::Struct(item) => (&item.ident, in_fields(&item.fields)),
            Item::Enum(item) => {
                let mut seen = HashSet::new();
                (
                    &item.ident,
                    item.variants
                        .iter()
                        .map(|variant| &variant.ident)
                        .find(|name| !seen.insert(*name)),
                )
            }
            Item::Mod(module) => {
                let inside = module
                    .content
                    .as_ref()
                    .and_then(|(_, items)| find_duplicate(items));
                if inside.is_some() {
                    return inside;
                }
                continue;
            }
            _ => continue,
        };
        if let Some(twice) = found {
            return Some(format!(
                "`{name}` would have `{twice}` twice: two names of the document differ too little"
            ));
        }
        if !types.insert(name) {
            return Some(format!(
                "there would be two types `{name}`: two names of the document differ too little"
            ));
        }
    }
    None
}

fn in_fields(fields: &Fields) -> Option<&syn::Ident> {
    let mut seen = HashSet::new();
    fields
        .iter()
        .filter_map(|field| field.ident.as_ref())
        .find(|name| !seen.insert(*name))
}
