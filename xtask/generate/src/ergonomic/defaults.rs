//! Generates `defaults.rs`, which defines the API's default values as constants.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use xtask_openapi::Fields as _;
use xtask_openapi::escape::code_span;

use super::model::{Field, FieldKind, Model};
use super::tokens::doc;
use super::types::types;
use crate::literal;

pub(super) fn generate(model: &Model<'_>) -> TokenStream {
    let constants = model.fields.iter().filter_map(constant);
    quote! {
        #![doc = " The API's default field values."]

        #(#constants)*
    }
}

/// Returns the constant for a default, or `None` if it can't be represented as a constant.
fn constant(field: &Field<'_>) -> Option<TokenStream> {
    let (name, ty) = (field.constant(), types(field).value);
    let docs = doc(&[format!(
        "SignalWire's default value for {}.",
        code_span(&field.name)
    )]);
    let (ty, value) = match (&field.kind, field.schema.field("default")?) {
        (FieldKind::Boolean, Value::Bool(value)) => (ty, quote!(#value)),
        (FieldKind::Text, Value::String(value)) => (quote!(&str), quote!(#value)),
        (FieldKind::Integer, Value::Number(number)) => (ty, literal::integer(number)?),
        (FieldKind::Number, Value::Number(number)) => (ty, literal::float(number)?),
        (FieldKind::Choice(choice), value) => {
            let variant = &choice.variant(value)?.ident;
            let value = quote!(#ty::#variant);
            (ty, value)
        }
        _ => return None,
    };
    Some(quote! {
        #docs
        pub const #name: #ty = #value;
    })
}
