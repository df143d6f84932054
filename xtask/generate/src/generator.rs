//! Runs progenitor on an adjusted document.

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, InterfaceStyle};
use serde_json::Value;

use crate::catch_panic;

/// How much stack there is for what descends into schemas and into code: enough for any depth that is read.
const STACK_BYTES: usize = 256 << 20;

/// Does work that calls [`generate`], on a thread of its own with a deep stack: code cannot leave the thread that made
/// it, only text can.
pub(crate) fn on_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, String> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, work)
            .map_err(|error| format!("no thread to generate on: {error}"))?;
        thread
            .join()
            .map_err(|_| "the generator did not end well".to_owned())
    })
}

/// The reason why no code was generated.
#[derive(Debug, Clone)]
pub(crate) enum Failure {
    /// The document does not have the form of OpenAPI 3.0.
    Form(String),
    /// Progenitor failed. Its message or panic is about its own code and not shown.
    Progenitor,
}

/// Generates code, in builder style.
///
/// # Errors
/// Returns the reason if progenitor fails, returns an error or panics.
pub(crate) fn generate(document: &Value) -> Result<syn::File, Failure> {
    let document: OpenAPI =
        serde_json::from_value(document.clone()).map_err(|error| Failure::Form(error.to_string()))?;
    let mut settings = GenerationSettings::new();
    // Applications compare requests in their tests.
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_derive("PartialEq");
    let tokens = catch_panic::catch_panic(|| Generator::new(&settings).generate_tokens(&document));
    let tokens = tokens.and_then(Result::ok).ok_or(Failure::Progenitor)?;
    syn::parse2(tokens).map_err(|_| Failure::Progenitor)
}
