//! `body.rs`: a request body with nothing but the required fields.

use proc_macro2::TokenStream;
use quote::quote;

use super::model::{Model, is_optional, outside};

pub(super) fn generate(model: &Model) -> TokenStream {
    let body = &model.body;
    let (mut parameters, mut values) = (Vec::new(), Vec::new());
    for (ident, ty) in &model.body_fields {
        let field = model.fields.iter().find(|field| field.ident == *ident);
        values.push(match field {
            Some(field) if field.is_required && !is_optional(ty) => {
                let ty = outside(ty);
                parameters.push(quote!(#ident: #ty));
                quote!(#ident)
            }
            Some(_) => quote!(#ident: None),
            None => quote!(#ident: Default::default()),
        });
    }
    quote! {
        #![doc = " The request body with nothing but its required fields."]

        use signalwire_room_tokens_api::types;

        #[doc = " Makes a body from its required fields. A field that the API newly requires becomes a parameter here,"]
        #[doc = " and `RoomTokenRequest::new` has to say where its value comes from."]
        pub(crate) fn new(#(#parameters),*) -> types::#body {
            types::#body { #(#values),* }
        }
    }
}
