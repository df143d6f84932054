//! Workarounds for documentation: document all public items and remove incorrect documentation.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use syn::visit_mut::VisitMut;
use syn::{Attribute, Fields, ImplItem, Item, ItemEnum, ItemStruct, Visibility};
use xtask_openapi::Fields as _;
use xtask_openapi::escape::code_span;

use super::attributes::{doc_lines, has_docs, inherent_type, module, serde_name, set_docs};
use crate::markdown;
use crate::prose::ENUM_DESCRIPTIONS;
use crate::workaround::document::type_name;

/// Removes examples marked with `ignore`.
pub(super) fn remove_ignored_examples(code: &mut syn::File, _: &Value) -> Result<usize, String> {
    let mut remover = ExampleRemover { count: 0 };
    remover.visit_file_mut(code);
    Ok(remover.count)
}

struct ExampleRemover {
    count: usize,
}

impl VisitMut for ExampleRemover {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let lines = doc_lines(attributes);
        let mut is_inside = false;
        let mut kept: Vec<&str> = Vec::new();
        for line in &lines {
            let fence = line.trim();
            if !is_inside && fence.starts_with("```ignore") {
                is_inside = true;
                self.count += 1;
            } else if is_inside {
                is_inside = fence != "```";
            } else {
                kept.push(line);
            }
        }
        if kept.len() < lines.len() {
            set_docs(attributes, kept);
        }
    }
}

/// Documents undocumented items and returns the number of items changed.
pub(super) fn complete(code: &mut syn::File, document: &Value) -> Result<usize, String> {
    TidyDocs.visit_file_mut(code);
    escape_version(code, document);
    let mut count = 0;
    if let Some(types) = module(&mut code.items, "types") {
        let descriptions = enum_descriptions(document);
        for item in types.iter_mut() {
            count += match item {
                Item::Enum(item) => document_values(item, descriptions.get(&item.ident.to_string()).copied()),
                Item::Impl(item) => {
                    document_functions(item, |_, _| "Returns a builder with all fields unset.".to_owned())
                }
                Item::Struct(item) => document_fields(item),
                _ => 0,
            };
        }
        if let Some(builders) = module(types, "builder") {
            count += builders.iter_mut().map(document_type_builder).sum::<usize>();
        }
    }
    if let Some(builders) = module(&mut code.items, "builder") {
        count += builders.iter_mut().map(document_operation_builder).sum::<usize>();
    }
    Ok(count)
}

/// Escapes the document's version in the documentation. It is escaped here because the version in the document must not
/// change.
fn escape_version(code: &mut syn::File, document: &Value) {
    let version = document.pointer("/info/version").and_then(Value::as_str);
    let client = code.items.iter_mut().find_map(|item| match item {
        Item::Struct(item) if item.ident == "Client" => Some(&mut item.attrs),
        _ => None,
    });
    if let (Some(version), Some(attributes)) = (version, client) {
        let mut lines = doc_lines(attributes);
        lines.pop();
        lines.push(format!("Version: {}", markdown::text(version)));
        set_docs(attributes, lines.iter().map(String::as_str));
    }
}

/// Returns the descriptions of enum values, keyed by the name of the generated type.
fn enum_descriptions(document: &Value) -> BTreeMap<String, &Map<String, Value>> {
    let schemas = document.components("schemas");
    schemas
        .filter_map(|(name, schema)| Some((type_name(name), schema.object(ENUM_DESCRIPTIONS)?)))
        .collect()
}

fn document_values(item: &mut ItemEnum, descriptions: Option<&Map<String, Value>>) -> usize {
    let documented = item.variants.iter_mut().map(|variant| {
        let name = serde_name(&variant.attrs).unwrap_or_else(|| variant.ident.to_string());
        let description = descriptions.and_then(|descriptions| descriptions.text(&name));
        let text = match (description, &variant.fields) {
            (Some(description), _) => format!("{}: {description}", code_span(&name)),
            (None, Fields::Unit) => format!("{}.", code_span(&name)),
            (None, _) => format!("A value of the form {}.", code_span(&name)),
        };
        document(&mut variant.attrs, &text)
    });
    documented.sum()
}

/// Documents undocumented fields. typify adds some descriptions only to the type.
fn document_fields(item: &mut ItemStruct) -> usize {
    let public = item
        .fields
        .iter_mut()
        .filter(|field| matches!(field.vis, Visibility::Public(_)));
    let documented = public.filter_map(|field| {
        let name = code_span(&field.ident.as_ref()?.to_string());
        Some(document(&mut field.attrs, &format!("The {name} field.")))
    });
    documented.sum()
}

/// Documents a type's builder and its setters.
fn document_type_builder(item: &mut Item) -> usize {
    match item {
        Item::Struct(item) => {
            let text = format!("A builder for [`{0}`](super::{0}).", item.ident);
            document(&mut item.attrs, &text)
        }
        Item::Impl(item) => document_functions(item, |name, function| {
            format!("Sets [`{function}`](super::{name}::{function}).")
        }),
        _ => 0,
    }
}

/// Documents an operation's builder and its setters.
fn document_operation_builder(item: &mut Item) -> usize {
    let Item::Impl(item) = item else { return 0 };
    document_functions(item, |name, function| match function {
        "new" => format!("Returns a request with no parameters set; see [`{name}`]."),
        "body" => "Sets the body.".to_owned(),
        "body_map" => "Modifies the body through its builder.".to_owned(),
        other => format!("Sets the `{other}` parameter."),
    })
}

/// Documents public functions. `text` is called with the type name and the function name.
fn document_functions(item: &mut syn::ItemImpl, text: impl Fn(&str, &str) -> String) -> usize {
    let Some(name) = inherent_type(item) else { return 0 };
    let documented = item.items.iter_mut().map(|item| match item {
        ImplItem::Fn(function) if matches!(function.vis, Visibility::Public(_)) => {
            let text = text(&name, &function.sig.ident.to_string());
            document(&mut function.attrs, &text)
        }
        _ => 0,
    });
    documented.sum()
}

/// Adds documentation if there is none, and returns the number of items changed.
fn document(attributes: &mut Vec<Attribute>, text: &str) -> usize {
    if has_docs(attributes) {
        return 0;
    }
    set_docs(attributes, text.lines());
    1
}

/// Normalizes all documentation to one attribute per line, without blank lines at the start and end.
struct TidyDocs;

impl VisitMut for TidyDocs {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        if has_docs(attributes) {
            let lines = doc_lines(attributes);
            set_docs(attributes, lines.iter().map(String::as_str));
        }
    }
}
