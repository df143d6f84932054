//! Generation of the modules in the ergonomic crate that follow from the document and the overlay.

mod api;
mod api_error;
mod body;
mod choices;
mod claims;
mod defaults;
mod fields;
mod model;
pub mod pattern;
mod permissions;
mod rules;
mod setters;
mod words;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::{Map, Value};
use xtask_openapi::Error;

use self::api::Api;
use self::model::{FieldKind, Model};
use self::pattern::Compiled;
use crate::error::{Errors, Result};
use crate::extensions::PATTERN;
use crate::prose::actions;
use crate::readback;

/// The modules that do not depend on the document. They define the types that the other modules use.
const SUPPORT: [(&str, &str); 3] = [
    ("field", include_str!("support/field.rs")),
    ("pattern", include_str!("support/pattern.rs")),
    ("rule", include_str!("support/rule.rs")),
];

/// Generates the modules. Returns the name of each module and its Rust code without a header. `api` is the generated
/// low-level code.
pub(crate) fn generate(name: &str, document: &Value, api: &syn::File) -> Result<Vec<(&'static str, String)>> {
    let model = Model::read(name, document, &Api::new(api))?;
    let fields = compiled(name, &model)?;
    let modules = [
        ("api_error", api_error::generate(&model)),
        ("body", body::generate(&model)),
        ("choices", choices::generate(&model)),
        ("claims", claims::generate(&model)),
        ("defaults", defaults::generate(&model)),
        ("fields", fields::generate(&fields, &model)),
        ("permissions", permissions::generate(&model)),
        ("rules", rules::generate(&fields, &model)),
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
    outputs.extend(SUPPORT.map(|(name, text)| (name, text.to_owned())));
    Ok(outputs)
}

/// A field with its compiled pattern and a description of its limits.
struct CompiledField<'a> {
    field: &'a model::Field,
    pattern: Option<Compiled>,
    limits: Option<String>,
}

fn compiled<'a>(name: &str, model: &'a Model) -> Result<Vec<CompiledField<'a>>> {
    let (mut fields, mut wrong, mut remedies) = (Vec::new(), Vec::new(), Vec::new());
    for field in &model.fields {
        let source = field
            .limits
            .pattern
            .as_deref()
            .filter(|_| matches!(field.kind, FieldKind::Text));
        let pattern = match source.map(pattern::compile).transpose() {
            Ok(pattern) => pattern,
            Err(reason) => {
                let message = format!(
                    "the client can't check this pattern: {reason}; write `{PATTERN}: unchecked` in the overlay to \
                     leave the check to the API"
                );
                wrong.push(Error::at(name, format!("{}/pattern", field.pointer), message));
                let unchecked = Map::from_iter([(PATTERN.to_owned(), Value::from("unchecked"))]);
                remedies.push((field.pointer.clone(), unchecked));
                continue;
            }
        };
        let limits = words::limits(field, pattern.as_ref(), words::Style::Plain);
        fields.push(CompiledField {
            field,
            pattern,
            limits,
        });
    }
    Errors::none_of(wrong).map_err(|errors| errors.with_remedy(actions(&remedies)))?;
    Ok(fields)
}

fn module_list(names: &[&str]) -> TokenStream {
    let modules = names.iter().map(|name| format_ident!("{name}"));
    quote! {
        #![doc = " Code generated from the OpenAPI document and its overlay: fields, setters, rules, enums, defaults."]
        #(pub(crate) mod #modules;)*
    }
}

/// Returns the doc attributes for lines of documentation.
fn doc<T: AsRef<str>>(lines: &[T]) -> TokenStream {
    let lines = lines.iter().map(|line| match line.as_ref() {
        "" => String::new(),
        line => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// Returns an expression for an optional string.
fn option(value: Option<&str>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}
