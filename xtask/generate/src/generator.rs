//! Runs progenitor on a document after the workarounds have been applied.

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, InterfaceStyle};
use serde_json::Value;

use crate::catch_panic;

/// The reason why code generation failed.
pub(crate) enum Failure {
    /// The document is not valid OpenAPI 3.0.
    Form(String),
    /// progenitor failed. Its message is omitted because it refers to progenitor's own code.
    Progenitor,
}

/// Generates code with progenitor's builder interface.
///
/// # Errors
/// Returns an error if the document is invalid, or if progenitor fails or panics.
pub(crate) fn generate(document: &Value) -> Result<syn::File, Failure> {
    let document: OpenAPI =
        serde_json::from_value(document.clone()).map_err(|error| Failure::Form(error.to_string()))?;
    let mut settings = GenerationSettings::new();
    // Applications compare requests in tests, so the types must implement `PartialEq`.
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_derive("PartialEq");
    let tokens = catch_panic::catch_panic(|| Generator::new(&settings).generate_tokens(&document));
    let tokens = tokens.and_then(Result::ok).ok_or(Failure::Progenitor)?;
    syn::parse2(tokens).map_err(|_| Failure::Progenitor)
}
