//! Generates `api_error.rs`, which defines the type for errors reported by the API.

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
            // `type` is a Rust keyword.
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
        #![doc = " The type for errors reported by the API."]

        use serde::Serialize;

        #[doc = " An error reported by the API."]
        #[doc = ""]
        #[doc = " All fields are optional, because the API uses several error formats, some of which are undocumented. Strings"]
        #[doc = " are truncated to 200 characters, and anything that looks like a token is redacted."]
        #[doc = ""]
        #[doc = " Serialized with the API's field names. Missing fields are omitted."]
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
        #[non_exhaustive]
        pub struct ApiError {
            #(
                #[serde(rename = #names, skip_serializing_if = "Option::is_none")]
                pub(crate) #idents: Option<String>,
            )*
        }

        impl ApiError {
            #[doc = " Creates an error by calling `part` with the name of each field."]
            pub(crate) fn from_parts(part: impl Fn(&'static str) -> Option<String>) -> Self {
                Self { #(#idents: part(#names),)* }
            }

            #[doc = " Applies `part` to every field that is present."]
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
