//! The Rust types of the request fields.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::visit_mut::{VisitMut, visit_type_path_mut};
use syn::{Type, TypePath, parse_quote};

use super::model::{Field, FieldKind};

/// The types of a field in the client.
pub(super) struct Types {
    /// The name of the field's kind.
    pub(super) kind: &'static str,
    /// The type of the field's value.
    pub(super) value: TokenStream,
    /// The type of the setter's argument.
    pub(super) argument: TokenStream,
}

pub(super) fn types(field: &Field<'_>) -> Types {
    let ty = field.ty;
    let (kind, value, argument) = match &field.kind {
        FieldKind::Boolean => ("Boolean", quote!(bool), quote!(bool)),
        FieldKind::Integer => ("Integer", quote!(#ty), quote!(#ty)),
        FieldKind::Number => ("Number", quote!(#ty), quote!(#ty)),
        FieldKind::Text => ("Text", quote!(String), quote!(impl Into<String>)),
        FieldKind::Texts => {
            let argument = quote!(impl IntoIterator<Item = impl Into<String>>);
            ("Texts", quote!(Vec<String>), argument)
        }
        FieldKind::Timestamp => {
            let timestamp = quote!(crate::request::time::Timestamp);
            ("Timestamp", timestamp.clone(), quote!(impl Into<#timestamp>))
        }
        FieldKind::Choice(choice) => {
            let name = &choice.ident;
            let value = quote!(super::choices::#name);
            ("Choice", value, quote!(crate::generated::choices::#name))
        }
        FieldKind::Permissions => {
            let permission = quote!(crate::generated::permissions::Permission);
            let argument = quote!(impl IntoIterator<Item = #permission>);
            ("Permissions", quote!(Vec<#permission>), argument)
        }
        FieldKind::Metadata => {
            let value = quote!(serde_json::Map<String, serde_json::Value>);
            ("Object", value, quote!(impl serde::Serialize))
        }
        FieldKind::Json => (
            "Json",
            outside(ty).into_token_stream(),
            quote!(impl serde::Serialize),
        ),
    };
    Types {
        kind,
        value,
        argument,
    }
}

/// Returns a generated type as seen from outside its module.
pub(super) fn outside(ty: &Type) -> Type {
    struct Outside;
    impl VisitMut for Outside {
        fn visit_type_path_mut(&mut self, path: &mut TypePath) {
            visit_type_path_mut(self, path);
            // The paths of all other types start with `::`, except those of primitive types.
            let name = path.path.get_ident().map(ToString::to_string);
            if name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_uppercase())) {
                *path = parse_quote!(types::#path);
            }
        }
    }
    let mut ty = ty.clone();
    Outside.visit_type_mut(&mut ty);
    ty
}
