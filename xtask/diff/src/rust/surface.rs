//! The public items of generated code, and their differences.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Fields, FnArg, ImplItem, Item, ItemImpl, Meta, Signature, Token, Type, UseTree, Visibility,
};

use super::{Bump, Crate, Effect, RustEffect};

/// A constant with the hash of the document, which differs between all documents.
const DOCUMENT_HASH: &str = "SPEC_SHA256";

/// The public items of a crate's generated code.
#[derive(Debug, Clone, Default)]
pub struct Surface {
    items: BTreeMap<String, Entry>,
    /// The types that are not public.
    hidden: BTreeSet<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    kind: Kind,
    /// The path of the type that the item is a part of.
    owner: Option<String>,
    /// The type or signature. A different text means an incompatible item.
    shape: String,
    /// The value of a constant, or the code that determines the behavior.
    value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Module,
    /// A type. `is_open` is `true` if other crates cannot list all its fields or variants.
    Type {
        is_open: bool,
    },
    /// A field or variant.
    Part,
    Constant,
    /// A function, trait implementation, type alias or re-export.
    Other,
    /// A function for the handwritten part of the crate, which passes its own arguments on.
    Internal,
}

impl Surface {
    /// Adds the items of a file. `module` is the path of its module, which is empty for the root of the crate.
    ///
    /// # Errors
    /// Returns an error if the code is not valid Rust.
    pub fn add_file(&mut self, module: &str, code: &str) -> Result<(), syn::Error> {
        self.add_items(module, &syn::parse_file(code)?.items);
        Ok(())
    }

    /// Returns the items that differ between the code of two documents.
    #[must_use]
    pub fn effects(&self, new: &Self, package: Crate) -> Vec<RustEffect> {
        let paths: BTreeSet<&String> = self.public().chain(new.public()).collect();
        let mut found = Vec::new();
        let mut changed_types = BTreeSet::new();
        for path in paths {
            let (was, is) = (self.items.get(path), new.items.get(path));
            let Some((effect, bump)) = self.effect(was, is) else {
                continue;
            };
            let owner = was.or(is).and_then(|entry| entry.owner.as_deref());
            // An item that appears or disappears includes its parts.
            let (side, other) = if was.is_some() { (self, new) } else { (new, self) };
            let is_whole = was.is_some() != is.is_some();
            if is_whole
                && containers(path, owner)
                    .any(|at| side.items.contains_key(at) && !other.items.contains_key(at))
            {
                continue;
            }
            if bump > Bump::Patch {
                changed_types.extend(owner);
            }
            found.push((path, owner, effect, bump));
        }
        // If the variants of an enum change, so does all code that matches them.
        found.retain(|(_, owner, _, bump)| {
            *bump > Bump::Patch || owner.is_none_or(|owner| !changed_types.contains(owner))
        });
        let effects = found.into_iter().map(|(path, _, effect, bump)| RustEffect {
            package,
            item: path.clone(),
            effect,
            bump,
        });
        effects.collect()
    }

    /// Returns the effect of replacing an item of this code.
    fn effect(&self, was: Option<&Entry>, is: Option<&Entry>) -> Option<(Effect, Bump)> {
        match (was, is) {
            (Some(was), Some(is)) if was.kind != is.kind || was.shape != is.shape => {
                Some((Effect::ChangesType, Bump::Major))
            }
            (Some(was), Some(is)) if was.value == is.value => None,
            (Some(was), Some(_)) if was.kind == Kind::Constant => Some((Effect::ChangesValue, Bump::Patch)),
            (Some(_), Some(_)) => Some((Effect::ChangesBehavior, Bump::Patch)),
            (Some(entry), None) | (None, Some(entry)) if entry.kind == Kind::Internal => None,
            (Some(_), None) => Some((Effect::Disappears, Bump::Major)),
            (None, Some(is)) => {
                let owner = is.owner.as_ref().and_then(|owner| self.items.get(owner));
                // Code of other crates may list all fields or variants.
                let is_listed = is.kind == Kind::Part
                    && owner.is_some_and(|owner| owner.kind == Kind::Type { is_open: false });
                Some((Effect::Appears, if is_listed { Bump::Major } else { Bump::Minor }))
            }
            (None, None) => None,
        }
    }

    /// Returns the paths of the public items.
    fn public(&self) -> impl Iterator<Item = &String> {
        let is_public = |entry: &Entry| {
            entry
                .owner
                .as_ref()
                .is_none_or(|owner| !self.hidden.contains(owner))
        };
        let items = self.items.iter().filter(move |(_, entry)| is_public(entry));
        items.map(|(path, _)| path)
    }

    fn add(&mut self, path: String, kind: Kind, owner: Option<&str>, shape: String, value: String) {
        let owner = owner.map(str::to_owned);
        let entry = Entry {
            kind,
            owner,
            shape,
            value,
        };
        self.items.insert(path, entry);
    }

    fn add_items(&mut self, module: &str, items: &[Item]) {
        for item in items {
            self.add_item(module, item);
        }
    }

    fn add_item(&mut self, module: &str, item: &Item) {
        match item {
            Item::Mod(inner) if is_public(&inner.vis) => {
                let path = join(module, &inner.ident);
                self.add_items(&path, inner.content.as_ref().map_or(&[], |(_, items)| items));
                self.add(path, Kind::Module, None, conditions(&inner.attrs), String::new());
            }
            Item::Const(item) if is_public(&item.vis) && item.ident != DOCUMENT_HASH => {
                let shape = conditions(&item.attrs) + &text(&item.ty);
                let path = join(module, &item.ident);
                self.add(path, Kind::Constant, None, shape, text(&item.expr));
            }
            Item::Type(item) if is_public(&item.vis) => {
                let shape = conditions(&item.attrs) + &text(&item.generics) + &text(&item.ty);
                self.add(join(module, &item.ident), Kind::Other, None, shape, String::new());
            }
            Item::Use(item) if is_public(&item.vis) => {
                let shape = conditions(&item.attrs);
                self.add_uses(module, &shape, "", &item.tree);
            }
            Item::Struct(item) if is_public(&item.vis) => self.add_struct(module, item),
            Item::Enum(item) if is_public(&item.vis) => self.add_enum(module, item),
            Item::Struct(syn::ItemStruct { ident, .. }) | Item::Enum(syn::ItemEnum { ident, .. }) => {
                self.hidden.insert(join(module, ident));
            }
            Item::Fn(item) => {
                let shape = conditions(&item.attrs) + &signature(&item.sig);
                let path = join(module, &item.sig.ident);
                if is_public(&item.vis) {
                    let value = behavior(&item.attrs) + &text(&item.block);
                    self.add(path, Kind::Other, None, shape, value);
                } else if matches!(item.vis, Visibility::Restricted(_)) {
                    self.add(path, Kind::Internal, None, shape, String::new());
                }
            }
            Item::Impl(block) => self.add_impl(module, block),
            // Methods that the handwritten part of the crate adds to its types.
            Item::Macro(item) => {
                if let Ok(methods) = syn::parse2::<MacroMethods>(item.mac.tokens.clone()) {
                    self.add_members(module, None, &methods.0);
                }
            }
            _ => {}
        }
    }

    fn add_struct(&mut self, module: &str, item: &syn::ItemStruct) {
        let path = join(module, &item.ident);
        let is_public_field = |field: &syn::Field| is_public(&field.vis);
        let is_open = is_non_exhaustive(&item.attrs) || !item.fields.iter().all(is_public_field);
        for (index, field) in item
            .fields
            .iter()
            .enumerate()
            .filter(|(_, field)| is_public_field(field))
        {
            let name = field
                .ident
                .as_ref()
                .map_or_else(|| index.to_string(), ToString::to_string);
            let shape = conditions(&field.attrs) + &text(&field.ty);
            self.add(
                join(&path, &name),
                Kind::Part,
                Some(&path),
                shape,
                behavior(&field.attrs),
            );
        }
        let form = match item.fields {
            Fields::Named(_) => "{}",
            Fields::Unnamed(_) => "()",
            Fields::Unit => ";",
        };
        let shape = format!("{}struct {}{form}", conditions(&item.attrs), text(&item.generics));
        self.add_type(path, is_open, shape, &item.attrs);
    }

    fn add_enum(&mut self, module: &str, item: &syn::ItemEnum) {
        let path = join(module, &item.ident);
        for variant in &item.variants {
            let shape = conditions(&variant.attrs) + &text(&variant.fields);
            let at = join(&path, &variant.ident);
            self.add(at, Kind::Part, Some(&path), shape, behavior(&variant.attrs));
        }
        let shape = format!("{}enum {}", conditions(&item.attrs), text(&item.generics));
        self.add_type(path, is_non_exhaustive(&item.attrs), shape, &item.attrs);
    }

    fn add_type(&mut self, path: String, is_open: bool, shape: String, attributes: &[Attribute]) {
        for derived in derives(attributes) {
            let at = format!("impl {derived} for {path}");
            self.add(at, Kind::Other, Some(&path), String::new(), String::new());
        }
        self.add(path, Kind::Type { is_open }, None, shape, behavior(attributes));
    }

    fn add_impl(&mut self, module: &str, block: &ItemImpl) {
        let Some(owner) = resolve(module, &block.self_ty) else {
            return;
        };
        let Some((implemented, _)) = &block.trait_ else {
            return self.add_members(&owner, Some(&owner), &block.items);
        };
        // Derives and written implementations of the same trait have the same name.
        let Some(last) = implemented.segments.last() else {
            return;
        };
        let shape = conditions(&block.attrs) + &text(&block.generics.where_clause);
        let body: String = block.items.iter().map(text).collect();
        self.add(
            format!("impl {} for {owner}", name(last)),
            Kind::Other,
            Some(&owner),
            shape,
            body,
        );
    }

    fn add_members(&mut self, module: &str, owner: Option<&str>, items: &[ImplItem]) {
        for item in items {
            match item {
                ImplItem::Fn(item) if is_public(&item.vis) => {
                    let shape = conditions(&item.attrs) + &signature(&item.sig);
                    let value = behavior(&item.attrs) + &text(&item.block);
                    self.add(join(module, &item.sig.ident), Kind::Other, owner, shape, value);
                }
                ImplItem::Const(item) if is_public(&item.vis) => {
                    let shape = conditions(&item.attrs) + &text(&item.ty);
                    self.add(
                        join(module, &item.ident),
                        Kind::Constant,
                        owner,
                        shape,
                        text(&item.expr),
                    );
                }
                _ => {}
            }
        }
    }

    fn add_uses(&mut self, module: &str, conditions: &str, from: &str, tree: &UseTree) {
        let mut add = |name: &dyn ToString| {
            let shape = format!("{conditions}{from}");
            self.add(
                join(module, &name.to_string()),
                Kind::Other,
                None,
                shape,
                String::new(),
            );
        };
        match tree {
            UseTree::Path(path) => self.add_uses(module, conditions, &join(from, &path.ident), &path.tree),
            UseTree::Name(name) => add(&name.ident),
            UseTree::Rename(rename) => add(&rename.rename),
            UseTree::Glob(_) => add(&format!("{from}::*")),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.add_uses(module, conditions, from, tree);
                }
            }
        }
    }
}

/// The methods in the first rule of a `macro_rules!` definition.
struct MacroMethods(Vec<ImplItem>);

impl Parse for MacroMethods {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (_parameters, body);
        syn::parenthesized!(_parameters in input);
        input.parse::<Token![=>]>()?;
        syn::braced!(body in input);
        let mut methods = Vec::new();
        while !body.is_empty() {
            methods.push(body.parse()?);
        }
        input.parse::<Option<Token![;]>>()?;
        Ok(Self(methods))
    }
}

/// Returns the paths of the types and modules that contain an item.
fn containers<'a>(path: &'a str, owner: Option<&'a str>) -> impl Iterator<Item = &'a str> {
    let start = owner.unwrap_or_else(|| path.rsplit_once("::").map_or("", |(parent, _)| parent));
    std::iter::successors(Some(start), |path| Some(path.rsplit_once("::")?.0))
}

/// Returns the path of a type in this crate, or `None` for types of other crates.
fn resolve(module: &str, of: &Type) -> Option<String> {
    let Type::Path(of) = of else { return None };
    let is_primitive = |ident: &syn::Ident| ident.to_string().starts_with(char::is_lowercase);
    if of.path.leading_colon.is_some() || of.path.get_ident().is_some_and(is_primitive) {
        return None;
    }
    let mut path = module.to_owned();
    for segment in &of.path.segments {
        path = match segment.ident.to_string().as_str() {
            "crate" => String::new(),
            "self" => path,
            "super" => path.rsplit_once("::").map_or("", |(parent, _)| parent).to_owned(),
            name => join(&path, name),
        };
    }
    Some(path)
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_non_exhaustive(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("non_exhaustive"))
}

/// Returns the attributes that determine whether an item exists and how other crates can use it.
fn conditions(attributes: &[Attribute]) -> String {
    let is_condition = |attribute: &&Attribute| {
        ["cfg", "non_exhaustive"]
            .iter()
            .any(|name| attribute.path().is_ident(name))
    };
    attributes.iter().filter(is_condition).map(text).collect()
}

/// Returns the attributes that affect the behavior, such as names in JSON.
fn behavior(attributes: &[Attribute]) -> String {
    let others = ["allow", "cfg", "cfg_attr", "derive", "doc", "non_exhaustive"];
    let is_behavior = |attribute: &&Attribute| !others.iter().any(|name| attribute.path().is_ident(name));
    attributes.iter().filter(is_behavior).map(text).collect()
}

/// Returns the derived traits without their paths, including those that are derived with a feature.
fn derives(attributes: &[Attribute]) -> BTreeSet<String> {
    let list = |attribute: &Attribute| {
        attribute
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .unwrap_or_default()
    };
    let mut names = BTreeSet::new();
    let mut add = |paths: Punctuated<syn::Path, Token![,]>| {
        names.extend(
            paths
                .iter()
                .filter_map(|path| Some(path.segments.last()?.ident.to_string())),
        );
    };
    for attribute in attributes {
        if attribute.path().is_ident("derive") {
            add(attribute
                .parse_args_with(Punctuated::parse_terminated)
                .unwrap_or_default());
        } else if attribute.path().is_ident("cfg_attr") {
            for meta in list(attribute) {
                if let Meta::List(meta) = meta
                    && meta.path.is_ident("derive")
                {
                    add(meta
                        .parse_args_with(Punctuated::parse_terminated)
                        .unwrap_or_default());
                }
            }
        }
    }
    names
}

/// Returns a signature without the names of the function and its parameters.
fn signature(of: &Signature) -> String {
    let inputs = of.inputs.iter().map(|input| match input {
        FnArg::Receiver(receiver) => text(receiver),
        FnArg::Typed(typed) => text(&typed.ty),
    });
    let inputs: Vec<String> = inputs.collect();
    let (generics, bounds) = (text(&of.generics), text(&of.generics.where_clause));
    let keywords = text(&of.constness) + &text(&of.asyncness);
    format!(
        "{keywords}{generics}({}){}{bounds}",
        inputs.join(","),
        text(&of.output)
    )
}

fn join(module: &str, name: &(impl ToString + ?Sized)) -> String {
    let name = name.to_string();
    if module.is_empty() {
        name
    } else {
        format!("{module}::{name}")
    }
}

fn text(code: &impl ToTokens) -> String {
    code.to_token_stream().to_string()
}

/// Returns a type as it is usually written: `From<&str>`.
fn name(code: &impl ToTokens) -> String {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut name = String::new();
    for token in text(code).split(' ') {
        if name.ends_with(is_word) && token.starts_with(is_word) {
            name.push(' ');
        }
        name.push_str(token);
    }
    name
}
