//! Generates the modules of the ergonomic crate that depend on the document and the overlay.

mod api;
mod api_error;
mod body;
mod choices;
mod claims;
mod compiled;
mod defaults;
mod fields;
mod model;
pub mod pattern;
mod permissions;
mod rules;
mod setters;
mod tokens;
mod words;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use xtask_openapi::Error;

use self::api::Api;
use self::compiled::compiled;
use self::model::Model;
use crate::error::Result;
use crate::layout::Ergonomic;
use crate::readback;

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
    let model = Model::read(name, document, &Api::new(api))?;
    let of_crate = |name: &str| format_ident!("{}", name.replace('-', "_"));
    let (client, api) = (of_crate(&names.name), of_crate(&names.api));
    let fields = compiled(name, &model)?;
    let modules = [
        ("api_error", api_error::generate(&model)),
        ("body", body::generate(&model, &api)),
        ("choices", choices::generate(&model, &api)),
        ("claims", claims::generate(&model)),
        ("defaults", defaults::generate(&model)),
        ("fields", fields::generate(&fields, &model, &api)),
        ("permissions", permissions::generate(&model, &client, &api)),
        ("rules", rules::generate(&fields, &model, &api)),
    ];
    let mut names: Vec<&str> = modules.iter().map(|(name, _)| *name).collect();
    names.extend(SUPPORT.iter().map(|(name, _)| *name).chain(["setters"]));
    names.sort_unstable();
    let mut files = vec![("mod", module_list(&names))];
    files.extend(modules);
    let mut outputs = Vec::new();
    for (module, tokens) in files {
        let code = syn::parse2(tokens).map_err(|error| Error::new(name, format!("{module}.rs: {error}")))?;
        let code =
            readback::print(&code).map_err(|error| Error::new(name, format!("{module}.rs: {error}")))?;
        outputs.push((module, code));
    }
    let setters = setters::generate(&fields, &model)
        .map_err(|error| Error::new(name, format!("setters.rs: {error}")))?;
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
