//! Workarounds that remove whole items or put them behind features.

use serde_json::Value;
use syn::{Attribute, ImplItem, Item, parse_quote};

use super::attributes::{inherent_type, module, of_item, set_docs};

/// The documentation of the client constructor.
const CLIENT_DOCS: &str = "\
Creates a client from a base URL and a `reqwest::Client`.

`baseurl` is the part of URLs before the API paths: scheme, host and optionally port, without a trailing slash.

`client` determines all other behavior. Give it a timeout, the credentials as a default header marked as sensitive \
(otherwise `Debug` prints them), and `reqwest::redirect::Policy::none()`: a client that follows redirects sends the \
request to another URL and accepts the response from there.";

/// Removes `Client::new` and documents the remaining constructor.
pub(super) fn remove_default_client(code: &mut syn::File, _: &Value) -> Result<usize, String> {
    let mut count = 0;
    for item in &mut code.items {
        let Item::Impl(item) = item else { continue };
        if inherent_type(item).as_deref() != Some("Client") {
            continue;
        }
        let before = item.items.len();
        item.items
            .retain(|item| !matches!(item, ImplItem::Fn(function) if function.sig.ident == "new"));
        count += before - item.items.len();
        for item in &mut item.items {
            if let ImplItem::Fn(function) = item
                && function.sig.ident == "new_with_client"
            {
                set_docs(&mut function.attrs, CLIENT_DOCS.lines());
            }
        }
    }
    Ok(count)
}

/// Derives `JsonSchema` for all types if the `schemars` feature is enabled.
pub(super) fn derive_json_schema(code: &mut syn::File, _: &Value) -> Result<usize, String> {
    let Some(types) = module(&mut code.items, "types") else {
        return Ok(0);
    };
    let mut count = 0;
    for item in types {
        if let Item::Struct(syn::ItemStruct { attrs, .. }) | Item::Enum(syn::ItemEnum { attrs, .. }) = item {
            let derive = parse_quote!(#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]);
            insert_after_docs(attrs, derive);
            count += 1;
        }
    }
    Ok(count)
}

/// Puts everything except the types behind the `client` feature.
pub(super) fn put_client_behind_feature(code: &mut syn::File, _: &Value) -> Result<usize, String> {
    let mut count = 0;
    for item in &mut code.items {
        let is_types = matches!(item, Item::Mod(module) if module.ident == "types");
        let Some(attributes) = of_item(item).filter(|_| !is_types) else {
            continue;
        };
        insert_after_docs(attributes, parse_quote!(#[cfg(feature = "client")]));
        count += 1;
    }
    Ok(count)
}

fn insert_after_docs(attributes: &mut Vec<Attribute>, attribute: Attribute) {
    let is_doc = |attribute: &&Attribute| attribute.path().is_ident("doc");
    let docs = attributes.iter().take_while(is_doc).count();
    attributes.insert(docs, attribute);
}
