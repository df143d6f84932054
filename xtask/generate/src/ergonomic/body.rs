//! Generates `body.rs`, which defines the constructor of the request body.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::model::Model;
use super::types::outside;

pub(super) fn generate(model: &Model<'_>, api: &Ident) -> TokenStream {
    let body = &model.body.ident;
    let (mut parameters, mut values) = (Vec::new(), Vec::new());
    for ident in model.body.fields.iter().filter_map(|field| field.ident.as_ref()) {
        let field = model.fields.iter().find(|field| field.ident == ident);
        values.push(match field {
            Some(field) if field.is_required && !field.is_optional => {
                let ty = outside(field.ty);
                parameters.push(quote!(#ident: #ty));
                quote!(#ident)
            }
            Some(_) => quote!(#ident: None),
            None => quote!(#ident: Default::default()),
        });
    }
    quote! {
        #![doc = " The constructor for the request body."]

        use #api::types;

        #[doc = " Creates a body from its required fields. If the API makes another field required, this function gains a"]
        #[doc = " parameter, and `RoomTokenRequest::new` fails to compile until it passes a value."]
        pub(crate) fn new(#(#parameters),*) -> types::#body {
            types::#body { #(#values),* }
        }
    }
}
