//! The public items of generated code, and their differences.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Fields, FnArg, Ident, ImplItem, Item, ItemImpl, Meta, Signature, Token, Type, UseTree,
    Visibility,
};

use super::{Bump, Crate, Effect, RustEffect};

/// The constant that contains the document's hash, which differs for every document.
const DOCUMENT_HASH: &str = "SPEC_SHA256";

/// The public items of a crate's generated code.
#[derive(Debug, Clone, Default)]
pub struct Surface {
    items: BTreeMap<Key, Entry>,
    /// The types that are not public.
    hidden: BTreeSet<String>,
}

/// The module or type that contains an item, and the item's name, or `impl TRAIT` for a trait implementation.
type Key = (String, String);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    kind: Kind,
    /// The type or signature. If this text differs, the change is incompatible.
    shape: String,
    /// The value of a constant, or the code that determines the behavior.
    value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Module,
    /// A type. `is_open` is `true` if other crates can't list all its fields or variants.
    Type {
        is_open: bool,
    },
    /// A field or variant.
    Part,
    Constant,
    /// A function, trait implementation, type alias or re-export.
    Other,
    /// A function called by the handwritten part of the crate, which passes its own arguments.
    Internal,
}

impl Surface {
    /// Adds the items in a file. `module` is the path to its module, or an empty string for the crate root.
    ///
    /// # Errors
    /// Returns an error if the code is not valid Rust.
    pub fn add_file(&mut self, module: &str, code: &str) -> Result<(), syn::Error> {
        let file = syn::parse_file(code)?;
        file.items.iter().for_each(|item| self.add_item(module, item));
        Ok(())
    }

    /// Returns the items that differ between the code generated from two documents.
    #[must_use]
    pub fn effects(&self, new: &Self, package: Crate) -> Vec<RustEffect> {
        let keys: BTreeSet<&Key> = self.public().chain(new.public()).collect();
        let mut found = Vec::new();
        let mut changed = BTreeSet::new();
        for key in keys {
            let Some((effect, bump)) = self.effect(new, key) else {
                continue;
            };
            // If an item was added or removed, the items that it contains are not listed separately.
            let (side, other) = if effect == Effect::Appears {
                (new, self)
            } else {
                (self, new)
            };
            let is_whole = matches!(effect, Effect::Appears | Effect::Disappears);
            let is_only_there = |at: &str| side.kind_of(at).is_some() && other.kind_of(at).is_none();
            if is_whole && containers(&key.0).any(is_only_there) {
                continue;
            }
            if bump > Bump::Patch {
                changed.insert(&key.0);
            }
            found.push((key, effect, bump));
        }
        // If the variants of an enum change, all code that matches on them changes too.
        let is_type = |path: &str| matches!(self.kind_of(path), Some(Kind::Type { .. }));
        found.retain(|((parent, _), _, bump)| {
            *bump > Bump::Patch || !changed.contains(parent) || !is_type(parent)
        });
        let effects = found.into_iter().map(|(key, effect, bump)| RustEffect {
            package,
            item: path(key),
            effect,
            bump,
        });
        let mut effects: Vec<_> = effects.collect();
        effects.sort_by(|a, b| a.item.cmp(&b.item));
        effects
    }

    /// Returns the effect of replacing an item in this code with its new version.
    fn effect(&self, new: &Self, key: &Key) -> Option<(Effect, Bump)> {
        match (self.items.get(key), new.items.get(key)) {
            (Some(was), Some(is)) if was.kind != is.kind || was.shape != is.shape => {
                Some((Effect::ChangesType, Bump::Major))
            }
            (Some(was), Some(is)) if was.value == is.value => None,
            (Some(was), Some(_)) if was.kind == Kind::Constant => Some((Effect::ChangesValue, Bump::Patch)),
            (Some(_), Some(_)) => Some((Effect::ChangesBehavior, Bump::Patch)),
            (Some(entry), None) | (None, Some(entry)) if entry.kind == Kind::Internal => None,
            (Some(_), None) => Some((Effect::Disappears, Bump::Major)),
            (None, Some(is)) => {
                // Code in other crates may list all fields or variants.
                let is_closed = self.kind_of(&key.0) == Some(Kind::Type { is_open: false });
                let is_listed = is.kind == Kind::Part && is_closed;
                Some((Effect::Appears, if is_listed { Bump::Major } else { Bump::Minor }))
            }
            (None, None) => None,
        }
    }

    /// Returns the keys of the public items.
    fn public(&self) -> impl Iterator<Item = &Key> {
        self.items
            .keys()
            .filter(|(parent, _)| !self.hidden.contains(parent))
    }

    /// Returns the kind of the type or module at a path.
    fn kind_of(&self, path: &str) -> Option<Kind> {
        let (parent, name) = path.rsplit_once("::").unwrap_or(("", path));
        Some(self.items.get(&(parent.to_owned(), name.to_owned()))?.kind)
    }

    fn add(&mut self, (parent, name): (&str, &dyn ToString), attributes: &[Attribute], entry: Entry) {
        let entry = Entry {
            shape: conditions(attributes) + &entry.shape,
            value: behavior(attributes) + &entry.value,
            ..entry
        };
        self.items.insert((parent.to_owned(), name.to_string()), entry);
    }

    fn add_item(&mut self, module: &str, item: &Item) {
        match item {
            Item::Mod(item) if is_public(&item.vis) => {
                let path = join(module, &item.ident);
                let items = item.content.iter().flat_map(|(_, items)| items);
                items.for_each(|item| self.add_item(&path, item));
                let entry = Entry::new(Kind::Module, String::new(), String::new());
                self.add((module, &item.ident), &item.attrs, entry);
            }
            Item::Const(item) if is_public(&item.vis) && item.ident != DOCUMENT_HASH => {
                let entry = Entry::new(Kind::Constant, text(&item.ty), text(&item.expr));
                self.add((module, &item.ident), &item.attrs, entry);
            }
            Item::Type(item) if is_public(&item.vis) => {
                let entry = Entry::shaped(text(&item.generics) + &text(&item.ty));
                self.add((module, &item.ident), &item.attrs, entry);
            }
            Item::Use(item) if is_public(&item.vis) => {
                for (name, from) in uses("", &item.tree) {
                    self.add((module, &name), &item.attrs, Entry::shaped(from));
                }
            }
            Item::Struct(item) if is_public(&item.vis) => self.add_struct(module, item),
            Item::Enum(item) if is_public(&item.vis) => self.add_enum(module, item),
            Item::Struct(syn::ItemStruct { ident, .. }) | Item::Enum(syn::ItemEnum { ident, .. }) => {
                self.hidden.insert(join(module, ident));
            }
            Item::Fn(item) if is_public(&item.vis) => {
                let entry = Entry::function(&item.sig, &item.block);
                self.add((module, &item.sig.ident), &item.attrs, entry);
            }
            Item::Fn(item) if matches!(item.vis, Visibility::Restricted(_)) => {
                let entry = Entry::new(Kind::Internal, signature(&item.sig), String::new());
                self.add((module, &item.sig.ident), &[], entry);
            }
            Item::Impl(block) => self.add_impl(module, block),
            // The handwritten part of the crate uses the macro to add these methods to its types.
            Item::Macro(item) => {
                if let Ok(methods) = syn::parse2::<MacroMethods>(item.mac.tokens.clone()) {
                    self.add_members(module, &methods.0);
                }
            }
            _ => {}
        }
    }

    fn add_struct(&mut self, module: &str, item: &syn::ItemStruct) {
        let path = join(module, &item.ident);
        for (member, field) in item.fields.members().zip(&item.fields) {
            if is_public(&field.vis) {
                let entry = Entry::new(Kind::Part, text(&field.ty), String::new());
                self.add((&path, &text(&member)), &field.attrs, entry);
            }
        }
        let form = match item.fields {
            Fields::Named(_) => "{}",
            Fields::Unnamed(_) => "()",
            Fields::Unit => ";",
        };
        let shape = format!("struct {}{form}", text(&item.generics));
        let is_open = !item.fields.iter().all(|field| is_public(&field.vis));
        self.add_type(module, &item.ident, &item.attrs, shape, is_open);
    }

    fn add_enum(&mut self, module: &str, item: &syn::ItemEnum) {
        let path = join(module, &item.ident);
        for variant in &item.variants {
            let entry = Entry::new(Kind::Part, text(&variant.fields), String::new());
            self.add((&path, &variant.ident), &variant.attrs, entry);
        }
        let shape = format!("enum {}", text(&item.generics));
        self.add_type(module, &item.ident, &item.attrs, shape, false);
    }

    fn add_type(&mut self, module: &str, name: &Ident, attrs: &[Attribute], shape: String, is_open: bool) {
        let path = join(module, name);
        for derived in derives(attrs) {
            let name = format!("impl {derived}");
            self.add((&path, &name), &[], Entry::shaped(String::new()));
        }
        let is_marked = |attribute: &Attribute| attribute.path().is_ident("non_exhaustive");
        let is_open = is_open || attrs.iter().any(is_marked);
        let entry = Entry::new(Kind::Type { is_open }, shape, String::new());
        self.add((module, name), attrs, entry);
    }

    fn add_impl(&mut self, module: &str, block: &ItemImpl) {
        let Some(owner) = resolve(module, &block.self_ty) else {
            return;
        };
        let Some((implemented, _)) = &block.trait_ else {
            return self.add_members(&owner, &block.items);
        };
        // A derived and a handwritten implementation of the same trait have the same name.
        if let Some(last) = implemented.segments.last() {
            let body = block.items.iter().map(text).collect();
            let entry = Entry::new(Kind::Other, text(&block.generics.where_clause), body);
            self.add((&owner, &format!("impl {}", name(last))), &block.attrs, entry);
        }
    }

    fn add_members(&mut self, owner: &str, items: &[ImplItem]) {
        for item in items {
            match item {
                ImplItem::Fn(item) if is_public(&item.vis) => {
                    let entry = Entry::function(&item.sig, &item.block);
                    self.add((owner, &item.sig.ident), &item.attrs, entry);
                }
                ImplItem::Const(item) if is_public(&item.vis) => {
                    let entry = Entry::new(Kind::Constant, text(&item.ty), text(&item.expr));
                    self.add((owner, &item.ident), &item.attrs, entry);
                }
                _ => {}
            }
        }
    }
}

impl Entry {
    fn new(kind: Kind, shape: String, value: String) -> Self {
        Self { kind, shape, value }
    }

    fn shaped(shape: String) -> Self {
        Self::new(Kind::Other, shape, String::new())
    }

    fn function(signature_of: &Signature, body: &syn::Block) -> Self {
        Self::new(Kind::Other, signature(signature_of), text(body))
    }
}

/// Returns the names that a `use` item adds, each with the path it refers to.
fn uses(from: &str, tree: &UseTree) -> Vec<(String, String)> {
    match tree {
        UseTree::Path(path) => uses(&join(from, &path.ident), &path.tree),
        UseTree::Name(name) => vec![(name.ident.to_string(), join(from, &name.ident))],
        UseTree::Rename(rename) => vec![(rename.rename.to_string(), join(from, &rename.ident))],
        UseTree::Glob(_) => vec![(format!("{from}::*"), from.to_owned())],
        UseTree::Group(group) => group.items.iter().flat_map(|tree| uses(from, tree)).collect(),
    }
}

/// Returns a path and the paths of the modules that contain it.
fn containers(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| Some(path.rsplit_once("::")?.0))
}

/// Returns the path of an item as shown in reports.
fn path((parent, name): &Key) -> String {
    if name.starts_with("impl ") {
        format!("{name} for {parent}")
    } else {
        join(parent, name)
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

/// Returns the path to a type in this crate, or `None` if it belongs to another crate.
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

/// Returns the attributes that determine whether an item exists and how other crates can use it.
fn conditions(attributes: &[Attribute]) -> String {
    texts(attributes, |name| ["cfg", "non_exhaustive"].contains(&name))
}

/// Returns the attributes that affect behavior, such as names in JSON.
fn behavior(attributes: &[Attribute]) -> String {
    let others = ["allow", "cfg", "cfg_attr", "derive", "doc", "non_exhaustive"];
    texts(attributes, |name| !others.contains(&name))
}

fn texts(attributes: &[Attribute], is_wanted: impl Fn(&str) -> bool) -> String {
    let wanted = attributes
        .iter()
        .filter(|attribute| is_wanted(&text(attribute.path())));
    wanted.map(text).collect()
}

/// Returns the names of the derived traits without their paths, including traits derived behind a feature.
fn derives(attributes: &[Attribute]) -> BTreeSet<String> {
    let nested = |attribute: &Attribute| {
        let is_nested = attribute.path().is_ident("cfg_attr");
        if is_nested {
            list(&attribute.meta)
        } else {
            vec![attribute.meta.clone()]
        }
    };
    let derives = attributes
        .iter()
        .flat_map(nested)
        .filter(|meta| meta.path().is_ident("derive"));
    let paths = derives.flat_map(|meta| list::<syn::Path>(&meta));
    paths
        .filter_map(|path| Some(path.segments.last()?.ident.to_string()))
        .collect()
}

/// Returns the elements of an attribute's list, or nothing if the attribute has a different form.
fn list<T: Parse>(meta: &Meta) -> Vec<T> {
    let list = meta.require_list();
    let items = list.and_then(|list| list.parse_args_with(Punctuated::<T, Token![,]>::parse_terminated));
    items.map(|items| items.into_iter().collect()).unwrap_or_default()
}

/// Returns a signature without the names of the function and its parameters.
fn signature(of: &Signature) -> String {
    let inputs = of.inputs.iter().map(|input| match input {
        FnArg::Receiver(receiver) => text(receiver),
        FnArg::Typed(typed) => text(&typed.ty),
    });
    let inputs: Vec<String> = inputs.collect();
    let keywords = text(&of.constness) + &text(&of.asyncness) + &text(&of.generics);
    let bounds = text(&of.output) + &text(&of.generics.where_clause);
    format!("{keywords}({}){bounds}", inputs.join(","))
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

/// Returns a type as it is usually written, such as `From<&str>`.
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
