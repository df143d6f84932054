//! Helpers that generate small pieces of code.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::File;

use crate::{readback, verify};

/// Returns the `#[doc]` attributes for the given lines.
pub(super) fn doc<T: AsRef<str>>(lines: &[T]) -> TokenStream {
    let lines = lines.iter().map(|line| match line.as_ref() {
        "" => String::new(),
        line => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// Returns an expression for an `Option`.
pub(super) fn option(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

/// Formats a file. Returns a message if it is not valid Rust or if names clash.
pub(super) fn print(code: TokenStream) -> Result<String, String> {
    let code: File = syn::parse2(code).map_err(|error| error.to_string())?;
    match verify::find_clash(&code.items) {
        Some(message) => Err(message),
        None => readback::print(&code),
    }
}
