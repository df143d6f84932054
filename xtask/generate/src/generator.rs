//! Runs progenitor on an accommodated document.

use openapiv3::OpenAPI;
use progenitor::{GenerationSettings, Generator, InterfaceStyle};
use serde_json::Value;

use crate::quiet;

/// How much stack progenitor gets, which descends into schemas: enough for any depth that is read.
const STACK_BYTES: usize = 256 << 20;

/// Generates code, in builder style.
///
/// # Errors
/// What progenitor objects to, in its words, be it an error or a panic.
pub(crate) fn generate(document: &Value) -> Result<syn::File, String> {
    let code = std::thread::scope(|scope| {
        let work = || quiet::catch(|| generate_text(document)).unwrap_or_else(Err);
        let thread = std::thread::Builder::new()
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, work);
        let thread = thread.map_err(|error| format!("no thread to generate on: {error}"))?;
        thread
            .join()
            .unwrap_or_else(|_| Err("the generator did not end well".to_owned()))
    })?;
    syn::parse_str(&code).map_err(|error| format!("what is generated is not Rust: {error}"))
}

/// As text, since tokens cannot leave the thread that made them.
fn generate_text(document: &Value) -> Result<String, String> {
    let document: OpenAPI = serde_json::from_value(document.clone())
        .map_err(|error| format!("the document does not have the form of OpenAPI 3.0: {error}"))?;
    let mut settings = GenerationSettings::new();
    // Applications compare requests in their tests.
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_derive("PartialEq");
    let tokens = Generator::new(&settings).generate_tokens(&document);
    tokens
        .map(|tokens| tokens.to_string())
        .map_err(|error| error.to_string())
}
