//! Items as a whole: what goes, and what depends on a feature.

use serde_json::Value;
use syn::{ImplItem, Item, parse_quote};

use super::attributes::{inherent_type, module, of_item, set_docs};

/// What whoever makes a client must know.
const CLIENT_DOCS: &str = "\
Makes a client of a base URL and a `reqwest::Client`.

`baseurl` is what stands before the paths of the API: scheme, host and, where there is one, port, without a slash at \
the end.

`client` decides on everything else. Give it a time-out, the credentials as a default header that is marked as \
sensitive (else `Debug` prints them), and `reqwest::redirect::Policy::none()`: where a redirect is followed, the \
request goes elsewhere and what comes back from there is believed.";

/// Removes `Client::new`, and says at the other constructor what to pass.
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
            match item {
                ImplItem::Fn(function) if function.sig.ident == "new_with_client" => {
                    set_docs(&mut function.attrs, CLIENT_DOCS.lines());
                }
                _ => {}
            }
        }
    }
    Ok(count)
}

/// Lets every type derive `JsonSchema` if the feature is on.
pub(super) fn derive_json_schema(code: &mut syn::File, _: &Value) -> Result<usize, String> {
    let Some(types) = module(&mut code.items, "types") else {
        return Ok(0);
    };
    let mut count = 0;
    for item in types {
        if let Item::Struct(syn::ItemStruct { attrs, .. }) | Item::Enum(syn::ItemEnum { attrs, .. }) = item {
            let after_docs = attrs
                .iter()
                .take_while(|attribute| attribute.path().is_ident("doc"))
                .count();
            attrs.insert(
                after_docs,
                parse_quote!(#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]),
            );
            count += 1;
        }
    }
    Ok(count)
}

/// Leaves nothing but the types if the feature is off.
pub(super) fn put_client_behind_feature(code: &mut syn::File, _: &Value) -> Result<usize, String> {
    let mut count = 0;
    for item in &mut code.items {
        let is_types = matches!(item, Item::Mod(module) if module.ident == "types");
        let Some(attributes) = of_item(item).filter(|_| !is_types) else {
            continue;
        };
        let after_docs = attributes
            .iter()
            .take_while(|attribute| attribute.path().is_ident("doc"))
            .count();
        attributes.insert(after_docs, parse_quote!(#[cfg(feature = "client")]));
        count += 1;
    }
    Ok(count)
}
