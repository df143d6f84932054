//! Generates `claims.rs`, which defines a token's claims. The request fields determine most of them.

use proc_macro2::TokenStream;
use quote::quote;
use xtask_openapi::escape::code_span;

use super::model::{Claim, Field, FieldKind, Model};
use super::tokens::doc;
use super::types::types;
use super::words;
use crate::markdown;

pub(super) fn generate(model: &Model<'_>) -> TokenStream {
    let claims = model
        .fields
        .iter()
        .filter_map(|field| Some((field, field.claim()?)));
    let required = claims.clone().filter(|(_, claim)| claim.is_required);
    let required = required.map(|(field, _)| &field.name);
    let claims = claims.map(|(field, claim)| of_field(field, &claim));
    quote! {
        #![doc = " A token's claims."]

        use serde::{Deserialize, Serialize};
        use serde_json::{Map, Value};

        use crate::token::claim_values::{TokenHeader, seconds, unlike_fields};

        #[doc = " The request fields whose claims are always present in a token if the request sets the field. Other claims are"]
        #[doc = " missing from some tokens."]
        pub(crate) const REQUIRED: &[&str] = &[#(#required),*];

        #[doc = " The claims of a token whose signature has **not been verified**. Anyone can create a token with arbitrary claims."]
        #[doc = ""]
        #[doc = " SignalWire does not document the claims. Their names were taken from tokens issued in 2021 and 2022. All claims"]
        #[doc = " are optional, and unrecognized claims are stored in [`other`](Self::other). Claims are serialized with the API's"]
        #[doc = " field names and RFC 3339 timestamps, and deserialized from the names used in tokens."]
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        #[non_exhaustive]
        pub struct UnverifiedClaims {
            #[doc = " The token's header. It is not serialized with the claims."]
            #[serde(skip)]
            pub header: TokenHeader,
            #[doc = " The time at which the token was issued (`iat`)."]
            #[serde(rename = "iat", deserialize_with = "seconds", skip_serializing_if = "Option::is_none")]
            pub issued_at: Option<crate::request::time::Timestamp>,
            #[doc = " The token ID (`jti`)."]
            #[serde(rename = "jti", skip_serializing_if = "Option::is_none")]
            pub token_id: Option<String>,
            #[doc = " Probably the project ID, because all tokens of an account have the same value (`sub`)."]
            #[serde(rename = "sub", skip_serializing_if = "Option::is_none")]
            pub subject: Option<String>,
            #(#claims,)*
            #[doc = " Unrecognized claims and claims of an unexpected type. They are serialized alongside the other claims, except"]
            #[doc = " those that have the same name as a field of the API."]
            #[serde(flatten, serialize_with = "unlike_fields")]
            pub other: Map<String, Value>,
        }
    }
}

fn of_field(field: &Field<'_>, claim: &Claim<'_>) -> TokenStream {
    let (ident, name, claim) = (field.ident, &field.name, claim.name);
    let ty = match &field.kind {
        FieldKind::Integer => quote!(i64),
        FieldKind::Number => quote!(f64),
        FieldKind::Metadata => quote!(Map<String, Value>),
        FieldKind::Json => quote!(Value),
        _ => types(field).value,
    };
    let is_timestamp = matches!(field.kind, FieldKind::Timestamp);
    let seconds = is_timestamp.then(|| quote!(deserialize_with = "seconds",));
    let summary = markdown::prose(&words::summary(field));
    let docs = doc(&[format!("{summary} ({}).", code_span(claim))]);
    quote! {
        #docs
        #[serde(rename(serialize = #name, deserialize = #claim), #seconds skip_serializing_if = "Option::is_none")]
        pub #ident: Option<#ty>
    }
}
