//! Generates `permissions.rs`, which defines the permission enum.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;
use syn::Ident;
use xtask_openapi::escape::code_span;

use super::model::{Choice, FieldKind, Model, OpenItem};
use super::tokens::doc;
use crate::markdown;

pub(super) fn generate(model: &Model, client: &Ident, api: &Ident) -> TokenStream {
    let usage = format!(" use {client}::Permission;");
    let Choice {
        generated, variants, ..
    } = &model.permissions;
    let documented = variants.iter().map(|variant| {
        let (ident, name) = (&variant.ident, code_span(&variant.name));
        let docs = doc(&[match &variant.description {
            Some(description) => format!("{name}: {}", markdown::prose(description)),
            None => format!("{name}."),
        }]);
        quote!(#docs #ident)
    });
    let ours: Vec<_> = variants.iter().map(|variant| &variant.ident).collect();
    let theirs: Vec<_> = variants.iter().map(|variant| &variant.generated).collect();
    let names: Vec<_> = variants.iter().map(|variant| &variant.name).collect();
    let descriptions: Vec<_> = variants
        .iter()
        .map(|variant| variant.description.as_deref().unwrap_or_default())
        .collect();
    let bits = format_ident!("{}", if variants.len() <= 64 { "u64" } else { "u128" });
    let default = default_names(model);
    let table = doc(&table(model, &default));
    let default = idents(model, &default);
    let presets = model.presets.iter().map(|preset| {
        let ident = format_ident!("{}", preset.name.to_uppercase());
        let permissions = idents(model, &preset.permissions);
        let docs = doc(&[format!("The permissions in the preset `{}`.", preset.name)]);
        quote!(#docs pub(crate) const #ident: &[Permission] = &[#(Permission::#permissions),*];)
    });
    let OpenItem {
        ident: item,
        known,
        other,
    } = &model.item;
    quote! {
        #![doc = " The permissions, with their names and descriptions."]

        use std::fmt;

        use serde::{Deserialize, Deserializer, Serialize, Serializer};
        use #api::types::{#item, #generated};

        use crate::permission::unknown::UnknownPermission;

        #[doc = " An integer with one bit for each known permission."]
        pub(crate) type Bits = #bits;

        #[doc = " A permission of a participant in a room."]
        #[doc = ""]
        #[doc = " The variant names start with the scope: `Self…` applies to the participant, `Member…` to any member, and"]
        #[doc = " `Room…` to the room as a whole. [`as_str`](Self::as_str) returns the name used by the API, such as"]
        #[doc = " `room.self.audio_mute`."]
        #[doc = ""]
        #[doc = " The list of permissions in a request *replaces* SignalWire's default list"]
        #[doc = " ([`PermissionSet::DEFAULT`](crate::PermissionSet::DEFAULT))."]
        #[doc = ""]
        #[doc = " ```"]
        #[doc = #usage]
        #[doc = ""]
        #[doc = " let permission: Permission = \"room.member.remove\".parse()?;"]
        #[doc = " assert_eq!(permission, Permission::MemberRemove);"]
        #[doc = ""]
        #[doc = " let error = \"room.member.remov\".parse::<Permission>().unwrap_err();"]
        #[doc = " assert_eq!(error.nearest(), Some(&Permission::MemberRemove));"]
        #[doc = " # Ok::<(), Box<dyn std::error::Error>>(())"]
        #[doc = " ```"]
        #[doc = ""]
        #table
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Permission {
            #(#documented,)*
            #[doc = " An unrecognized name. Created by [`Permission::unchecked`] and by deserialization."]
            Unknown(UnknownPermission),
        }

        #[doc = " The permissions that SignalWire grants if a request omits the list of permissions."]
        pub(crate) const DEFAULT: &[Permission] = &[#(Permission::#default),*];

        #(#presets)*

        impl Permission {
            #[doc = " All permissions that this version recognizes, in the order of the OpenAPI document."]
            pub const ALL: &'static [Self] = &[#(Self::#ours),*];

            #[doc = " Returns the API's name for the permission, such as `room.self.audio_mute`."]
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#ours => #names,)*
                    Self::Unknown(unknown) => unknown.as_str(),
                }
            }

            #[doc = " Returns a one-sentence description of the permission, or `None` for an unrecognized name."]
            #[must_use]
            pub const fn description(&self) -> Option<&'static str> {
                match self {
                    #(Self::#ours => Some(#descriptions),)*
                    Self::Unknown(_) => None,
                }
            }

            #[doc = " Returns the index of a known permission in [`Permission::ALL`]."]
            pub(crate) const fn index(&self) -> Option<u32> {
                match self.generated() {
                    Some(generated) => Some(generated as u32),
                    None => None,
                }
            }

            pub(crate) const fn generated(&self) -> Option<#generated> {
                match self {
                    #(Self::#ours => Some(#generated::#theirs),)*
                    Self::Unknown(_) => None,
                }
            }

            pub(crate) const fn from_generated(generated: #generated) -> Self {
                match generated { #(#generated::#theirs => Self::#ours,)* }
            }

            #[doc = " Converts the permission to the generated type used in requests."]
            pub(crate) fn to_item(&self) -> #item {
                match self.generated() {
                    Some(known) => #item::#known(known),
                    None => #item::#other(self.as_str().to_owned()),
                }
            }

            pub(crate) fn from_item(item: &#item) -> Self {
                match item {
                    #item::#known(known) => Self::from_generated(*known),
                    #item::#other(name) => Self::unchecked(name.clone()),
                }
            }
        }

        impl fmt::Display for Permission {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl Serialize for Permission {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[doc = " Accepts any name, so that older versions can read data written by newer ones."]
        impl<'de> Deserialize<'de> for Permission {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self::unchecked(String::deserialize(deserializer)?))
            }
        }

        impl From<&Permission> for Permission {
            fn from(permission: &Permission) -> Self {
                permission.clone()
            }
        }

        impl AsRef<str> for Permission {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
    }
}

/// Returns the names in the default list, which were already checked when the model was read.
fn default_names(model: &Model) -> Vec<String> {
    let field = model
        .fields
        .iter()
        .find(|field| matches!(field.kind, FieldKind::Permissions));
    let names = field
        .and_then(|field| field.default.as_ref())
        .and_then(Value::as_array);
    names
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// Returns the variants for the given permission names.
fn idents<'a>(model: &'a Model, names: &[String]) -> Vec<&'a Ident> {
    let variants = &model.permissions.variants;
    names
        .iter()
        .filter_map(|name| variants.iter().find(|variant| variant.name == *name))
        .map(|variant| &variant.ident)
        .collect()
}

/// Returns a Markdown table of the permissions that shows which sets contain them.
fn table(model: &Model, default: &[String]) -> Vec<String> {
    let sets = || {
        let presets = model.presets.iter();
        std::iter::once(("default", default))
            .chain(presets.map(|preset| (preset.name.as_str(), preset.permissions.as_slice())))
    };
    let heading = sets().map(|(set, _)| format!("[{set}](crate::PermissionSet::{})", set.to_uppercase()));
    let mut lines = vec![
        format!(
            "| permission | meaning | {} |",
            heading.collect::<Vec<_>>().join(" | ")
        ),
        format!("|---|---|{}", ":---:|".repeat(sets().count())),
    ];
    lines.extend(model.permissions.variants.iter().map(|variant| {
        let meaning = variant
            .description
            .as_deref()
            .map(markdown::prose)
            .unwrap_or_default();
        let marks = sets().map(|(_, names)| {
            if names.contains(&variant.name) {
                " ✓ |"
            } else {
                " |"
            }
        });
        format!(
            "| [{}](Self::{}) | {} |{}",
            cell(&code_span(&variant.name)),
            variant.ident,
            cell(&meaning),
            marks.collect::<String>()
        )
    }));
    lines
}

/// Escapes `|`, which ends a table cell even inside a code span. Leaves characters that are already escaped.
fn cell(markdown: &str) -> String {
    markdown.replace("\\|", "|").replace('|', "\\|")
}
