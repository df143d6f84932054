//! The effect of a change on the Rust crates: the affected generated item, and the required version bumps.
//!
//! The generated types are structs with public fields and exhaustive enums, so a new field or variant requires a major
//! release of the generated crate. The handwritten crate has builders and non-exhaustive enums, so the same change
//! requires only a minor release.

mod items;
mod outcome;
mod signature;

use serde::Serialize;

pub(crate) use items::{Both, EXTRA, Items};

/// The kind of generated item that a change affects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AffectedItem {
    /// No item.
    Nothing,
    /// Documentation, which is not generated from the document.
    Docs,
    /// The type of an existing field.
    Field,
    FieldAdded,
    FieldRemoved,
    /// The type of a value.
    Type,
    VariantAdded,
    VariantRemoved,
    /// A constant with a limit or default.
    Constant,
    MethodAdded,
    MethodRemoved,
    /// The name of the method, which is derived from the operationId.
    MethodName,
    /// The setter of a parameter.
    ParameterAdded,
    ParameterRemoved,
    ParameterName,
    /// The type of the request body, which may be added or removed.
    Body,
    /// The type of the successful response.
    SuccessType,
    /// A new response, or a response that has a schema now. May add a type and change the return type.
    ResponseAdded,
    ResponseRemoved,
    /// The behavior of the method; the signature does not change.
    Behavior,
    /// The authentication of the client.
    Auth,
}

/// The effect on an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// No effect.
    None,
    /// The item is added.
    Appears,
    /// The item is removed.
    Disappears,
    /// The type or signature of the item changes.
    ChangesType,
    /// The value of the constant changes.
    ChangesValue,
    /// The behavior of the item changes; its signature does not.
    ChangesBehaviour,
}

/// The required version bump of a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// No bump.
    None,
    /// A patch release.
    Patch,
    /// A minor release.
    Minor,
    /// A major release; before 1.0, a bump of the minor version.
    Major,
}

impl Bump {
    /// Returns the name used in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// The effect of a change on the generated and the handwritten crate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RustEffect {
    /// The path of the item in the generated crate.
    pub item: Option<String>,
    /// The effect on the item.
    pub effect: Effect,
    /// The version bump of the generated crate.
    #[serde(rename = "signalwire-room-tokens-api")]
    pub api: Bump,
    /// The version bump of the handwritten crate.
    #[serde(rename = "signalwire-room-tokens")]
    pub ergonomic: Bump,
}
