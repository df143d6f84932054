//! Generates `constants.rs`, which defines the names, limits and defaults of all operations and fields as constants.

use std::collections::{BTreeSet, HashSet};

use heck::ToShoutySnakeCase as _;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;
use xtask_openapi::Fields as _;
use xtask_openapi::escape::code_span;
use xtask_openapi::operation::Operation;
use xtask_openapi::source::Source;

use crate::literal;
use crate::operations::{body, identifier, named};
use crate::schema::{Keywords, properties};

/// Generates the constants for a document.
pub(crate) fn generate(document: &Value, sha256: &str, source: Option<&Source>) -> syn::File {
    let mut taken = HashSet::from(["source".to_owned()]);
    let modules = named(document)
        .map(|(name, operation)| of_operation(document, &operation, &unique(&name, &mut taken)));
    let source = source.map(of_source);
    syn::parse_quote! {
        #![doc = " Names, limits and defaults from the OpenAPI document, as constants."]

        #[doc = " The SHA-256 hash, in hexadecimal, of the document from which this code was generated."]
        pub const SPEC_SHA256: &str = #sha256;
        #source
        #(#modules)*
    }
}

/// Generates the constants that identify the source document.
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
    let path = operation.path();
    let fields = body(document, operation)
        .map(|body| properties(document, body))
        .unwrap_or_default();
    let names = fields.iter().map(|(name, _)| name);
    let mut taken = HashSet::from(["parameters".to_owned()]);
    let field_modules = modules(document, "field", &fields, &mut taken);
    let parameters = operation.parameters().into_iter();
    let parameters: Vec<_> = parameters
        .filter_map(|parameter| Some((parameter.text("name")?, parameter.get("schema")?)))
        .collect();
    let parameter_modules = modules(document, "parameter", &parameters, &mut HashSet::new());
    let parameter_modules = (!parameter_modules.is_empty()).then(|| {
        quote! {
            #[doc = " The operation's parameters."]
            pub mod parameters {
                #(#parameter_modules)*
            }
        }
    });
    let doc = format!(" {}.", code_span(&operation.to_string()));
    let name = format_ident!("{name}");
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

/// Generates a module for each field or parameter that has limits or a default.
fn modules(
    document: &Value,
    what: &str,
    schemas: &[(&str, &Value)],
    taken: &mut HashSet<String>,
) -> Vec<TokenStream> {
    let modules = schemas.iter().filter_map(|(name, schema)| {
        let constants = of_schema(&Keywords::of(document, schema));
        if constants.is_empty() {
            return None;
        }
        let doc = format!(" The {} {what}.", code_span(name));
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

fn of_schema(schema: &Keywords<'_>) -> Vec<TokenStream> {
    let pattern = "The ECMA-262 regular expression that the value must match.";
    let multiple = "The number that the value must be a multiple of.";
    let default_value = "The value that the API uses if the field is omitted.";
    let constants: [(&str, &str, Convert); 9] = [
        ("minLength", "The minimum length, in characters.", count),
        ("maxLength", "The maximum length, in characters.", count),
        ("minItems", "The minimum number of items.", count),
        ("maxItems", "The maximum number of items.", count),
        ("pattern", pattern, |pattern| pattern.as_str().map(string)),
        ("minimum", "The minimum value.", number),
        ("maximum", "The maximum value.", number),
        ("multipleOf", multiple, number),
        ("default", default_value, default),
    ];
    let constant = |(keyword, doc, convert): (&str, &str, Convert)| {
        let value = convert(schema.field(keyword)?)?;
        let (name, doc) = match keyword {
            "minimum" if schema.is_true("exclusiveMinimum") => {
                ("EXCLUSIVE_MINIMUM", "The exclusive minimum value.")
            }
            "maximum" if schema.is_true("exclusiveMaximum") => {
                ("EXCLUSIVE_MAXIMUM", "The exclusive maximum value.")
            }
            _ => (&*keyword.to_shouty_snake_case(), doc),
        };
        Some(define(name, doc, value))
    };
    constants.into_iter().filter_map(constant).collect()
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
    let number = value.as_number()?;
    let integer = literal::integer(number).map(|integer| (quote!(i64), integer));
    integer.or_else(|| Some((quote!(f64), literal::float(number)?)))
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
