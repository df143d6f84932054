//! Helpers that generate small pieces of code.

use proc_macro2::TokenStream;
use quote::quote;

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
