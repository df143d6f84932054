//! Generates the modules of the ergonomic crate that depend on the document and the overlay.

mod api;
mod api_error;
mod body;
mod call;
mod choice;
mod choices;
mod claims;
mod defaults;
mod fields;
mod model;
mod names;
pub mod pattern;
mod permissions;
mod reader;
mod rules;
mod setters;
mod tokens;
mod types;
mod words;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use xtask_openapi::Error;

use self::api::Api;
use self::tokens::print;
use crate::error::Result;
use crate::layout::Ergonomic;

/// Modules that don't depend on the document. They define the types that the generated modules use.
const SUPPORT: [(&str, &str); 3] = [
    ("field", include_str!("support/field.rs")),
    ("pattern", include_str!("support/pattern.rs")),
    ("rule", include_str!("support/rule.rs")),
];

/// Generates the modules. Returns the name of each module and its Rust code without a header. `api` is the code of the
/// generated low-level crate, and `names` contains the names of the crates.
pub(crate) fn generate(
    name: &str,
    document: &Value,
    api: &syn::File,
    names: &Ergonomic,
) -> Result<Vec<(&'static str, String)>> {
    let (code, low_level) = (api, Api::new(api));
    let model = reader::read(name, document, &low_level)?;
    let of_crate = |name: &str| format_ident!("{}", name.replace('-', "_"));
    let (client, api) = (of_crate(&names.name), of_crate(&names.api));
    let call = call::generate(document, code, &api).ok_or_else(|| {
        Error::new(
            name,
            "the code generated for the operation does not have the expected form",
        )
    })?;
    let modules = [
        ("api_error", api_error::generate(document)),
        ("body", body::generate(&model, &api)),
        ("call", call),
        ("choices", choices::generate(&model, &api)),
        ("claims", claims::generate(&model)),
        ("defaults", defaults::generate(&model)),
        ("fields", fields::generate(&model, &api)),
        (
            "permissions",
            permissions::generate(&model.permissions, &client, &api),
        ),
        ("rules", rules::generate(&model, &api)),
    ];
    let mut names: Vec<&str> = modules.iter().map(|(name, _)| *name).collect();
    names.extend(SUPPORT.iter().map(|(name, _)| *name).chain(["setters"]));
    names.sort_unstable();
    let failed = |module: &str, message: String| Error::new(name, format!("{module}.rs: {message}"));
    let mut outputs = Vec::new();
    for (module, tokens) in std::iter::once(("mod", module_list(&names))).chain(modules) {
        outputs.push((module, print(tokens).map_err(|message| failed(module, message))?));
    }
    let setters = setters::generate(&model).map_err(|message| failed("setters", message))?;
    outputs.push(("setters", setters));
    let client = client.to_string();
    outputs.extend(SUPPORT.map(|(name, text)| (name, text.replace("CRATE_NAME", &client))));
    Ok(outputs)
}

fn module_list(names: &[&str]) -> TokenStream {
    let modules = names.iter().map(|name| format_ident!("{name}"));
    quote! {
        #![doc = " Code generated from the OpenAPI document and its overlay: fields, setters, rules, enums and defaults."]
        #(pub(crate) mod #modules;)*
    }
}
