//! Generates `api_error.rs`: the type of the API's errors.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::model::Model;
use super::tokens::doc;
use crate::markdown;
use crate::operations::identifier;

pub(super) fn generate(model: &Model) -> TokenStream {
    let properties = &model.error_properties;
    let names: Vec<_> = properties.iter().map(|(name, _)| name).collect();
    let idents: Vec<_> = names
        .iter()
        .map(|name| match name.as_str() {
            // A keyword of Rust.
            "type" => format_ident!("error_type"),
            name => format_ident!("{}", identifier(name)),
        })
        .collect();
    let docs = properties.iter().map(|(name, description)| {
        let name = format!("Returns the property {}.", xtask_openapi::escape::code_span(name));
        match description.as_str() {
            "" => doc(&[name]),
            description => doc(&[markdown::prose(description)]),
        }
    });
    quote! {
        #![doc = " The API's errors."]

        use serde::Serialize;

        #[doc = " An error that the API reported."]
        #[doc = ""]
        #[doc = " All parts are optional, because the API uses several error formats, some of them undocumented. Strings are"]
        #[doc = " truncated to 200 characters, and everything that looks like a token is redacted."]
        #[doc = ""]
        #[doc = " It is serialized with the API's field names. Missing parts are omitted."]
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
        #[non_exhaustive]
        pub struct ApiError {
            #(
                #[serde(rename = #names, skip_serializing_if = "Option::is_none")]
                pub(crate) #idents: Option<String>,
            )*
        }

        impl ApiError {
            #[doc = " Creates an error from a function that returns the part with a name."]
            pub(crate) fn from_parts(part: impl Fn(&'static str) -> Option<String>) -> Self {
                Self { #(#idents: part(#names),)* }
            }

            #[doc = " Replaces all parts."]
            pub(crate) fn map(self, part: impl Fn(String) -> String) -> Self {
                Self { #(#idents: self.#idents.map(&part),)* }
            }

            #(
                #docs
                #[must_use]
                pub fn #idents(&self) -> Option<&str> {
                    self.#idents.as_deref()
                }
            )*
        }
    }
}
