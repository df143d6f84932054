//! Effects on the items of a crate.

use std::fmt;

use serde::Serialize;

/// A crate that contains generated code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Crate {
    /// The generated low-level crate.
    #[serde(rename = "signalwire-room-tokens-api")]
    Api,
    /// The ergonomic crate, which is partly generated.
    #[serde(rename = "signalwire-room-tokens")]
    Client,
}

impl Crate {
    /// All crates, in the order used in reports.
    pub const ALL: [Self; 2] = [Self::Api, Self::Client];

    /// Returns the short name that reports use.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Client => "client",
        }
    }
}

/// The effect on an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// The item was added.
    Appears,
    /// The item was removed.
    Disappears,
    /// The type or signature of the item changed.
    ChangesType,
    /// The value of the constant changed.
    ChangesValue,
    /// The behavior of the item changed, but not its signature.
    ChangesBehavior,
}

/// The version bump that a crate requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bump {
    /// A patch release.
    Patch,
    /// A minor release.
    Minor,
    /// A major release. Before 1.0, it bumps the minor version.
    Major,
}

/// Formats the name used in reports.
impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// The effect on a public item of a crate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RustEffect {
    /// The crate that contains the item.
    #[serde(rename = "crate")]
    pub package: Crate,
    /// The path to the item in the generated code, such as `types::Room::name`, or a trait implementation, such as
    /// `impl Copy for types::Kind`. If a type or module was added or removed, its items are not listed.
    pub item: String,
    /// The effect on the item.
    pub effect: Effect,
    /// The version bump that the effect requires.
    pub bump: Bump,
}

/// A crate whose code could not be compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unmeasured {
    /// The crate.
    #[serde(rename = "crate")]
    pub package: Crate,
    /// The reason, in plain text. It may contain text from the documents.
    pub reason: String,
}
