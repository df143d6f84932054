//! Generates `defaults.rs`, which defines the API's default values as constants.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use xtask_openapi::Fields as _;
use xtask_openapi::escape::code_span;

use super::model::{Field, FieldKind, Model};
use super::tokens::doc;
use crate::literal;

pub(super) fn generate(model: &Model<'_>) -> TokenStream {
    let constants = model.fields.iter().filter_map(constant);
    let is_choice = |field: &Field<'_>| matches!(field.kind, FieldKind::Choice(_));
    let mut choices = model.fields.iter().filter(|field| is_choice(field));
    let has_choices = choices.any(|field| field.schema.field("default").is_some());
    let choices = has_choices.then(|| {
        quote!(
            use super::choices::*;
        )
    });
    quote! {
        #![doc = " The API's default field values."]

        #choices

        #(#constants)*
    }
}

/// Returns the constant for a default, or `None` if it can't be represented as a constant.
fn constant(field: &Field<'_>) -> Option<TokenStream> {
    let (name, field_type) = (field.constant(), field.ty);
    let docs = doc(&[format!(
        "SignalWire's default value for {}.",
        code_span(&field.name)
    )]);
    let (ty, value) = match (&field.kind, field.schema.field("default")?) {
        (FieldKind::Boolean, Value::Bool(value)) => (quote!(bool), quote!(#value)),
        (FieldKind::Text, Value::String(value)) => (quote!(&str), quote!(#value)),
        (FieldKind::Integer, Value::Number(number)) => (quote!(#field_type), literal::integer(number)?),
        (FieldKind::Number, Value::Number(number)) => (quote!(#field_type), literal::float(number)?),
        (FieldKind::Choice(choice), value) => {
            let (ident, variant) = (&choice.ident, &choice.variant(value)?.ident);
            (quote!(#ident), quote!(#ident::#variant))
        }
        _ => return None,
    };
    Some(quote! {
        #docs
        pub const #name: #ty = #value;
    })
}
