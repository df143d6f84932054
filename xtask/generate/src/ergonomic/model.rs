//! The request model from which the ergonomic crate is generated: fields, limits and enums.

use std::collections::{BTreeSet, HashSet};

use heck::ToPascalCase as _;
use quote::{ToTokens as _, quote};
use serde_json::{Map, Value};
use syn::{Ident, ItemEnum, ItemStruct, Type};
use xtask_openapi::{Error, pointer};

use super::api::{Api, argument_of, last_segment, serde_name};
use crate::constants::{MAX_DEPTH, collect_properties, keyword};
use crate::error::{Errors, Result};
use crate::extensions::{
    API_ERROR, ARGUMENT, CLAIM, HELP, MAX_JSON_LENGTH, PATTERN, PRESETS, REQUIRED_CLAIM, UNIT,
};
use crate::operations::operations;
use crate::prose::ENUM_DESCRIPTIONS;

/// Everything needed to generate the ergonomic crate.
pub(super) struct Model {
    /// The generated type of the request body.
    pub(super) body: Ident,
    /// All fields of the generated type, including those that are not in the document.
    pub(super) body_fields: Vec<(Ident, Type)>,
    pub(super) fields: Vec<Field>,
    /// The enums used by fields, without duplicates.
    pub(super) choices: Vec<Choice>,
    pub(super) permissions: Choice,
    pub(super) presets: Vec<Preset>,
    /// The generated type for permissions in a request.
    pub(super) item: OpenItem,
    /// The properties of the API's error schema and their descriptions.
    pub(super) error_properties: Vec<(String, String)>,
}

/// A request field.
pub(super) struct Field {
    pub(super) pointer: String,
    /// The API's name for the field.
    pub(super) name: String,
    /// The name of the field in the generated type, which is also the name of the setter.
    pub(super) ident: Ident,
    pub(super) is_required: bool,
    pub(super) kind: FieldKind,
    pub(super) description: String,
    pub(super) help: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) default: Option<Value>,
    pub(super) limits: ValueLimits,
    pub(super) claim: Option<Claim>,
}

/// The token claim that contains the value of a field.
pub(super) struct Claim {
    pub(super) name: String,
    /// `true` if the claim is present in every token whose request sets the field.
    pub(super) is_required: bool,
}

/// The kind of a field, which determines the argument of its setter.
pub(super) enum FieldKind {
    Boolean,
    /// An integer of this type.
    Integer(Type),
    /// A floating-point number of this type.
    Number(Type),
    Text,
    Texts,
    Timestamp,
    /// A JSON object with arbitrary members.
    Metadata,
    /// An enum with this name.
    Choice(Ident),
    Permissions,
    /// Any value that serializes to the generated type.
    Json,
}

/// The limits of a field's value.
#[derive(Default)]
pub(super) struct ValueLimits {
    pub(super) min_length: Option<u64>,
    pub(super) max_length: Option<u64>,
    pub(super) pattern: Option<String>,
    pub(super) minimum: Option<Bound>,
    pub(super) maximum: Option<Bound>,
    pub(super) min_items: Option<u64>,
    pub(super) max_items: Option<u64>,
    /// The maximum length as compact JSON, in characters.
    pub(super) max_json_length: Option<u64>,
}

/// A bound of a number.
#[derive(Clone)]
pub(super) struct Bound {
    pub(super) value: serde_json::Number,
    pub(super) is_exclusive: bool,
}

/// A generated enum that holds either a known value or any other string.
pub(super) struct OpenItem {
    pub(super) ident: Ident,
    pub(super) known: Ident,
    pub(super) other: Ident,
}

/// An enum in the ergonomic crate, and the generated low-level enum that it wraps.
#[derive(Clone)]
pub(super) struct Choice {
    pub(super) ident: Ident,
    pub(super) generated: Ident,
    pub(super) description: String,
    pub(super) variants: Vec<Variant>,
}

/// A set of permissions for a common role.
pub(super) struct Preset {
    pub(super) name: String,
    /// The API's names for the permissions.
    pub(super) permissions: Vec<String>,
}

/// An enum value.
#[derive(Clone)]
pub(super) struct Variant {
    pub(super) ident: Ident,
    pub(super) generated: Ident,
    /// The API's name for the value.
    pub(super) name: String,
    pub(super) description: Option<String>,
}

impl Model {
    /// Returns the generated type of a field's value, without `Option`.
    pub(super) fn value_type(&self, field: &Field) -> Option<&Type> {
        let (_, ty) = self.body_fields.iter().find(|(ident, _)| *ident == field.ident)?;
        Some(argument_of(ty, "Option").unwrap_or(ty))
    }

    /// Reads the model from the merged document and the code generated from it. `name` identifies the document in error
    /// messages.
    pub(super) fn read(name: &str, document: &Value, api: &Api<'_>) -> Result<Self> {
        let at = |place: &str, message: &str| Error::at(name, place, message);
        let operations = operations(document);
        let bodies: Vec<&Value> = operations.iter().filter_map(|operation| operation.body).collect();
        let [body] = bodies.as_slice() else {
            let message = "must have exactly one operation with a JSON request body, because the client supports only one";
            return Err(at("/paths", message).into());
        };
        let reference = body.get("$ref").and_then(Value::as_str);
        let Some(schema) = reference.and_then(pointer::of_reference) else {
            let message = "the request body must be a `$ref` to a reusable schema, which provides its name";
            return Err(at("/paths", message).into());
        };
        let of_schema = pointer::tokens(&schema).pop().unwrap_or_default();
        let Some(item) = api.structure(&of_schema) else {
            return Err(at(&schema, "must be an object with properties").into());
        };
        let mut reader = ModelReader {
            name,
            document,
            api,
            required: required(document, body),
            choices: Vec::new(),
            permissions: None,
            presets: Vec::new(),
            item: None,
            wrong: Vec::new(),
        };
        let mut properties = Map::new();
        collect_properties(document, body, &mut properties, MAX_DEPTH);
        let fields = properties
            .iter()
            .filter_map(|(field, property)| {
                let place = pointer::child(&format!("{schema}/properties"), field);
                reader.field(place, field, property, item)
            })
            .collect();
        if reader.permissions.is_none() && reader.wrong.is_empty() {
            let message = format!(
                "must have a property with `{ARGUMENT}: permissions`, which holds the list of permissions"
            );
            reader.wrong.push(at(&schema, &message));
        }
        Errors::none_of(reader.wrong)?;
        let permissions = reader.permissions.zip(reader.item);
        let (permissions, item_type) =
            permissions.ok_or_else(|| at(&schema, "has no list of permissions"))?;
        Ok(Self {
            body: item.ident.clone(),
            body_fields: item
                .fields
                .iter()
                .filter_map(|field| Some((field.ident.clone()?, field.ty.clone())))
                .collect(),
            fields,
            choices: reader.choices,
            permissions,
            presets: reader.presets,
            item: item_type,
            error_properties: error_properties(document),
        })
    }
}

/// Returns the string properties of the API's error schema.
fn error_properties(document: &Value) -> Vec<(String, String)> {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    let mut schemas = schemas.into_iter().flatten().map(|(_, schema)| schema);
    let schema = schemas.find(|schema| schema.get(API_ERROR) == Some(&Value::Bool(true)));
    let mut properties = Map::new();
    if let Some(schema) = schema {
        collect_properties(document, schema, &mut properties, MAX_DEPTH);
    }
    properties
        .iter()
        .filter(|(_, property)| keyword(document, property, "type", MAX_DEPTH) == Some(&"string".into()))
        .map(|(name, property)| {
            let description = keyword(document, property, "description", MAX_DEPTH);
            let description = description.and_then(Value::as_str).unwrap_or_default();
            (name.clone(), description.to_owned())
        })
        .collect()
}

fn required(document: &Value, body: &Value) -> BTreeSet<String> {
    let names = keyword(document, body, "required", MAX_DEPTH).and_then(Value::as_array);
    names
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

struct ModelReader<'a> {
    name: &'a str,
    document: &'a Value,
    api: &'a Api<'a>,
    required: BTreeSet<String>,
    choices: Vec<Choice>,
    permissions: Option<Choice>,
    presets: Vec<Preset>,
    item: Option<OpenItem>,
    wrong: Vec<Error>,
}

impl ModelReader<'_> {
    fn field(&mut self, place: String, name: &str, property: &Value, item: &ItemStruct) -> Option<Field> {
        let found = item.fields.iter().find(|field| {
            let ident = field.ident.as_ref().map(ToString::to_string);
            serde_name(&field.attrs).or(ident).as_deref() == Some(name)
        });
        let Some((ident, ty)) = found.and_then(|field| Some((field.ident.clone()?, &field.ty))) else {
            self.error(&place, "is not in the generated type");
            return None;
        };
        let get = |keyword_name: &str| keyword(self.document, property, keyword_name, MAX_DEPTH);
        let text = |name: &str| get(name).and_then(Value::as_str).map(str::to_owned);
        let argument = text(ARGUMENT);
        let limits = self.limits(property);
        let (description, help, unit) = (text("description"), text(HELP), text(UNIT));
        let claim = |extension: &str, is_required| {
            let name = text(extension)?;
            Some(Claim { name, is_required })
        };
        let claim = claim(REQUIRED_CLAIM, true).or_else(|| claim(CLAIM, false));
        let default = get("default").cloned();
        let kind = self.kind(&place, name, ty, argument.as_deref())?;
        self.check_default(&place, &kind, default.as_ref());
        if let Some(presets) = get(PRESETS).and_then(Value::as_object) {
            self.read_presets(&pointer::child(&place, PRESETS), &kind, presets);
        }
        Some(Field {
            pointer: place,
            name: name.to_owned(),
            ident,
            is_required: self.required.contains(name),
            kind,
            description: description.unwrap_or_default(),
            help,
            unit,
            default,
            limits,
            claim,
        })
    }

    /// Checks that an enum's default is one of its values. A constant is generated from this default.
    fn check_default(&mut self, place: &str, kind: &FieldKind, default: Option<&Value>) {
        let choice = match kind {
            FieldKind::Permissions => self.permissions.as_ref(),
            FieldKind::Choice(ident) => self.choices.iter().find(|choice| choice.ident == *ident),
            _ => None,
        };
        let Some((choice, default)) = choice.zip(default) else {
            return;
        };
        let names = default
            .as_array()
            .map_or(std::slice::from_ref(default), Vec::as_slice);
        if let Some(message) = not_values(choice, names) {
            self.error(&pointer::child(place, "default"), message);
        }
    }

    /// Reads the presets and checks that they contain only known permissions.
    fn read_presets(&mut self, place: &str, kind: &FieldKind, presets: &Map<String, Value>) {
        let permissions = self
            .permissions
            .clone()
            .filter(|_| matches!(kind, FieldKind::Permissions));
        let Some(known) = permissions else {
            self.error(place, format!("requires `{ARGUMENT}: permissions`"));
            return;
        };
        for (name, permissions) in presets {
            let names = permissions.as_array().map_or(&[][..], Vec::as_slice);
            if let Some(message) = not_values(&known, names) {
                self.error(&pointer::child(place, name), message);
            }
            let names = names.iter().filter_map(Value::as_str).map(str::to_owned);
            self.presets.push(Preset {
                name: name.clone(),
                permissions: names.collect(),
            });
        }
    }

    fn error(&mut self, place: &str, message: impl Into<String>) {
        self.wrong.push(Error::at(self.name, place, message));
    }

    /// Determines the kind of a field from its generated type.
    fn kind(&mut self, place: &str, name: &str, ty: &Type, argument: Option<&str>) -> Option<FieldKind> {
        let ty = argument_of(ty, "Option").unwrap_or(ty);
        match argument {
            Some("permissions") => {
                let item = argument_of(ty, "Vec").and_then(|item| self.api.open_choice(item));
                let Some((item, known, other, generated)) = item else {
                    let message = "must be an array whose items are `anyOf` an enum and a string";
                    self.error(place, message);
                    return None;
                };
                self.item = Some(OpenItem {
                    ident: item.clone(),
                    known: known.clone(),
                    other: other.clone(),
                });
                self.permissions = self.choice(place, "Permission", generated);
                return Some(FieldKind::Permissions);
            }
            Some("json") => return Some(FieldKind::Json),
            _ => {}
        }
        if let Some(item) = argument_of(ty, "Vec") {
            let is_text = last_segment(item).is_some_and(|item| item == "String");
            return Some(if is_text {
                FieldKind::Texts
            } else {
                FieldKind::Json
            });
        }
        let last = last_segment(ty)?.to_string();
        Some(match last.as_str() {
            "bool" => FieldKind::Boolean,
            "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" => FieldKind::Integer(ty.clone()),
            "f32" | "f64" => FieldKind::Number(ty.clone()),
            "String" => FieldKind::Text,
            "DateTime" => FieldKind::Timestamp,
            "Map" => FieldKind::Metadata,
            _ => match self.api.choice(ty) {
                Some(generated) => {
                    let choice = self.choice(place, &name.to_pascal_case(), generated)?;
                    let ident = choice.ident.clone();
                    self.choices.push(choice);
                    FieldKind::Choice(ident)
                }
                None => FieldKind::Json,
            },
        })
    }

    fn choice(&mut self, place: &str, ident: &str, generated: &ItemEnum) -> Option<Choice> {
        let Ok(ident) = syn::parse_str::<Ident>(ident) else {
            self.error(place, format!("`{ident}` is not a valid name for a Rust enum"));
            return None;
        };
        let schema = self.api.schema_of(self.document, &generated.ident);
        let descriptions = schema
            .and_then(|schema| schema.get(ENUM_DESCRIPTIONS))
            .and_then(Value::as_object);
        let is_permission = ident == "Permission";
        let variants: Vec<Variant> = generated
            .variants
            .iter()
            .map(|variant| {
                let name = serde_name(&variant.attrs).unwrap_or_else(|| variant.ident.to_string());
                let ours = if is_permission {
                    permission_variant(&name, &variant.ident)
                } else {
                    variant.ident.clone()
                };
                let description = descriptions
                    .and_then(|words| words.get(&name))
                    .and_then(Value::as_str);
                Variant {
                    ident: ours,
                    generated: variant.ident.clone(),
                    description: description.map(str::to_owned),
                    name,
                }
            })
            .collect();
        let mut seen = HashSet::from([syn::parse_quote!(Unknown)]);
        for variant in variants.iter().filter(|_| is_permission) {
            if !seen.insert(variant.ident.clone()) {
                let message = format!(
                    "the variant name of `{}` is already used: `Permission::{}`",
                    variant.name, variant.ident
                );
                self.error(place, message);
            }
        }
        let description = schema
            .and_then(|schema| schema.get("description"))
            .and_then(Value::as_str);
        Some(Choice {
            ident,
            generated: generated.ident.clone(),
            description: description.unwrap_or_default().to_owned(),
            variants,
        })
    }

    fn limits(&mut self, property: &Value) -> ValueLimits {
        let get = |name: &str| keyword(self.document, property, name, MAX_DEPTH);
        let count = |name: &str| get(name).and_then(Value::as_u64);
        let bound = |name: &str, exclusive: &str| {
            Some(Bound {
                value: get(name)?.as_number()?.clone(),
                is_exclusive: get(exclusive).and_then(Value::as_bool) == Some(true),
            })
        };
        let is_checked = get(PATTERN).is_none();
        ValueLimits {
            min_length: count("minLength"),
            max_length: count("maxLength"),
            pattern: get("pattern")
                .and_then(Value::as_str)
                .filter(|_| is_checked)
                .map(str::to_owned),
            minimum: bound("minimum", "exclusiveMinimum"),
            maximum: bound("maximum", "exclusiveMaximum"),
            min_items: count("minItems"),
            max_items: count("maxItems"),
            max_json_length: count(MAX_JSON_LENGTH),
        }
    }
}

/// Returns a message if any of the names is not a value of the enum.
fn not_values(choice: &Choice, names: &[Value]) -> Option<String> {
    let is_value = |name: &Value| choice.variants.iter().any(|variant| *name == *variant.name);
    let unknown = names.iter().filter(|name| !is_value(name));
    let unknown: Vec<String> = unknown.map(Value::to_string).collect();
    (!unknown.is_empty()).then(|| format!("{} is not a value of the enum", unknown.join(", ")))
}

/// Returns the variant name for a permission: `SelfXY` for `room.self.x_y`, `MemberX` for `room.member.x`, and the
/// generated name, such as `RoomX`, for anything else.
fn permission_variant(name: &str, generated: &Ident) -> Ident {
    let is_scoped = name.starts_with("room.self.") || name.starts_with("room.member.");
    let ident = generated.to_string();
    match ident.strip_prefix("Room").filter(|_| is_scoped) {
        Some(rest) => Ident::new(rest, generated.span()),
        None => generated.clone(),
    }
}

/// Returns `true` if the type is an `Option`.
pub(super) fn is_optional(ty: &Type) -> bool {
    argument_of(ty, "Option").is_some()
}

/// Returns the path to a generated type as seen from outside its module.
pub(super) fn outside(ty: &Type) -> proc_macro2::TokenStream {
    match ty {
        Type::Path(path) if path.path.segments.len() == 1 && path.path.leading_colon.is_none() => {
            let ident = path.path.segments.last().map(|segment| segment.ident.to_string());
            let is_ours = ident.is_some_and(|ident| ident.starts_with(|c: char| c.is_ascii_uppercase()));
            if is_ours {
                quote!(types::#path)
            } else {
                path.to_token_stream()
            }
        }
        _ => ty.to_token_stream(),
    }
}
