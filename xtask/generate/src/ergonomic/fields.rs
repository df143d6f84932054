//! Generates `fields.rs`: the list of fields.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::{Kind, Model};
use super::{CompiledField, option, words};

pub(super) fn generate(fields: &[CompiledField<'_>], model: &Model) -> TokenStream {
    let rows = fields.iter().map(|field| row(field, model));
    quote! {
        #![doc = " The fields of the request, in the order of the OpenAPI document."]

        use super::field::{Field, FieldKind};
        use crate::request::RoomTokenRequest;

        impl RoomTokenRequest {
            #[doc = " All fields of the API that this version has setters for, in the order of the OpenAPI document."]
            pub const FIELDS: &'static [Field] = &[#(#rows),*];
        }
    }
}

fn row(compiled: &CompiledField<'_>, model: &Model) -> TokenStream {
    let field = compiled.field;
    let (name, ident, is_required) = (&field.name, &field.ident, field.is_required);
    let kind = match &field.kind {
        Kind::Boolean => quote!(Boolean),
        Kind::Integer(_) => quote!(Integer),
        Kind::Number(_) => quote!(Number),
        Kind::Text => quote!(Text),
        Kind::Texts => quote!(Texts),
        Kind::Timestamp => quote!(Timestamp),
        Kind::Metadata => quote!(Object),
        Kind::Choice(_) => quote!(Choice),
        Kind::Permissions => quote!(Permissions),
        Kind::Json => quote!(Json),
    };
    let value = match &field.kind {
        Kind::Boolean => quote!(serde_json::from_value::<bool>(value)?),
        Kind::Integer(ty) | Kind::Number(ty) => quote!(serde_json::from_value::<#ty>(value)?),
        Kind::Text => quote!(serde_json::from_value::<String>(value)?),
        Kind::Texts => quote!(serde_json::from_value::<Vec<String>>(value)?),
        Kind::Timestamp => quote!(serde_json::from_value::<crate::Timestamp>(value)?),
        Kind::Choice(choice) => quote!(serde_json::from_value::<super::choices::#choice>(value)?),
        Kind::Permissions => quote!(serde_json::from_value::<Vec<crate::Permission>>(value)?),
        Kind::Metadata | Kind::Json => quote!(value),
    };
    let values = match &field.kind {
        Kind::Choice(ident) => model.choices.iter().find(|choice| choice.ident == *ident),
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
