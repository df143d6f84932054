//! Generates `fields.rs`, which lists the request fields.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::compiled::CompiledField;
use super::model::{FieldKind, Model, outside};
use super::tokens::option;
use super::words;

pub(super) fn generate(fields: &[CompiledField<'_>], model: &Model, api: &Ident) -> TokenStream {
    let rows = fields.iter().map(|field| row(field, model));
    quote! {
        #![doc = " The request fields, in the order of the OpenAPI document."]

        #[allow(unused_imports, reason = "which items are used depends on the document")]
        use #api::types;

        use super::field::{Field, FieldKind};
        use crate::request::room_token_request::RoomTokenRequest;

        impl RoomTokenRequest {
            #[doc = " All API fields for which this version has setters, in the order of the OpenAPI document."]
            pub const FIELDS: &'static [Field] = &[#(#rows),*];
        }
    }
}

fn row(compiled: &CompiledField<'_>, model: &Model) -> TokenStream {
    let field = compiled.field;
    let (name, ident, is_required) = (&field.name, &field.ident, field.is_required);
    let kind = match &field.kind {
        FieldKind::Boolean => quote!(Boolean),
        FieldKind::Integer(_) => quote!(Integer),
        FieldKind::Number(_) => quote!(Number),
        FieldKind::Text => quote!(Text),
        FieldKind::Texts => quote!(Texts),
        FieldKind::Timestamp => quote!(Timestamp),
        FieldKind::Metadata => quote!(Object),
        FieldKind::Choice(_) => quote!(Choice),
        FieldKind::Permissions => quote!(Permissions),
        FieldKind::Json => quote!(Json),
    };
    let value = match &field.kind {
        FieldKind::Boolean => quote!(serde_json::from_value::<bool>(value)?),
        FieldKind::Integer(ty) | FieldKind::Number(ty) => quote!(serde_json::from_value::<#ty>(value)?),
        FieldKind::Text => quote!(serde_json::from_value::<String>(value)?),
        FieldKind::Texts => quote!(serde_json::from_value::<Vec<String>>(value)?),
        FieldKind::Timestamp => quote!(serde_json::from_value::<crate::request::time::Timestamp>(value)?),
        FieldKind::Choice(choice) => quote!(serde_json::from_value::<super::choices::#choice>(value)?),
        FieldKind::Permissions => quote!(serde_json::from_value::<
            Vec<crate::generated::permissions::Permission>,
        >(value)?),
        FieldKind::Metadata => quote!(serde_json::from_value::<
            serde_json::Map<String, serde_json::Value>,
        >(value)?),
        FieldKind::Json => {
            let ty = model.value_type(field).map(outside);
            quote!(serde_json::from_value::<#ty>(value)?)
        }
    };
    let values = match &field.kind {
        FieldKind::Choice(ident) => model.choices.iter().find(|choice| choice.ident == *ident),
        _ => None,
    };
    let values = values
        .into_iter()
        .flat_map(|choice| &choice.variants)
        .map(|variant| &variant.name);
    let default = option(field.default.as_ref().map(ToString::to_string).as_deref());
    let limits = option(compiled.limits.as_deref());
    let unit = option(field.unit.as_deref());
    let description = field.description.split_whitespace().collect::<Vec<_>>().join(" ");
    let help = words::help(field);
    quote! {
        Field {
            name: #name,
            kind: FieldKind::#kind,
            is_required: #is_required,
            default: #default,
            values: &[#(#values),*],
            limits: #limits,
            unit: #unit,
            description: #description,
            help: #help,
            set: |request, value| Ok(request.#ident(#value)),
        }
    }
}
