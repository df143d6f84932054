//! Runs progenitor on a document to which the workarounds were applied.

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, InterfaceStyle};
use serde_json::Value;

use crate::catch_panic;

/// The reason for failed code generation.
#[derive(Debug, Clone)]
pub(crate) enum Failure {
    /// The document is not valid OpenAPI 3.0.
    Form(String),
    /// progenitor failed. Its message is about its own code, so it is not shown.
    Progenitor,
}

/// Generates code with the builder interface.
///
/// # Errors
/// Returns an error if the document is invalid, or if progenitor fails or panics.
pub(crate) fn generate(document: &Value) -> Result<syn::File, Failure> {
    let document: OpenAPI =
        serde_json::from_value(document.clone()).map_err(|error| Failure::Form(error.to_string()))?;
    let mut settings = GenerationSettings::new();
    // Applications compare requests in their tests, so requests implement `PartialEq`.
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_derive("PartialEq");
    let tokens = catch_panic::catch_panic(|| Generator::new(&settings).generate_tokens(&document));
    let tokens = tokens.and_then(Result::ok).ok_or(Failure::Progenitor)?;
    syn::parse2(tokens).map_err(|_| Failure::Progenitor)
}
