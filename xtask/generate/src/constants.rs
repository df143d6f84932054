//! Generates `constants.rs`, which defines the names, limits and defaults of all operations and fields as constants.

use std::collections::{BTreeSet, HashSet};

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::{Map, Value};
use xtask_openapi::Fields as _;
use xtask_openapi::escape::code_span;
use xtask_openapi::source::Source;
use xtask_openapi::walk::resolve;

use crate::operations::{Operation, identifier, operations};

/// Generates the constants for a document.
pub(crate) fn generate(document: &Value, sha256: &str, source: Option<&Source>) -> syn::Result<syn::File> {
    let mut taken = HashSet::from(["source".to_owned()]);
    let modules = operations(document)
        .into_iter()
        .map(|operation| of_operation(document, &operation, &unique(&operation.name, &mut taken)));
    let source = source.map(of_source);
    syn::parse2(quote! {
        #![doc = " Names, limits and defaults from the OpenAPI document, as constants."]

        #[doc = " The SHA-256 hash, in hexadecimal, of the document from which this code was generated."]
        pub const SPEC_SHA256: &str = #sha256;
        #source
        #(#modules)*
    })
}

/// Generates the constants that identify the source of the facts.
fn of_source(source: &Source) -> TokenStream {
    let fields = [
        (
            "DOCUMENT",
            "The file name or URL of the document.",
            Some(&source.document),
        ),
        (
            "URL",
            "The URL where the document can be viewed.",
            source.url.as_ref(),
        ),
        (
            "COMMIT",
            "The commit that published the document.",
            source.commit.as_ref(),
        ),
        ("DATE", "The date of that commit.", source.date.as_ref()),
        (
            "SHA256",
            "The SHA-256 hash of the document's bytes, in hexadecimal.",
            Some(&source.sha256),
        ),
    ];
    let constants = fields
        .into_iter()
        .filter_map(|(name, doc, value)| Some(define(name, doc, string(value?))));
    quote! {
        #[doc = " The published document from which the facts were imported."]
        pub mod source {
            #(#constants)*
        }
    }
}

fn of_operation(document: &Value, operation: &Operation<'_>, name: &str) -> TokenStream {
    let method = operation.method.to_ascii_uppercase();
    let path = operation.path;
    let mut fields = Map::new();
    if let Some(body) = operation.body {
        collect_properties(document, body, &mut fields, MAX_DEPTH);
    }
    let names: Vec<&String> = fields.keys().collect();
    let mut taken = HashSet::from(["parameters".to_owned()]);
    let field_modules = modules(document, &fields, "field", &mut taken);
    let parameters: Map<String, Value> = operation
        .parameters
        .iter()
        .filter_map(|parameter| {
            Some((
                parameter.text("name")?.to_owned(),
                parameter.get("schema")?.clone(),
            ))
        })
        .collect();
    let parameter_modules = modules(document, &parameters, "parameter", &mut HashSet::new());
    let parameter_modules = (!parameter_modules.is_empty()).then(|| {
        quote! {
            #[doc = " The operation's parameters."]
            pub mod parameters {
                #(#parameter_modules)*
            }
        }
    });
    let call = code_span(&format!("{method} {path}"));
    let (doc, name) = (format!(" {call}."), format_ident!("{name}"));
    quote! {
        #[doc = #doc]
        pub mod #name {
            #[doc = " The HTTP method."]
            pub const METHOD: &str = #method;
            #[doc = " The path, relative to the base URL."]
            pub const PATH: &str = #path;
            #[doc = " The fields of the request body, in document order."]
            pub const REQUEST_FIELDS: &[&str] = &[#(#names),*];
            #(#field_modules)*
            #parameter_modules
        }
    }
}

/// Generates a module for each field that has limits or a default.
fn modules(
    document: &Value,
    fields: &Map<String, Value>,
    what: &str,
    taken: &mut HashSet<String>,
) -> Vec<TokenStream> {
    let modules = fields.iter().filter_map(|(name, schema)| {
        let constants = of_schema(document, schema);
        if constants.is_empty() {
            return None;
        }
        let doc = format!(" The {what} {}.", code_span(name));
        let name = format_ident!("{}", unique(&identifier(name), taken));
        Some(quote! {
            #[doc = #doc]
            pub mod #name {
                #(#constants)*
            }
        })
    });
    modules.collect()
}

/// Returns a unique name and adds it to `taken`.
fn unique(name: &str, taken: &mut HashSet<String>) -> String {
    let mut unique = name.to_owned();
    while !taken.insert(unique.clone()) {
        unique.push('_');
    }
    unique
}

/// The maximum depth to which schema compositions are followed.
pub(crate) const MAX_DEPTH: usize = 16;

/// Collects the properties of an object schema, including those of its `allOf` schemas.
pub(crate) fn collect_properties(
    document: &Value,
    schema: &Value,
    found: &mut Map<String, Value>,
    depth: usize,
) {
    let Some(schema) = resolve(document, schema).filter(|_| depth > 0) else {
        return;
    };
    for part in schema.items("allOf") {
        collect_properties(document, part, found, depth - 1);
    }
    found.extend(schema.object("properties").cloned().unwrap_or_default());
}

/// Looks up a keyword in a schema and, if it is missing there, in the schema's `allOf` parts. Follows references.
pub(crate) fn keyword<'a>(
    document: &'a Value,
    schema: &'a Value,
    name: &str,
    depth: usize,
) -> Option<&'a Value> {
    let schema = resolve(document, schema).filter(|_| depth > 0)?;
    let mut parts = schema.items("allOf").iter();
    schema
        .get(name)
        .or_else(|| parts.find_map(|part| keyword(document, part, name, depth - 1)))
}

fn of_schema(document: &Value, schema: &Value) -> Vec<TokenStream> {
    let get = |name: &str| keyword(document, schema, name, MAX_DEPTH);
    let is_exclusive = |name: &str| get(name) == Some(&Value::Bool(true));
    let minimum = match is_exclusive("exclusiveMinimum") {
        true => ("EXCLUSIVE_MINIMUM", "The exclusive minimum value."),
        false => ("MINIMUM", "The minimum value."),
    };
    let maximum = match is_exclusive("exclusiveMaximum") {
        true => ("EXCLUSIVE_MAXIMUM", "The exclusive maximum value."),
        false => ("MAXIMUM", "The maximum value."),
    };
    let pattern = (
        "PATTERN",
        "The ECMA-262 regular expression that the value must match.",
    );
    let multiple = ("MULTIPLE_OF", "The number that the value must be a multiple of.");
    let default_value = ("DEFAULT", "The value that the API uses if the field is omitted.");
    let constants: [(&str, (&str, &str), Convert); 9] = [
        (
            "minLength",
            ("MIN_LENGTH", "The minimum length, in characters."),
            count,
        ),
        (
            "maxLength",
            ("MAX_LENGTH", "The maximum length, in characters."),
            count,
        ),
        ("minItems", ("MIN_ITEMS", "The minimum number of items."), count),
        ("maxItems", ("MAX_ITEMS", "The maximum number of items."), count),
        ("pattern", pattern, |pattern| pattern.as_str().map(string)),
        ("minimum", minimum, number),
        ("maximum", maximum, number),
        ("multipleOf", multiple, number),
        ("default", default_value, default),
    ];
    let constants = constants
        .into_iter()
        .filter_map(|(keyword, (name, doc), value)| Some(define(name, doc, value(get(keyword)?)?)));
    constants.collect()
}

/// A type and an expression of that type.
type Typed = (TokenStream, TokenStream);

/// Converts a keyword's value. Returns `None` if it cannot be a constant.
type Convert = fn(&Value) -> Option<Typed>;

fn define(name: &str, doc: &str, (ty, value): Typed) -> TokenStream {
    let (name, doc) = (format_ident!("{name}"), format!(" {doc}"));
    quote! {
        #[doc = #doc]
        pub const #name: #ty = #value;
    }
}

fn string(text: &str) -> Typed {
    (quote!(&str), quote!(#text))
}

fn count(value: &Value) -> Option<Typed> {
    let count = Literal::u64_unsuffixed(value.as_u64()?);
    Some((quote!(usize), quote!(#count)))
}

fn number(value: &Value) -> Option<Typed> {
    if let Some(whole) = value.as_i64() {
        let value = Literal::i64_unsuffixed(whole);
        return Some((quote!(i64), quote!(#value)));
    }
    let value = value
        .as_f64()
        .filter(|value| value.is_finite())
        .map(Literal::f64_unsuffixed)?;
    Some((quote!(f64), quote!(#value)))
}

/// Converts a default value to a constant. Returns `None` for objects and for arrays of mixed types.
fn default(value: &Value) -> Option<Typed> {
    match value {
        Value::Bool(value) => Some((quote!(bool), quote!(#value))),
        Value::String(value) => Some(string(value)),
        Value::Number(_) => number(value),
        Value::Array(items) => {
            let items: Vec<Typed> = items.iter().map(default).collect::<Option<_>>()?;
            let types: BTreeSet<String> = items.iter().map(|(ty, _)| ty.to_string()).collect();
            let (ty, _) = items.first().filter(|_| types.len() == 1)?;
            let values = items.iter().map(|(_, value)| value);
            Some((quote!(&[#ty]), quote!(&[#(#values),*])))
        }
        Value::Null | Value::Object(_) => None,
    }
}
