//! Generates `setters.rs`: a macro that defines a setter for each field. The request and the calls of both clients use
//! it.

use proc_macro2::TokenStream;
use quote::quote;

use super::compiled::CompiledField;
use super::model::{Field, FieldKind, Model};
use super::tokens::doc;
use super::words;
use crate::readback;

/// Returns the source code of the module. The macro body is formatted like an `impl` block.
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
        "//! Setters for the API's fields.\n\n\
         /// Defines a setter for each field on a type that has `fn request_mut(&mut self) -> &mut RoomTokenRequest`.\n\
         macro_rules! field_setters {{\n    () => {{\n{body}    }};\n}}\n\npub(crate) use field_setters;\n"
    ))
}

fn setter(compiled: &CompiledField<'_>, model: &Model) -> TokenStream {
    let field = compiled.field;
    let docs = doc(&words::docs(field, compiled.pattern.as_ref(), &model.choices));
    let (name, ident) = (&field.name, &field.ident);
    let argument = argument(field);
    if matches!(field.kind, FieldKind::Metadata | FieldKind::Json) {
        let value = wrapped(field, quote!(value));
        let is_object = matches!(field.kind, FieldKind::Metadata);
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
        FieldKind::Text => quote!(#ident.into()),
        FieldKind::Texts => quote!(#ident.into_iter().map(Into::into).collect()),
        FieldKind::Timestamp => quote!(#ident.into().to_datetime()),
        FieldKind::Choice(_) => quote!(#ident.to_generated()),
        FieldKind::Permissions => quote!(#ident.into_iter().map(|permission| permission.to_item()).collect()),
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
        FieldKind::Boolean => quote!(bool),
        FieldKind::Integer(ty) | FieldKind::Number(ty) => quote!(#ty),
        FieldKind::Text => quote!(impl Into<String>),
        FieldKind::Texts => quote!(impl IntoIterator<Item = impl Into<String>>),
        FieldKind::Timestamp => quote!(impl Into<crate::request::time::Timestamp>),
        FieldKind::Choice(ident) => quote!(crate::generated::choices::#ident),
        FieldKind::Permissions => quote!(impl IntoIterator<Item = crate::generated::permissions::Permission>),
        FieldKind::Metadata | FieldKind::Json => quote!(impl serde::Serialize),
    }
}

/// Wraps a value in `Some` unless the field is required.
fn wrapped(field: &Field, value: TokenStream) -> TokenStream {
    match (&field.kind, field.is_required) {
        (FieldKind::Metadata | FieldKind::Json, false) => value,
        (FieldKind::Metadata | FieldKind::Json, true) => quote!(#value.unwrap_or_default()),
        (_, false) => quote!(Some(#value)),
        (_, true) => value,
    }
}
