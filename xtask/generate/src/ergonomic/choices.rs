//! Generates `choices.rs`, which defines the enums used in requests.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;
use xtask_openapi::Fields as _;
use xtask_openapi::escape::code_span;

use super::choice::Choice;
use super::model::{Field, FieldKind, Model};
use super::tokens::doc;
use crate::markdown;

pub(super) fn generate(model: &Model<'_>, api: &Ident) -> TokenStream {
    let choices = model.fields.iter().filter_map(|field| match &field.kind {
        FieldKind::Choice(choice) => Some(of_choice(choice, field)),
        _ => None,
    });
    quote! {
        #![doc = " The enums used in requests."]

        use std::fmt;
        use std::str::FromStr;

        use #api::types;

        #[doc = " The error returned when a string is not a known value of an API enum."]
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct ParseKindError {
            expected: &'static str,
        }

        impl fmt::Display for ParseKindError {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "unknown value; expected {}", self.expected)
            }
        }

        impl std::error::Error for ParseKindError {}

        #(#choices)*
    }
}

fn of_choice(choice: &Choice, field: &Field<'_>) -> TokenStream {
    let Choice { ident, generated, .. } = choice;
    let variants = choice.variants.iter().map(|variant| {
        let (ident, name) = (&variant.ident, &variant.name);
        let text = variant.description.as_deref().map(markdown::prose);
        let docs = doc(&[text.unwrap_or_else(|| format!("{}.", code_span(name)))]);
        quote!(#docs #[serde(rename = #name)] #ident)
    });
    let mut lines = vec![match choice.description.as_str() {
        "" => format!("The values of {}.", code_span(&ident.to_string())),
        description => markdown::prose(description),
    }];
    let default = field
        .schema
        .field("default")
        .and_then(|default| choice.variant(default));
    if let Some(default) = default {
        let sentence = format!("The API's default is [`{ident}::{}`].", default.ident);
        lines.extend([String::new(), sentence]);
    }
    let docs = doc(&lines);
    let ours: Vec<_> = choice.variants.iter().map(|variant| &variant.ident).collect();
    let theirs: Vec<_> = choice.variants.iter().map(|variant| &variant.generated).collect();
    let names: Vec<_> = choice.variants.iter().map(|variant| &variant.name).collect();
    let expected = list(&names);
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub enum #ident { #(#variants,)* }

        impl #ident {
            #[doc = " All values, in the order of the OpenAPI document."]
            pub const ALL: &'static [Self] = &[#(Self::#ours),*];

            #[doc = " Returns the API's name for this value."]
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { #(Self::#ours => #names,)* }
            }

            pub(crate) const fn to_generated(self) -> types::#generated {
                match self { #(Self::#ours => types::#generated::#theirs,)* }
            }
        }

        impl fmt::Display for #ident {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for #ident {
            type Err = ParseKindError;

            fn from_str(name: &str) -> Result<Self, ParseKindError> {
                match name {
                    #(#names => Ok(Self::#ours),)*
                    _ => Err(ParseKindError { expected: #expected }),
                }
            }
        }
    }
}

/// Joins names in the form `a`, `b` or `c`.
fn list(names: &[&String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => quoted.concat(),
    }
}
