//! Helpers that generate small pieces of code.

use proc_macro2::TokenStream;
use quote::quote;

use crate::readback;

/// Returns the `#[doc]` attributes for the given lines.
pub(super) fn doc<T: AsRef<str>>(lines: &[T]) -> TokenStream {
    let lines = lines.iter().map(|line| match line.as_ref() {
        "" => String::new(),
        line => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// Returns an expression for an optional string.
pub(super) fn option(value: Option<&str>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

/// Formats a file. Returns a message if it is not valid Rust.
pub(super) fn print(code: TokenStream) -> Result<String, String> {
    let code = syn::parse2(code).map_err(|error| error.to_string())?;
    readback::print(&code)
}
