//! Reads and changes the attributes and documentation of items.

use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, Item, Lit, Meta, Token, parse_quote};
use xtask_openapi::escape::Printable;

/// Returns the lines of an item's documentation, without the space after the slashes.
pub(super) fn doc_lines(attributes: &[Attribute]) -> Vec<String> {
    attributes
        .iter()
        .filter_map(doc_text)
        .flat_map(|text| lines(&text))
        .collect()
}

fn lines(text: &str) -> Vec<String> {
    let lines = if text.is_empty() {
        vec![""]
    } else {
        text.lines().collect()
    };
    let is_apart = lines.iter().all(|line| line.is_empty() || line.starts_with(' '));
    let strip = |line: &str| {
        if is_apart {
            line.get(1..).unwrap_or_default().to_owned()
        } else {
            line.to_owned()
        }
    };
    lines.into_iter().map(strip).collect()
}

pub(crate) fn doc_text(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else {
        return None;
    };
    match &meta.value {
        Expr::Lit(literal) if attribute.path().is_ident("doc") => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
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
    let is_debug = |path: &syn::Path| {
        path.segments
            .last()
            .is_some_and(|segment| segment.ident == "Debug")
    };
    let mut was_there = false;
    for attribute in attributes
        .iter_mut()
        .filter(|attribute| attribute.path().is_ident("derive"))
    {
        let Meta::List(list) = &attribute.meta else {
            continue;
        };
        let derived = Punctuated::<syn::Path, Token![,]>::parse_terminated.parse2(list.tokens.clone());
        let Ok(derived) = derived else { continue };
        let others: Vec<&syn::Path> = derived.iter().filter(|path| !is_debug(path)).collect();
        if others.len() < derived.len() {
            was_there = true;
            *attribute = parse_quote!(#[derive(#(#others),*)]);
        }
    }
    was_there
}

/// Returns the JSON name of a variant or field that has a serde `rename` attribute.
pub(crate) fn serde_name(attributes: &[Attribute]) -> Option<String> {
    let mut found = None;
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
    {
        // Ignore the result, because parsing fails at the first unexpected value.
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                found = Some(meta.value()?.parse::<syn::LitStr>()?.value());
            } else if meta.input.peek(Token![=]) {
                meta.value()?.parse::<Expr>()?;
            }
            Ok(())
        });
    }
    found
}

/// Returns whether a field has the given serde attribute.
pub(super) fn has_serde_flag(attributes: &[Attribute], flag: &str) -> bool {
    let serde = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"));
    serde.into_iter().any(|attribute| {
        let words = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
        words.is_ok_and(|words| words.iter().any(|word| word.path().is_ident(flag)))
    })
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
    match (&item.trait_, item.self_ty.as_ref()) {
        (None, syn::Type::Path(path)) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}
