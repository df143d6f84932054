//! Generates `setters.rs`: a macro that defines a setter for each field. It is used by the request and by the calls of
//! both clients.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::{Field, FieldKind, Model};
use super::tokens::{doc, print};
use super::types::types;
use super::words;

/// Returns the source code of the module. The macro body is formatted like an `impl` block.
pub(super) fn generate(model: &Model<'_>) -> Result<String, String> {
    let setters = model.fields.iter().map(setter);
    let code = print(quote!(impl Setters { #(#setters)* }))?;
    let is_inside = |line: &&str| line.starts_with(' ') || line.is_empty();
    let indent = |line| format!("{:4}{line}", "").trim_end().to_owned() + "\n";
    let body: String = code.lines().filter(is_inside).map(indent).collect();
    Ok(format!(
        "//! Setters for the API's fields.\n\n\
         /// Defines a setter for each field on a type that has `fn request_mut(&mut self) -> &mut RoomTokenRequest`.\n\
         macro_rules! field_setters {{\n    () => {{\n{body}    }};\n}}\n\npub(crate) use field_setters;\n"
    ))
}

fn setter(field: &Field<'_>) -> TokenStream {
    let docs = doc(&words::docs(field));
    let (name, ident, argument) = (&field.name, field.ident, types(field).argument);
    let setter = &field.setter;
    let value = match &field.kind {
        FieldKind::Text => quote!(#ident.into()),
        FieldKind::Texts => quote!(#ident.into_iter().map(Into::into).collect()),
        FieldKind::Timestamp => quote!(#ident.into().to_datetime()),
        FieldKind::Choice(_) => quote!(#ident.to_generated()),
        FieldKind::Permissions => quote!(#ident.into_iter().map(|permission| permission.to_item()).collect()),
        _ => quote!(#ident),
    };
    let assignment = match (&field.kind, field.is_optional) {
        (FieldKind::Metadata | FieldKind::Json, is_optional) => {
            let is_object = matches!(field.kind, FieldKind::Metadata);
            let unwrapped = (!is_optional).then(|| quote!(.unwrap_or_default()));
            quote! {
                let request = self.request_mut();
                let value = request.json_value(#name, #ident, #is_object);
                request.body_for(#name).#ident = value #unwrapped;
            }
        }
        (_, true) => quote!(self.request_mut().body_for(#name).#ident = Some(#value);),
        (_, false) => quote!(self.request_mut().body_for(#name).#ident = #value;),
    };
    quote! {
        #docs
        pub fn #setter(mut self, #ident: #argument) -> Self {
            #assignment
            self
        }
    }
}
