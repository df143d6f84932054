//! What a change does to the Rust crates: which generated item it touches, and how much the versions rise.
//!
//! The generated types are plain structs with public fields and closed enums, so a new field or variant is a
//! major change of the generated crate. The ergonomic crate has builders and open enums and passes the same
//! news on as a minor one.

use serde::Serialize;
use serde_json::Value;

use crate::model::Operation;

/// The end of the path of the operation that the ergonomic crate wraps.
const WRAPPED_PATH: &str = "/api/video/room_tokens";

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
    /// The type of a field or of a whole body.
    Type,
    TypeNew,
    TypeGone,
    VariantNew,
    VariantGone,
    /// A constant with a limit or default.
    Constant,
    /// The signature of the method that calls the operation.
    Method,
    MethodNew,
    MethodGone,
    /// The name of the method, which is the operationId.
    MethodName,
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

/// The name of one thing in the old and in the new document.
pub(crate) type Both<'a> = [Option<&'a str>; 2];

/// The generated items that belong to a place in an operation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Items {
    /// What they are called in the code of the old document and of the new one.
    names: [Names; 2],
    /// The ergonomic crate wraps this operation.
    is_wrapped: bool,
    /// Constants are generated for the fields of the request itself.
    has_constants: bool,
    /// The field is an `Option` whether the value may be null or not.
    is_optional: bool,
}

/// What generated items are called.
#[derive(Debug, Clone, Default)]
struct Names {
    /// The method, and the module with the constants.
    operation: String,
    /// The struct that the place is a field of.
    owner: Option<String>,
    field: Option<String>,
    /// The type of the place itself.
    type_name: String,
}

impl Items {
    /// The items of an operation that both documents have, or the one that has it twice.
    pub(crate) fn of(old: &Operation, new: &Operation) -> Self {
        let is_wrapped = |path: &String| new.method == "post" && path.ends_with(WRAPPED_PATH);
        Self {
            names: [Names::of(old), Names::of(new)],
            is_wrapped: new.paths.iter().any(is_wrapped),
            ..Self::default()
        }
    }

    /// The items of a body of the operation, whose schema has a name or not.
    pub(crate) fn body(&self, is_response: bool, type_names: Both<'_>) -> Self {
        let suffix = if is_response { "Response" } else { "Body" };
        Self {
            names: self.each(type_names, |names, type_name| Names {
                type_name: type_name.map_or_else(|| format!("{}{suffix}", pascal(&names.operation)), pascal),
                ..names.clone()
            }),
            has_constants: !is_response,
            ..self.clone()
        }
    }

    /// The items of a field of the struct that these are the items of.
    pub(crate) fn field(&self, name: &str, type_names: Both<'_>, is_optional: bool) -> Self {
        let is_field_of_body = self.names.iter().all(|names| names.owner.is_none());
        Self {
            names: self.each(type_names, |names, type_name| Names {
                owner: Some(names.type_name.clone()),
                field: Some(field_name(name)),
                type_name: type_name.map_or_else(|| format!("{}{}", names.type_name, pascal(name)), pascal),
                operation: names.operation.clone(),
            }),
            has_constants: self.has_constants && is_field_of_body,
            is_optional,
            ..self.clone()
        }
    }

    /// The items of a part, such as the items of a list, that has no field of its own.
    pub(crate) fn part(&self, suffix: &str, type_names: Both<'_>) -> Self {
        Self {
            names: self.each(type_names, |names, type_name| Names {
                type_name: type_name.map_or_else(|| format!("{}{suffix}", names.type_name), pascal),
                ..names.clone()
            }),
            has_constants: false,
            is_optional: false,
            ..self.clone()
        }
    }

    fn each(&self, of: Both<'_>, make: impl Fn(&Names, Option<&str>) -> Names) -> [Names; 2] {
        let ([old, new], [of_old, of_new]) = (&self.names, of);
        [make(old, of_old), make(new, of_new)]
    }

    /// What a change that `touches` an item here does. What is new is called as in the new document, everything else
    /// as those know it who have written code for the old one.
    pub(crate) fn effect(&self, touches: Touches, id: &str, old: &Value, new: &Value) -> RustEffect {
        let [before, after] = &self.names;
        let (item, effect, api, ergonomic) = match touches {
            Touches::Type if self.is_optional && id.ends_with("nullable") => nothing(Bump::None),
            Touches::Nothing => nothing(Bump::Patch),
            Touches::Docs => nothing(Bump::None),
            Touches::Field | Touches::Type => (
                before.field_or_type(),
                Effect::ChangesType,
                Bump::Major,
                Bump::Major,
            ),
            Touches::FieldNew => (after.field_or_type(), Effect::Appears, Bump::Major, Bump::Minor),
            Touches::FieldGone => (
                before.field_or_type(),
                Effect::Disappears,
                Bump::Major,
                Bump::Major,
            ),
            Touches::TypeNew => (after.own_type(), Effect::Appears, Bump::Minor, Bump::Patch),
            Touches::TypeGone => (before.own_type(), Effect::Disappears, Bump::Major, Bump::Patch),
            Touches::VariantNew => (after.variant(new), Effect::Appears, Bump::Major, Bump::Minor),
            Touches::VariantGone => (before.variant(old), Effect::Disappears, Bump::Major, Bump::Major),
            Touches::Constant => self.constant(id, old, new),
            Touches::Method => (before.method(), Effect::ChangesType, Bump::Major, Bump::Major),
            Touches::MethodNew => (after.method(), Effect::Appears, Bump::Minor, Bump::Minor),
            Touches::MethodGone => (before.method(), Effect::Disappears, Bump::Major, Bump::Major),
            // The ergonomic crate has a name of its own for what it calls.
            Touches::MethodName => (before.method(), Effect::Disappears, Bump::Major, Bump::Patch),
            Touches::Code => (
                before.method(),
                Effect::ChangesBehaviour,
                Bump::Patch,
                Bump::Patch,
            ),
            Touches::Auth => (
                Some("Client".to_owned()),
                Effect::ChangesBehaviour,
                Bump::Patch,
                Bump::Major,
            ),
        };
        let ergonomic = if self.is_wrapped { ergonomic } else { Bump::None };
        RustEffect {
            item,
            effect,
            api,
            ergonomic,
        }
    }

    fn constant(&self, id: &str, old: &Value, new: &Value) -> (Option<String>, Effect, Bump, Bump) {
        let [before, after] = &self.names;
        let item = |names: &Names| {
            let field = names.field.as_ref()?;
            Some(format!("{}::{field}::{}", names.operation, constant_name(id)))
        };
        if !self.has_constants || before.field.is_none() {
            return nothing(Bump::Patch);
        }
        match (old, new) {
            (Value::Null, _) => (item(after), Effect::Appears, Bump::Minor, Bump::Patch),
            (_, Value::Null) => (item(before), Effect::Disappears, Bump::Major, Bump::Patch),
            _ => (item(before), Effect::ChangesValue, Bump::Patch, Bump::Patch),
        }
    }
}

impl Names {
    fn of(operation: &Operation) -> Self {
        let name = snake(operation.id.as_deref().unwrap_or(&operation.name));
        Self {
            type_name: pascal(&name),
            operation: name,
            ..Self::default()
        }
    }

    fn method(&self) -> Option<String> {
        Some(format!("Client::{}", self.operation))
    }

    fn own_type(&self) -> Option<String> {
        Some(format!("types::{}", self.type_name))
    }

    fn field_or_type(&self) -> Option<String> {
        match (&self.owner, &self.field) {
            (Some(owner), Some(field)) => Some(format!("types::{owner}::{field}")),
            _ => self.own_type(),
        }
    }

    fn variant(&self, value: &Value) -> Option<String> {
        Some(format!("types::{}::{}", self.type_name, pascal(value.as_str()?)))
    }
}

fn nothing(bump: Bump) -> (Option<String>, Effect, Bump, Bump) {
    (None, Effect::None, bump, bump)
}

/// The constant that holds what a change with this id is about.
fn constant_name(id: &str) -> String {
    let (about, _) = id.rsplit_once('-').unwrap_or((id, ""));
    match about {
        "default-value" => "DEFAULT".to_owned(),
        "max" => "MAXIMUM".to_owned(),
        "min" => "MINIMUM".to_owned(),
        "exclusive-max" => "EXCLUSIVE_MAXIMUM".to_owned(),
        "exclusive-min" => "EXCLUSIVE_MINIMUM".to_owned(),
        _ => about.replace('-', "_").to_ascii_uppercase(),
    }
}

/// A name as generated types bear it: `room.self.audio_mute` is `RoomSelfAudioMute`.
pub(crate) fn pascal(name: &str) -> String {
    let words = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words
        .map(|word| {
            let (first, rest) = word.split_at(1);
            format!("{}{rest}", first.to_ascii_uppercase())
        })
        .collect()
}

/// A name as a field: a word that Rust keeps for itself gets an underscore.
fn field_name(name: &str) -> String {
    let name = snake(name);
    let is_keyword = matches!(
        name.as_str(),
        "type" | "ref" | "match" | "use" | "in" | "self" | "where" | "move" | "mod"
    );
    if is_keyword { format!("{name}_") } else { name }
}

/// A name as generated fields and methods bear it: `createRoom` is `create_room`.
pub(crate) fn snake(name: &str) -> String {
    let mut snake = String::new();
    let mut after_lower = false;
    for c in name.chars() {
        if c.is_ascii_uppercase() && after_lower {
            snake.push('_');
        }
        after_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
        snake.push(if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        });
    }
    snake
}
