//! Redacts secrets in `Debug` output.

use std::collections::BTreeMap;

use quote::quote;
use serde_json::Value;
use syn::{Fields, Item, ItemStruct, parse_quote};
use xtask_openapi::grammar::Kind;
use xtask_openapi::pointer;
use xtask_openapi::walk::visit;

use super::attributes::{module, serde_name, underive_debug};
use crate::workaround::document::{field as field_name, type_name};

/// The extension that marks a property whose value must never be printed.
pub const SENSITIVE: &str = "x-sensitive";

/// The replacement text for redacted values.
const REDACTED: &str = "[redacted]";

/// The names of the sensitive properties of each schema.
type Secrets = BTreeMap<String, Vec<String>>;

/// Implements `Debug` for types and their builders so that the values of sensitive properties are not printed.
pub(super) fn redact(code: &mut syn::File, document: &Value) -> Result<usize, String> {
    let secrets = find(document)?;
    for (schema, properties) in &secrets {
        let missing = || {
            format!(
                "the code generated for the sensitive properties of `{schema}` does not have the expected form"
            )
        };
        let types = module(&mut code.items, "types").ok_or_else(missing)?;
        redact_struct(types, schema, properties).ok_or_else(missing)?;
        let builders = module(types, "builder").ok_or_else(missing)?;
        redact_struct(builders, schema, properties).ok_or_else(missing)?;
    }
    Ok(secrets.len())
}

/// Returns all marked properties. Returns an error if a mark would have no effect, because the secret could then leak.
fn find(document: &Value) -> Result<Secrets, String> {
    let (mut secrets, mut elsewhere) = (Secrets::new(), None);
    visit(document, &mut |place| {
        if place.kind != Kind::Schema || place.fields.get(SENSITIVE) != Some(&Value::Bool(true)) {
            return;
        }
        match pointer::tokens(place.pointer).as_slice() {
            [components, schemas, schema, properties, property]
                if components == "components" && schemas == "schemas" && properties == "properties" =>
            {
                secrets.entry(schema.clone()).or_default().push(property.clone());
            }
            _ => elsewhere = Some(place.pointer.to_owned()),
        }
    });
    match elsewhere {
        Some(place) => Err(format!(
            "{place}: only a property of a component schema can be marked as sensitive"
        )),
        None => Ok(secrets),
    }
}

fn redact_struct(items: &mut Vec<Item>, schema: &str, secrets: &[String]) -> Option<()> {
    let name = type_name(schema);
    let index = items
        .iter()
        .position(|item| matches!(item, Item::Struct(item) if item.ident == name))?;
    let Some(Item::Struct(item)) = items.get_mut(index) else {
        return None;
    };
    underive_debug(&mut item.attrs).then_some(())?;
    let implementation = debug_without(item, secrets)?;
    items.insert(index + 1, implementation);
    Some(())
}

/// Implements `Debug` without the values of the given fields. Returns `None` if the struct lacks one of them.
fn debug_without(item: &ItemStruct, secrets: &[String]) -> Option<Item> {
    let Fields::Named(fields) = &item.fields else {
        return None;
    };
    let mut hidden = 0;
    let mut calls = Vec::new();
    for field in &fields.named {
        let ident = field.ident.as_ref()?;
        let label = ident.to_string();
        // Builder fields have no serde name. A trailing underscore marks a field that is named after a keyword.
        let name = serde_name(&field.attrs).unwrap_or_else(|| label.trim_end_matches('_').to_owned());
        if secrets
            .iter()
            .any(|secret| *secret == name || field_name(secret) == name)
        {
            hidden += 1;
            calls.push(quote!(.field(#label, &::std::format_args!(#REDACTED))));
        } else {
            calls.push(quote!(.field(#label, &self.#ident)));
        }
    }
    (hidden == secrets.len()).then_some(())?;
    let (ident, label) = (&item.ident, item.ident.to_string());
    Some(parse_quote! {
        impl ::std::fmt::Debug for #ident {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(#label) #(#calls)* .finish()
            }
        }
    })
}
