//! The public API of generated code: every public item and its signature.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{Fields, ImplItem, Item, ReturnType, Type, Visibility};

/// The required version bump.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bump {
    /// A patch release, or no release.
    Patch,
    Minor,
    Major,
}

impl Bump {
    pub(super) fn from_name(name: &str) -> Self {
        match name {
            "none" | "patch" => Self::Patch,
            "minor" => Self::Minor,
            "major" => Self::Major,
            _ => panic!("unknown version bump: {name}"),
        }
    }
}

/// The kind of a public item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// A type or function. A different text means a different type or signature.
    Typed(String),
    /// A field or variant, which code that builds or matches its owner must list.
    Part(String),
    /// A constant. Its value may change, but not its type.
    Constant { r#type: String, value: String },
}

#[derive(Debug, Default)]
pub(super) struct Surface(BTreeMap<String, What>);

impl Surface {
    /// Returns the public API of files that are modules of one crate.
    pub(super) fn of(files: &[String]) -> Self {
        let mut surface = Self::default();
        for file in files {
            for item in &syn::parse_file(file).unwrap().items {
                surface.add("", item);
            }
        }
        // Constants about the source document may change freely.
        surface.0.remove("SPEC_SHA256");
        surface
    }

    pub(super) fn get(&self, item: &str) -> Option<&What> {
        self.0.get(item)
    }

    pub(super) fn bump_to(&self, new: &Self) -> Bump {
        let differences = self.differences(new);
        let bumps = differences.iter().map(|(path, was, is)| match (was, is) {
            (Some(What::Constant { r#type: was, .. }), Some(What::Constant { r#type: is, .. }))
                if was == is =>
            {
                Bump::Patch
            }
            (Some(_), _) => Bump::Major,
            // The owner existed before, so code that lists its fields or variants must add one.
            (None, Some(What::Part(_))) if self.has_owner(path) => Bump::Major,
            (None, _) => Bump::Minor,
        });
        bumps.max().unwrap_or(Bump::Patch)
    }

    fn has_owner(&self, path: &str) -> bool {
        path.rsplit_once("::")
            .is_some_and(|(owner, _)| self.0.contains_key(owner))
    }

    /// Returns the items that differ between both sides.
    pub(super) fn differences<'a>(
        &'a self,
        new: &'a Self,
    ) -> Vec<(&'a str, Option<&'a What>, Option<&'a What>)> {
        let paths = self
            .0
            .keys()
            .chain(new.0.keys().filter(|path| !self.0.contains_key(*path)));
        paths
            .map(|path| (path.as_str(), self.0.get(path), new.0.get(path)))
            .filter(|(_, was, is)| was != is)
            .collect()
    }

    fn add(&mut self, module: &str, item: &Item) {
        let is_public = |visibility: &Visibility| matches!(visibility, Visibility::Public(_));
        match item {
            Item::Mod(inner) if is_public(&inner.vis) => {
                let module = path(module, &inner.ident);
                for item in inner.content.iter().flat_map(|(_, items)| items) {
                    self.add(&module, item);
                }
            }
            Item::Const(constant) if is_public(&constant.vis) => {
                let what = What::Constant {
                    r#type: text(&constant.ty),
                    value: text(&constant.expr),
                };
                self.0.insert(path(module, &constant.ident), what);
            }
            Item::Type(alias) if is_public(&alias.vis) => {
                self.0
                    .insert(path(module, &alias.ident), What::Typed(text(&alias.ty)));
            }
            Item::Struct(item) if is_public(&item.vis) => {
                let owner = path(module, &item.ident);
                self.add_fields(&owner, &item.fields);
                self.0
                    .insert(owner, What::Typed(format!("struct {}", text(&item.generics))));
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let owner = path(module, &item.ident);
                for variant in &item.variants {
                    self.0
                        .insert(path(&owner, &variant.ident), What::Part(text(&variant.fields)));
                }
                self.0
                    .insert(owner, What::Typed(format!("enum {}", text(&item.generics))));
            }
            Item::Impl(block) if block.trait_.is_none() => {
                self.add_methods(module, &block.self_ty, &block.items);
            }
            _ => {}
        }
    }

    fn add_fields(&mut self, owner: &str, fields: &Fields) {
        for (index, field) in fields.iter().enumerate() {
            if matches!(field.vis, Visibility::Public(_)) {
                let name = field
                    .ident
                    .as_ref()
                    .map_or_else(|| index.to_string(), ToString::to_string);
                self.0
                    .insert(format!("{owner}::{name}"), What::Part(text(&field.ty)));
            }
        }
    }

    fn add_methods(&mut self, module: &str, owner: &Type, items: &[ImplItem]) {
        let Type::Path(owner) = owner else { return };
        let Some(owner) = owner.path.segments.last() else {
            return;
        };
        for item in items {
            if let ImplItem::Fn(method) = item
                && matches!(method.vis, Visibility::Public(_))
            {
                let owner = path(module, &owner.ident);
                let inputs = text(&method.sig.inputs);
                let output = match &method.sig.output {
                    ReturnType::Default => String::new(),
                    ReturnType::Type(_, output) => text(output),
                };
                let generics = &method.sig.generics;
                let (parameters, bounds) = (text(generics), text(&generics.where_clause));
                let what = What::Typed(format!("{parameters} ({inputs}) -> {output} {bounds}"));
                self.0.insert(path(&owner, &method.sig.ident), what);
            }
        }
    }
}

fn path(module: &str, name: &impl ToString) -> String {
    let name = name.to_string();
    if module.is_empty() {
        name
    } else {
        format!("{module}::{name}")
    }
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}
