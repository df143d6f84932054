//! Generates `defaults.rs`, which defines the API's default values as constants.

use heck::ToShoutySnakeCase as _;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use super::model::{Field, FieldKind, Model};
use super::tokens::doc;
use xtask_openapi::escape::code_span;

pub(super) fn generate(model: &Model) -> TokenStream {
    let constants: Vec<TokenStream> = model
        .fields
        .iter()
        .filter_map(|field| constant(field, model))
        .collect();
    let has_choices = model
        .fields
        .iter()
        .any(|field| field.default.is_some() && matches!(field.kind, FieldKind::Choice(_)));
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

fn constant(field: &Field, model: &Model) -> Option<TokenStream> {
    let (ty, value) = value(field, model)?;
    let name = format_ident!(
        "{}",
        field
            .ident
            .to_string()
            .trim_end_matches('_')
            .to_shouty_snake_case()
    );
    let docs = doc(&[format!(
        "SignalWire's default value for {}.",
        code_span(&field.name)
    )]);
    Some(quote! {
        #docs
        pub const #name: #ty = #value;
    })
}

/// Returns the type and value of the constant for a default, or `None` if it can't be represented as a constant.
fn value(field: &Field, model: &Model) -> Option<(TokenStream, TokenStream)> {
    match (&field.kind, field.default.as_ref()?) {
        (FieldKind::Boolean, Value::Bool(value)) => Some((quote!(bool), quote!(#value))),
        (FieldKind::Text, Value::String(value)) => Some((quote!(&str), quote!(#value))),
        (FieldKind::Integer(ty), Value::Number(number)) => {
            let value = proc_macro2::Literal::i64_unsuffixed(number.as_i64()?);
            Some((quote!(#ty), quote!(#value)))
        }
        (FieldKind::Number(ty), Value::Number(number)) => {
            let value =
                proc_macro2::Literal::f64_unsuffixed(number.as_f64().filter(|value| value.is_finite())?);
            Some((quote!(#ty), quote!(#value)))
        }
        (FieldKind::Choice(ident), Value::String(name)) => {
            let choice = model.choices.iter().find(|choice| choice.ident == *ident)?;
            let variant = &choice
                .variants
                .iter()
                .find(|variant| variant.name == *name)?
                .ident;
            Some((quote!(#ident), quote!(#ident::#variant)))
        }
        _ => None,
    }
}
