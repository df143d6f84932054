//! What a change does to the Rust crates: which generated item it touches, and how much the versions rise.
//!
//! The generated types are plain structs with public fields and closed enums, so a new field or variant is a
//! major change of the generated crate. The ergonomic crate has builders and open enums and passes the same
//! news on as a minor one.

mod items;
mod outcome;
mod signature;

use serde::Serialize;

pub(crate) use items::{Both, EXTRA, Items};

/// The kind of generated item that a kind of change touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Touches {
    /// No item.
    Nothing,
    /// Documentation, which is ours and does not follow the document's.
    Docs,
    /// A field that stays, with another type.
    Field,
    FieldNew,
    FieldGone,
    /// The type that a value has.
    Type,
    VariantNew,
    VariantGone,
    /// A constant with a limit or default.
    Constant,
    MethodNew,
    MethodGone,
    /// The name of the method, which is the operationId.
    MethodName,
    /// The setter of a parameter.
    ParameterNew,
    ParameterGone,
    ParameterName,
    /// What is sent as body: of another type, new, or gone.
    Body,
    /// What comes back if all went well: perhaps of another type.
    Answer,
    /// A response that is new, or has a schema now: perhaps a type of its own, and an answer of another type.
    ResponseNew,
    ResponseGone,
    /// What the method does, behind the same signature.
    Code,
    /// How the client proves who it is.
    Auth,
}

/// What becomes of the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Nothing.
    None,
    /// It is new.
    Appears,
    /// It is gone.
    Disappears,
    /// Its type or signature is another one.
    ChangesType,
    /// It is a constant with another value.
    ChangesValue,
    /// It does something else behind the same signature.
    ChangesBehaviour,
}

/// How much the version of a crate has to rise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// Not at all.
    None,
    /// By a patch.
    Patch,
    /// By a minor version.
    Minor,
    /// By a major version, which is the minor one before 1.0.
    Major,
}

impl Bump {
    /// The word that reports use for it.
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

/// What a change does to the generated and the ergonomic crate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RustEffect {
    /// The item of the generated crate, by its path.
    pub item: Option<String>,
    /// What becomes of it.
    pub effect: Effect,
    /// The rise of the generated crate.
    #[serde(rename = "signalwire-room-tokens-api")]
    pub api: Bump,
    /// The rise of the ergonomic crate.
    #[serde(rename = "signalwire-room-tokens")]
    pub ergonomic: Bump,
}
