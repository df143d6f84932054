//! Generates `permissions.rs`, which defines the permission enum.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;
use xtask_openapi::escape::code_span;

use super::choice::Choice;
use super::model::Permissions;
use super::tokens::doc;
use crate::markdown;

pub(super) fn generate(permissions: &Permissions, client: &Ident, api: &Ident) -> TokenStream {
    let usage = format!(" use {client}::Permission;");
    let Permissions {
        choice,
        item,
        known,
        other,
        ..
    } = permissions;
    let Choice {
        generated, variants, ..
    } = choice;
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
    let descriptions = variants
        .iter()
        .map(|variant| variant.description.as_deref().unwrap_or_default());
    let table = doc(&table(permissions));
    let sets = permissions.sets.iter().map(|(name, permissions)| {
        let docs = doc(&[match name.as_str() {
            "default" => "The permissions that SignalWire grants if a request omits the list of permissions."
                .to_owned(),
            name => format!("The permissions in the preset `{name}`."),
        }]);
        let ident = format_ident!("{}", name.to_uppercase());
        let granted = permissions
            .iter()
            .filter_map(|name| variants.iter().find(|variant| variant.name == *name));
        let granted = granted.map(|variant| &variant.ident);
        quote!(#docs pub(crate) const #ident: &[Permission] = &[#(Permission::#granted),*];)
    });
    quote! {
        #![doc = " The permissions, with their names and descriptions."]

        use std::fmt;

        use serde::{Deserialize, Deserializer, Serialize, Serializer};
        use #api::types::{#item, #generated};

        use crate::permission::unknown::UnknownPermission;

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

        #(#sets)*

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

/// Returns a Markdown table of the permissions that shows which sets contain them.
fn table(permissions: &Permissions) -> Vec<String> {
    let sets = &permissions.sets;
    let heading = sets
        .iter()
        .map(|(set, _)| format!(" [{set}](crate::PermissionSet::{}) |", set.to_uppercase()));
    let mut lines = vec![
        format!("| permission | meaning |{}", heading.collect::<String>()),
        format!("|---|---|{}", ":---:|".repeat(sets.len())),
    ];
    lines.extend(permissions.choice.variants.iter().map(|variant| {
        let (name, ident) = (cell(&code_span(&variant.name)), &variant.ident);
        let meaning = variant
            .description
            .as_deref()
            .map(markdown::prose)
            .unwrap_or_default();
        let contains = |(_, names): &(_, Vec<String>)| names.contains(&variant.name);
        let marks = sets.iter().map(|set| if contains(set) { " ✓ |" } else { " |" });
        let marks = marks.collect::<String>();
        format!("| [{name}](Self::{ident}) | {} |{marks}", cell(&meaning))
    }));
    lines
}

/// Escapes `|`, which ends a table cell even inside a code span. Characters that are already escaped remain unchanged.
fn cell(markdown: &str) -> String {
    markdown.replace("\\|", "|").replace('|', "\\|")
}
