//! Makes names distinct that progenitor and typify would map to the same identifier.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use heck::{ToPascalCase as _, ToSnakeCase as _};
use serde_json::{Map, Value, json};
use xtask_openapi::grammar::{Kind, METHODS};
use xtask_openapi::pointer;

use crate::walk::{change, change_object, resolve};

/// The extension that maps new names of properties and parameters to their original names.
pub(crate) const WIRE_NAMES: &str = "x-wire-names";

/// The pointer to component schemas.
const SCHEMAS: &str = "/components/schemas";

/// The methods and fields that progenitor's builders have for every operation.
const BUILDER: [&str; 4] = ["body", "client", "new", "send"];

/// The field in which typify stores additional properties.
const EXTRA: &str = "extra";

/// Renames component schemas whose types would have the same name or would shadow the trait `Default`.
pub(super) fn rename_types(document: &mut Value) -> usize {
    let mut taken = HashSet::from(["Default".to_owned()]);
    let schemas = document.pointer(SCHEMAS).and_then(Value::as_object);
    let names = schemas.into_iter().flat_map(Map::keys);
    let clashing: Vec<String> = names
        .filter(|name| !taken.insert(name.to_pascal_case()))
        .cloned()
        .collect();
    rename_schemas(document, &clashing)
}

/// Renames the component schemas whose types have one of these names. Returns the number of renamed schemas.
pub(crate) fn rename_types_called(document: &mut Value, types: &BTreeSet<String>) -> usize {
    let schemas = document.pointer(SCHEMAS).and_then(Value::as_object);
    let names = schemas.into_iter().flat_map(Map::keys);
    let clashing: Vec<String> = names
        .filter(|name| types.contains(&name.to_pascal_case()))
        .cloned()
        .collect();
    rename_schemas(document, &clashing)
}

fn rename_schemas(document: &mut Value, names: &[String]) -> usize {
    let schemas = document.pointer(SCHEMAS).and_then(Value::as_object);
    let mut taken: HashSet<String> = schemas
        .into_iter()
        .flat_map(Map::keys)
        .map(|name| name.to_pascal_case())
        .collect();
    let mut renames = BTreeMap::new();
    for name in names {
        let new_name = numbered(name, |candidate| taken.insert(candidate.to_pascal_case()));
        renames.insert(name.clone(), new_name);
    }
    if renames.is_empty() {
        return 0;
    }
    if let Some(Value::Object(schemas)) = document.pointer_mut(SCHEMAS) {
        let renamed = std::mem::take(schemas)
            .into_iter()
            .map(|(name, schema)| (renames.get(&name).cloned().unwrap_or(name), schema));
        *schemas = renamed.collect();
    }
    let reference = |name: &String| pointer::component("schemas", name);
    let references: BTreeMap<String, String> = renames
        .iter()
        .map(|(old, new)| (reference(old), reference(new)))
        .collect();
    follow_renames(document, &references);
    renames.len()
}

/// Updates all references in a value.
fn follow_renames(value: &mut Value, references: &BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(target) if name == "$ref" => {
                        if let Some(new) = references.get(target) {
                            target.clone_from(new);
                        }
                    }
                    value => follow_renames(value, references),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| follow_renames(item, references)),
        _ => {}
    }
}

/// Moves the alternatives or parts of a nullable component schema to a separate component schema that is not nullable.
/// typify otherwise gives both types the same name.
pub(super) fn split_nullable_unions(document: &mut Value) -> usize {
    let Some(Value::Object(schemas)) = document.pointer_mut(SCHEMAS) else {
        return 0;
    };
    // A single referenced part already has its own name.
    let is_reference = |parts: &Value| {
        let parts = parts.as_array().map(Vec::as_slice);
        matches!(parts, Some([part]) if part.get("$ref").is_some())
    };
    let is_nullable_union = |schema: &Value| {
        schema.get("nullable") == Some(&Value::Bool(true))
            && (schema.get("oneOf").is_some()
                || schema.get("anyOf").is_some()
                || schema.get("allOf").is_some_and(|parts| !is_reference(parts)))
    };
    let names: Vec<String> = schemas
        .iter()
        .filter(|(_, schema)| is_nullable_union(schema))
        .map(|(name, _)| name.clone())
        .collect();
    for name in &names {
        let mut taken: HashSet<String> = schemas.keys().map(|name| name.to_pascal_case()).collect();
        let mut inner_name = format!("NonNull{}", name.to_pascal_case());
        if !taken.insert(inner_name.clone()) {
            inner_name = numbered(&inner_name, |candidate| taken.insert(candidate.to_pascal_case()));
        }
        let reference = json!({ "$ref": pointer::component("schemas", &inner_name) });
        let outer = json!({ "nullable": true, "allOf": [reference] });
        if let Some(schema) = schemas.get_mut(name) {
            let mut inner = std::mem::replace(schema, outer);
            if let Value::Object(inner) = &mut inner {
                inner.shift_remove("nullable");
            }
            schemas.insert(inner_name, inner);
        }
    }
    names.len()
}

/// Renames properties whose fields would have the same name.
pub(super) fn rename_properties(document: &mut Value) -> usize {
    let mut wire_names = BTreeMap::new();
    let mut known = known_names(document);
    let count = change(document, &mut |kind, schema| {
        kind == Kind::Schema && rename_properties_of(schema, &mut known, &mut wire_names)
    });
    note_wire_names(document, wire_names);
    count
}

fn rename_properties_of(
    schema: &mut Map<String, Value>,
    known: &mut HashSet<String>,
    wire_names: &mut BTreeMap<String, String>,
) -> bool {
    let has_extra = schema
        .get("additionalProperties")
        .is_some_and(|others| *others != Value::Bool(false));
    let Some(Value::Object(properties)) = schema.get_mut("properties") else {
        return false;
    };
    let mut taken: HashSet<String> = has_extra.then(|| EXTRA.to_owned()).into_iter().collect();
    let mut renames = BTreeMap::new();
    for name in properties.keys() {
        if !taken.insert(field(name)) {
            let new = numbered(name, |candidate| {
                !known.contains(candidate) && taken.insert(field(candidate))
            });
            known.insert(new.clone());
            renames.insert(name.clone(), new);
        }
    }
    if renames.is_empty() {
        return false;
    }
    let renamed = std::mem::take(properties)
        .into_iter()
        .map(|(name, schema)| (renames.get(&name).cloned().unwrap_or(name), schema));
    *properties = renamed.collect();
    for name in schema
        .get_mut("required")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        if let Some(new) = name.as_str().and_then(|name| renames.get(name)) {
            *name = json!(new);
        }
    }
    wire_names.extend(renames.into_iter().map(|(old, new)| (new, old)));
    true
}

/// Renames query and header parameters whose setters would clash with each other or with another method.
pub(super) fn rename_parameters(document: &mut Value) -> usize {
    let whole = document.clone();
    let mut renaming = Renaming {
        whole: &whole,
        known: known_names(document),
        wire_names: BTreeMap::new(),
    };
    let items = document.get_mut("paths").and_then(Value::as_object_mut);
    for item in items.into_iter().flat_map(Map::values_mut) {
        let Value::Object(item) = item else { continue };
        let mut of_path = BTreeMap::new();
        let builder = BUILDER.map(str::to_owned);
        let mut taken: HashSet<String> = builder.into_iter().chain(renaming.fixed(item)).collect();
        renaming.rename(item, &mut taken, &mut of_path);
        for (name, operation) in item.iter_mut() {
            if let Value::Object(operation) = operation
                && METHODS.contains(&name.as_str())
            {
                let mut taken = taken.clone();
                taken.extend(renaming.fixed(operation));
                renaming.rename(operation, &mut taken, &mut of_path.clone());
            }
        }
    }
    let wire_names = renaming.wire_names;
    let count = wire_names.len();
    note_wire_names(document, wire_names);
    count
}

/// The name and location of a parameter, which identify it.
type Key = (String, String);

struct Renaming<'a> {
    whole: &'a Value,
    known: HashSet<String>,
    wire_names: BTreeMap<String, String>,
}

impl Renaming<'_> {
    /// Returns the setters of path parameters, which cannot be renamed.
    fn fixed(&self, owner: &Map<String, Value>) -> HashSet<String> {
        let parameters = owner.get("parameters").and_then(Value::as_array);
        let keys = parameters
            .into_iter()
            .flatten()
            .filter_map(|parameter| self.key(parameter));
        keys.filter(|(_, place)| place == "path")
            .map(|(name, _)| field(&name))
            .collect()
    }

    fn key(&self, parameter: &Value) -> Option<Key> {
        let parameter = resolve(self.whole, parameter)?;
        let text = |name: &str| parameter.get(name).and_then(Value::as_str).map(str::to_owned);
        Some((text("name")?, text("in")?))
    }

    /// Renames the parameters of a path item or operation. `seen` contains the new names of the path item's parameters.
    /// An operation parameter with the same key overrides one of them and gets its name.
    fn rename(
        &mut self,
        owner: &mut Map<String, Value>,
        taken: &mut HashSet<String>,
        seen: &mut BTreeMap<Key, String>,
    ) {
        let parameters = owner.get_mut("parameters").and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            let Some(key) = self.key(parameter).filter(|(_, place)| place != "path") else {
                continue;
            };
            let name = match seen.get(&key) {
                Some(name) => name.clone(),
                None if taken.insert(field(&key.0)) => key.0.clone(),
                None => {
                    let known = &mut self.known;
                    let name = numbered(&key.0, |name| !known.contains(name) && taken.insert(field(name)));
                    known.insert(name.clone());
                    self.wire_names.insert(name.clone(), key.0.clone());
                    name
                }
            };
            if name != key.0
                && let Some(Value::Object(resolved)) = resolve(self.whole, parameter)
            {
                let mut renamed = resolved.clone();
                renamed.insert("name".to_owned(), json!(name));
                *parameter = Value::Object(renamed);
            }
            seen.insert(key, name);
        }
    }
}

/// Returns the field or method name that typify and progenitor derive from a name.
fn field(name: &str) -> String {
    match name {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => name
            .replace('\'', "")
            .replace(|c: char| !c.is_alphanumeric(), "-")
            .to_snake_case(),
    }
}

/// Appends a space and the first number that makes the name acceptable.
fn numbered(name: &str, mut is_accepted: impl FnMut(&str) -> bool) -> String {
    let mut number = 2;
    loop {
        let candidate = format!("{name} {number}");
        if is_accepted(&candidate) {
            return candidate;
        }
        number += 1;
    }
}

/// Returns the names of all properties and parameters. New names must differ from them.
fn known_names(document: &mut Value) -> HashSet<String> {
    let mut names = HashSet::new();
    change_object(document, Kind::OpenApi, &mut |kind, object| {
        match kind {
            Kind::Schema => {
                let properties = object.get("properties").and_then(Value::as_object);
                names.extend(properties.into_iter().flat_map(Map::keys).cloned());
            }
            Kind::Parameter => {
                names.extend(object.get("name").and_then(Value::as_str).map(str::to_owned));
            }
            _ => {}
        }
        false
    });
    names
}

fn note_wire_names(document: &mut Value, names: BTreeMap<String, String>) {
    if names.is_empty() {
        return;
    }
    if let Value::Object(root) = document {
        let noted = root.entry(WIRE_NAMES).or_insert_with(|| json!({}));
        if let Value::Object(noted) = noted {
            noted.extend(names.into_iter().map(|(new, old)| (new, Value::String(old))));
        }
    }
}
