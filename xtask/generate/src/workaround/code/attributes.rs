//! Reads and changes the attributes and documentation of items.

use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Item, Lit, Meta, Token, parse_quote};
use xtask_openapi::escape::Printable;

use crate::rust_type;

/// Returns the lines of an item's documentation, without the space after the slashes.
pub(super) fn doc_lines(attributes: &[Attribute]) -> Vec<String> {
    attributes
        .iter()
        .filter_map(doc_text)
        .flat_map(|text| lines(&text))
        .collect()
}

fn lines(text: &str) -> Vec<String> {
    if text.is_empty() {
        return vec![String::new()];
    }
    let is_apart = text.lines().all(|line| line.is_empty() || line.starts_with(' '));
    let strip = |line: &str| match line.strip_prefix(' ') {
        Some(rest) if is_apart => rest.to_owned(),
        _ => line.to_owned(),
    };
    text.lines().map(strip).collect()
}

pub(crate) fn doc_text(attribute: &Attribute) -> Option<String> {
    string(&attribute.meta, "doc")
}

/// Returns the string in `name = "string"`.
fn string(meta: &Meta, name: &str) -> Option<String> {
    match meta {
        Meta::NameValue(meta) if meta.path.is_ident(name) => match &meta.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text), ..
            }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn has_docs(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("doc"))
}

/// Replaces the documentation with one attribute per line, placed before all other attributes. Blank lines at the start
/// and end are removed.
pub(super) fn set_docs<'a>(attributes: &mut Vec<Attribute>, lines: impl IntoIterator<Item = &'a str>) {
    let mut lines: Vec<&str> = lines
        .into_iter()
        .map(str::trim_end)
        .skip_while(|line| line.is_empty())
        .collect();
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    let docs = lines.into_iter().map(|line| {
        // Add the usual space after the slashes.
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {}", Printable(line))
        };
        parse_quote!(#[doc = #line])
    });
    let docs: Vec<Attribute> = docs.collect();
    attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    attributes.splice(0..0, docs);
}

/// Removes `Debug` from the derives of an item and returns whether it was present.
pub(super) fn underive_debug(attributes: &mut [Attribute]) -> bool {
    let is_debug = |path: &&syn::Path| {
        path.segments
            .last()
            .is_some_and(|segment| segment.ident == "Debug")
    };
    let mut was_there = false;
    for attribute in attributes
        .iter_mut()
        .filter(|attribute| attribute.path().is_ident("derive"))
    {
        let derived = attribute.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated);
        let derived = derived.unwrap_or_default();
        if derived.iter().any(|path| is_debug(&path)) {
            was_there = true;
            let others = derived.iter().filter(|path| !is_debug(path));
            *attribute = parse_quote!(#[derive(#(#others),*)]);
        }
    }
    was_there
}

/// Returns the JSON name of a variant or field that has a serde `rename` attribute.
pub(crate) fn serde_name(attributes: &[Attribute]) -> Option<String> {
    serde_options(attributes).find_map(|option| string(&option, "rename"))
}

/// Returns `true` if a field has the given serde attribute.
pub(super) fn has_serde_flag(attributes: &[Attribute], flag: &str) -> bool {
    serde_options(attributes).any(|option| option.path().is_ident(flag))
}

fn serde_options(attributes: &[Attribute]) -> impl Iterator<Item = Meta> {
    let serde = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"));
    let parse =
        |attribute: &Attribute| attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
    serde.flat_map(move |attribute| parse(attribute).unwrap_or_default())
}

/// Returns the attributes of an item.
pub(super) fn of_item(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    match item {
        Item::Const(item) => Some(&mut item.attrs),
        Item::Enum(item) => Some(&mut item.attrs),
        Item::Fn(item) => Some(&mut item.attrs),
        Item::Impl(item) => Some(&mut item.attrs),
        Item::Mod(item) => Some(&mut item.attrs),
        Item::Struct(item) => Some(&mut item.attrs),
        Item::Type(item) => Some(&mut item.attrs),
        Item::Use(item) => Some(&mut item.attrs),
        _ => None,
    }
}

/// Returns the items in the module `name`.
pub(super) fn module<'a>(items: &'a mut [Item], name: &str) -> Option<&'a mut Vec<Item>> {
    items.iter_mut().find_map(|item| match item {
        Item::Mod(module) if module.ident == name => module.content.as_mut().map(|(_, items)| items),
        _ => None,
    })
}

/// Returns the type name of an inherent `impl` block.
pub(super) fn inherent_type(item: &syn::ItemImpl) -> Option<String> {
    let name = rust_type::name(&item.self_ty).filter(|_| item.trait_.is_none());
    name.map(ToString::to_string)
}
