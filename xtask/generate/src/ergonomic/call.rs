//! Generates `call.rs`, which builds the operation's request.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use syn::{FnArg, Ident, ImplItem, ImplItemFn, Item};

use super::api::module;
use super::types::outside;
use crate::operations::named;
use crate::rust_type::{self, argument_of};
use crate::workaround::document::type_name;

/// Returns the module, or `None` if the generated code has no function that builds the request.
pub(super) fn generate(document: &Value, code: &syn::File, api: &Ident) -> Option<TokenStream> {
    let (name, _) = named(document).next()?;
    let operation = type_name(&name);
    let build = build_request(code, &operation)?;
    let operation = Ident::new(&operation, build.sig.ident.span());
    let (mut parameters, mut values) = (Vec::new(), Vec::new());
    for input in &build.sig.inputs {
        let FnArg::Typed(input) = input else { continue };
        let (name, ty) = (&input.pat, outside(&input.ty));
        match quote!(#name).to_string().as_str() {
            "client" => values.push(quote!(client)),
            "body" => values.push(quote!(&())),
            _ if argument_of(&input.ty, "Option").is_some() => values.push(quote!(None)),
            _ => {
                parameters.push(quote!(#name: #ty));
                values.push(quote!(#name));
            }
        }
    }
    Some(quote! {
        #![doc = " The operation's request, without its body."]

        use #api::builder::#operation;
        use #api::Client;

        #[doc = " Builds a request without optional parameters. If the API makes a parameter required, this function gains a"]
        #[doc = " parameter, and its caller fails to compile until it passes a value."]
        pub(crate) fn request(client: &Client, #(#parameters),*) -> Result<reqwest::Request, String> {
            #operation::build_request(#(#values),*).map_err(|error| error.to_string())
        }
    })
}

/// Finds the function that builds the request of an operation.
fn build_request<'a>(code: &'a syn::File, operation: &str) -> Option<&'a ImplItemFn> {
    let functions = module(code, "builder").iter().flat_map(|item| match item {
        Item::Impl(item) if rust_type::name(&item.self_ty).is_some_and(|name| name == operation) => {
            item.items.as_slice()
        }
        _ => &[],
    });
    functions.into_iter().find_map(|item| match item {
        ImplItem::Fn(function) if function.sig.ident == "build_request" => Some(function),
        _ => None,
    })
}
