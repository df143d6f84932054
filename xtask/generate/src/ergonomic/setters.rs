//! Generates `setters.rs`: a macro that defines a setter for each field, for the request and the calls of both clients.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::{Field, Kind, Model};
use super::{CompiledField, doc, words};
use crate::readback;

/// Returns the text of the module. The body of the macro is formatted like an `impl` block.
pub(super) fn generate(fields: &[CompiledField<'_>], model: &Model) -> Result<String, String> {
    let setters = fields.iter().map(|field| setter(field, model));
    let code = syn::parse2(quote!(impl Setters { #(#setters)* })).map_err(|error| error.to_string())?;
    let code = readback::print(&code)?;
    let body: String = code
        .lines()
        .filter(|line| line.starts_with(' ') || line.is_empty())
        .map(|line| {
            if line.is_empty() {
                "\n".to_owned()
            } else {
                format!("    {line}\n")
            }
        })
        .collect();
    Ok(format!(
        "//! The setters of the API's fields.\n\n\
         /// Defines a setter for each field on a type with `fn request_mut(&mut self) -> &mut RoomTokenRequest`.\n\
         macro_rules! field_setters {{\n    () => {{\n{body}    }};\n}}\n\npub(crate) use field_setters;\n"
    ))
}

fn setter(compiled: &CompiledField<'_>, model: &Model) -> TokenStream {
    let field = compiled.field;
    let docs = doc(&words::docs(field, compiled.pattern.as_ref(), &model.choices));
    let (name, ident) = (&field.name, &field.ident);
    let argument = argument(field);
    if matches!(field.kind, Kind::Metadata | Kind::Json) {
        let value = wrapped(field, quote!(value));
        let is_object = matches!(field.kind, Kind::Metadata);
        return quote! {
            #docs
            pub fn #ident(mut self, #ident: #argument) -> Self {
                let request = self.request_mut();
                let value = request.json_value(#name, #ident, #is_object);
                request.body_for(#name).#ident = #value;
                self
            }
        };
    }
    let value = match &field.kind {
        Kind::Text => quote!(#ident.into()),
        Kind::Texts => quote!(#ident.into_iter().map(Into::into).collect()),
        Kind::Timestamp => quote!(#ident.into().to_datetime()),
        Kind::Choice(_) => quote!(#ident.to_generated()),
        Kind::Permissions => quote!(#ident.into_iter().map(|permission| permission.to_item()).collect()),
        _ => quote!(#ident),
    };
    let value = wrapped(field, value);
    quote! {
        #docs
        pub fn #ident(mut self, #ident: #argument) -> Self {
            self.request_mut().body_for(#name).#ident = #value;
            self
        }
    }
}

fn argument(field: &Field) -> TokenStream {
    match &field.kind {
        Kind::Boolean => quote!(bool),
        Kind::Integer(ty) | Kind::Number(ty) => quote!(#ty),
        Kind::Text => quote!(impl Into<String>),
        Kind::Texts => quote!(impl IntoIterator<Item = impl Into<String>>),
        Kind::Timestamp => quote!(impl Into<crate::Timestamp>),
        Kind::Choice(ident) => quote!(crate::#ident),
        Kind::Permissions => quote!(impl IntoIterator<Item = crate::Permission>),
        Kind::Metadata | Kind::Json => quote!(impl serde::Serialize),
    }
}

/// Wraps a value in `Some` unless the field is required.
fn wrapped(field: &Field, value: TokenStream) -> TokenStream {
    match (&field.kind, field.is_required) {
        (Kind::Metadata | Kind::Json, false) => value,
        (Kind::Metadata | Kind::Json, true) => quote!(#value.unwrap_or_default()),
        (_, false) => quote!(Some(#value)),
        (_, true) => value,
    }
}
