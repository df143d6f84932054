//! Generates `api_error.rs`, which defines the type for errors reported by the API.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use xtask_openapi::Fields as _;
use xtask_openapi::escape::code_span;

use super::tokens::doc;
use crate::extensions::API_ERROR;
use crate::markdown;
use crate::operations::identifier;
use crate::schema::{Keywords, properties};

/// Generates the type from the string properties of the API's error schema.
pub(super) fn generate(document: &Value) -> TokenStream {
    let mut schemas = document.components("schemas").map(|(_, schema)| schema);
    let schema = schemas.find(|schema| schema.is_true(API_ERROR));
    let properties = schema
        .map(|schema| properties(document, schema))
        .unwrap_or_default();
    let (mut names, mut idents, mut docs) = (Vec::new(), Vec::new(), Vec::new());
    for (name, property) in properties {
        let property = Keywords::of(document, property);
        if property.text("type") != Some("string") {
            continue;
        }
        idents.push(match name {
            // `type` is a Rust keyword.
            "type" => format_ident!("error_type"),
            name => format_ident!("{}", identifier(name)),
        });
        docs.push(doc(&[match property.text("description") {
            None | Some("") => format!("Returns the {} property.", code_span(name)),
            Some(description) => markdown::prose(description),
        }]));
        names.push(name);
    }
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
