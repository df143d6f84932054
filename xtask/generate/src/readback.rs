//! Prints generated code and parses the result to check it.

use quote::ToTokens as _;
use syn::visit_mut::VisitMut;
use syn::{Attribute, File, Item};
use xtask_openapi::escape::is_hidden;

use crate::markdown::forbidden;
use crate::workaround::code::attributes::doc_text;

/// The maximum number of characters of a doc comment to include in an error message.
const MAX_CHARS: usize = 200;

/// Prints code and checks that the output is valid Rust, preserves the documentation, and contains no hidden
/// characters.
///
/// # Errors
/// Returns a message that describes the item that isn't valid Rust, the documentation that differs, or the hidden
/// character.
pub fn print(code: &File) -> Result<String, String> {
    let text = prettyplease::unparse(code);
    let mut parsed = syn::parse_file(&text).map_err(|error| {
        let item = unreadable(&code.items).unwrap_or_else(|| "an item".to_owned());
        format!("the code generated for {item} is not valid Rust: {error}")
    })?;
    let (meant, read) = (docs(&mut code.clone()), docs(&mut parsed));
    let longest = meant.len().max(read.len());
    if let Some(index) = (0..longest).find(|index| meant.get(*index) != read.get(*index)) {
        let text = meant.get(index).or(read.get(index)).map_or("", String::as_str);
        return Err(format!(
            "pretty-printing changed the documentation: {}",
            short(text)
        ));
    }
    // Some hidden characters in comments cause compiler errors. Others change how the text is displayed.
    if let Some(c) = text.chars().find(|c| *c != '\n' && is_hidden(*c)) {
        return Err(format!("generated code contains the hidden character {c:?}"));
    }
    Ok(text)
}

/// Checks that the documentation, including text from the overlay, contains no code blocks, HTML or images.
///
/// # Errors
/// Returns a message about the first doc comment that contains one.
pub fn check_documentation(code: &File) -> Result<(), String> {
    docs(&mut code.clone())
        .iter()
        .try_for_each(|text| check_markdown(text))
}

/// Returns the path to the first innermost item that can't be parsed on its own.
fn unreadable(items: &[Item]) -> Option<String> {
    let item = items.iter().find(|item| {
        let file = File {
            shebang: None,
            frontmatter: None,
            attrs: Vec::new(),
            items: vec![(*item).clone()],
        };
        syn::parse_file(&prettyplease::unparse(&file)).is_err()
    })?;
    match item {
        Item::Mod(module) => {
            let inside = unreadable(&module.content.as_ref()?.1)?;
            Some(format!("{}::{inside}", module.ident))
        }
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Const(item) => Some(item.ident.to_string()),
        Item::Impl(item) => Some(item.self_ty.to_token_stream().to_string()),
        _ => None,
    }
}

/// Returns the documentation of each item, field, variant and function, in order.
fn docs(code: &mut File) -> Vec<String> {
    struct Docs(Vec<String>);
    impl VisitMut for Docs {
        fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
            let lines: Vec<String> = attributes.iter().filter_map(doc_text).collect();
            if !lines.is_empty() {
                self.0.push(lines.join("\n"));
            }
        }
    }
    let mut docs = Docs(Vec::new());
    docs.visit_file_mut(code);
    docs.0
}

fn check_markdown(documentation: &str) -> Result<(), String> {
    // Remove the space after the slashes, as rustdoc does.
    let lines = documentation.lines();
    let lines: Vec<&str> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let text = lines.join("\n");
    match forbidden(&text) {
        Some(what) => Err(format!(
            "generated documentation contains {what}: {}",
            short(&text)
        )),
        None => Ok(()),
    }
}

fn short(documentation: &str) -> String {
    documentation.trim().chars().take(MAX_CHARS).collect()
}
