//! Runs progenitor on an accommodated document.

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, InterfaceStyle};
use serde_json::Value;

use crate::quiet;

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

/// Generates code, in builder style.
///
/// # Errors
/// What progenitor objects to, in its words, be it an error or a panic.
pub(crate) fn generate(document: &Value) -> Result<syn::File, String> {
    let document: OpenAPI = serde_json::from_value(document.clone())
        .map_err(|error| format!("the document does not have the form of OpenAPI 3.0: {error}"))?;
    let mut settings = GenerationSettings::new();
    // Applications compare requests in their tests.
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_derive("PartialEq");
    let tokens = quiet::catch(|| Generator::new(&settings).generate_tokens(&document))?;
    syn::parse2(tokens.map_err(|error| error.to_string())?)
        .map_err(|error| format!("what is generated is not Rust: {error}"))
}
