//! Generates `fields.rs`, which lists the request fields.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;
use xtask_openapi::Fields as _;

use super::model::{Field, FieldKind, Model};
use super::tokens::option;
use super::types::types;
use super::words;
use crate::extensions::UNIT;
use crate::markdown;

pub(super) fn generate(model: &Model<'_>, api: &Ident) -> TokenStream {
    let rows = model.fields.iter().map(row);
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

fn row(field: &Field<'_>) -> TokenStream {
    let (name, setter, is_required) = (&field.name, &field.setter, field.is_required);
    let types = types(field);
    let (kind, value) = (format_ident!("{}", types.kind), types.value);
    let variants = match &field.kind {
        FieldKind::Choice(choice) => choice.variants.as_slice(),
        _ => &[],
    };
    let values = variants.iter().map(|variant| &variant.name);
    let default = field.schema.field("default").map(ToString::to_string);
    let limits = words::limits(field, str::to_owned);
    let [default, limits] = [default, limits].map(option);
    let unit = option(field.schema.text(UNIT));
    let description = markdown::one_line(field.description());
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
            set: |request, value| Ok(request.#setter(serde_json::from_value::<#value>(value)?)),
        }
    }
}
