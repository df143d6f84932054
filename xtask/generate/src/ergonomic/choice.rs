//! The enums in the ergonomic crate.

use serde_json::Value;
use syn::{Ident, ItemEnum};
use xtask_openapi::Fields as _;

use super::api::{schema_of, serde_name};
use crate::prose::ENUM_DESCRIPTIONS;

/// An enum in the ergonomic crate, and the generated low-level enum that it wraps.
pub(super) struct Choice {
    pub(super) ident: Ident,
    pub(super) generated: Ident,
    pub(super) description: String,
    pub(super) variants: Vec<Variant>,
}

/// An enum value.
pub(super) struct Variant {
    pub(super) ident: Ident,
    pub(super) generated: Ident,
    /// The API's name for the value.
    pub(super) name: String,
    pub(super) description: Option<String>,
}

impl Choice {
    pub(super) fn read(document: &Value, ident: Ident, generated: &ItemEnum) -> Self {
        let schema = schema_of(document, &generated.ident);
        let descriptions = schema.and_then(|schema| schema.object(ENUM_DESCRIPTIONS));
        let is_permission = ident == "Permission";
        let variants = generated.variants.iter().map(|variant| {
            let name = serde_name(&variant.attrs).unwrap_or_else(|| variant.ident.to_string());
            let description = descriptions.and_then(|descriptions| descriptions.text(&name));
            Variant {
                ident: match is_permission {
                    true => permission_variant(&name, &variant.ident),
                    false => variant.ident.clone(),
                },
                generated: variant.ident.clone(),
                description: description.map(str::to_owned),
                name,
            }
        });
        let description = schema.and_then(|schema| schema.text("description"));
        Self {
            ident,
            generated: generated.ident.clone(),
            description: description.unwrap_or_default().to_owned(),
            variants: variants.collect(),
        }
    }

    /// Returns the variant for a value.
    pub(super) fn variant(&self, value: &Value) -> Option<&Variant> {
        self.variants.iter().find(|variant| *value == *variant.name)
    }
}

/// Returns the variant name for a permission: `SelfXY` for `room.self.x_y`, `MemberX` for `room.member.x`, and the
/// generated name, such as `RoomX`, for anything else.
fn permission_variant(name: &str, generated: &Ident) -> Ident {
    let is_scoped = name.starts_with("room.self.") || name.starts_with("room.member.");
    let ident = generated.to_string();
    let short = ident.strip_prefix("Room").filter(|_| is_scoped);
    // For `room.self.`, the short name would be the keyword `Self`.
    let short = short.and_then(|short| syn::parse_str(short).ok());
    short.unwrap_or_else(|| generated.clone())
}
