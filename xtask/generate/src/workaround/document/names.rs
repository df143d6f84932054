//! Renames items whose names progenitor and typify would map to the same identifier.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use heck::{ToPascalCase as _, ToSnakeCase as _};
use serde_json::{Map, Value, json};
use xtask_openapi::grammar::{Kind, METHODS};
use xtask_openapi::walk::{change, rename_references, resolve, visit};
use xtask_openapi::{Fields as _, pointer};

/// The extension that maps new property and parameter names to the original names.
pub(crate) const WIRE_NAMES: &str = "x-wire-names";

/// The JSON pointer to the component schemas.
const SCHEMAS: &str = "/components/schemas";

/// The methods and fields that progenitor's builders have for every operation.
const BUILDER: [&str; 4] = ["body", "client", "new", "send"];

/// The field in which typify stores additional properties.
const EXTRA: &str = "extra";

/// Renames component schemas whose types would have duplicate names or would shadow the trait `Default`.
pub(super) fn rename_types(document: &mut Value) -> usize {
    let mut taken = HashSet::from(["Default".to_owned()]);
    rename_schemas(document, |ty| !taken.insert(ty.to_owned()))
}

/// Renames the component schemas whose types have one of the given names. Returns the number of renamed schemas.
pub(crate) fn rename_types_called(document: &mut Value, types: &BTreeSet<String>) -> usize {
    rename_schemas(document, |ty| types.contains(ty))
}

/// Renames the component schemas whose types have clashing names.
fn rename_schemas(document: &mut Value, mut is_clashing: impl FnMut(&str) -> bool) -> usize {
    let mut taken: HashSet<String> = types(document).map(|(_, ty)| ty).collect();
    let mut renames = BTreeMap::new();
    for (name, _) in types(document).filter(|(_, ty)| is_clashing(ty)) {
        let new_name = numbered(name, |candidate| taken.insert(candidate.to_pascal_case()));
        renames.insert(name.clone(), new_name);
    }
    if let Some(Value::Object(schemas)) = document.pointer_mut(SCHEMAS) {
        rename_keys(schemas, &renames);
    }
    let reference = |name: &String| pointer::component("schemas", name);
    let references = renames.iter().map(|(old, new)| (reference(old), reference(new)));
    rename_references(document, &references.collect());
    renames.len()
}

/// Returns the names of the component schemas and of their types.
fn types(document: &Value) -> impl Iterator<Item = (&String, String)> {
    let schemas = document.components("schemas");
    schemas.map(|(name, _)| (name, name.to_pascal_case()))
}

/// Renames the keys of an object and keeps their order.
pub(super) fn rename_keys(object: &mut Map<String, Value>, renames: &BTreeMap<String, String>) {
    let new_name = |name| renames.get(&name).cloned().unwrap_or(name);
    let renamed = std::mem::take(object).into_iter();
    *object = renamed.map(|(name, value)| (new_name(name), value)).collect();
}

/// Moves the `oneOf`, `anyOf` or `allOf` of a nullable component schema into a separate, non-nullable component schema.
/// Otherwise, typify would give both types the same name.
pub(super) fn split_nullable_unions(document: &mut Value) -> usize {
    let Some(Value::Object(schemas)) = document.pointer_mut(SCHEMAS) else {
        return 0;
    };
    // A single reference doesn't need this, because the referenced schema already has its own name.
    let is_reference = |parts: &[Value]| matches!(parts, [part] if part.get("$ref").is_some());
    let is_nullable_union = |schema: &Value| {
        let has = |keyword| schema.get(keyword).is_some();
        let has_parts = has("allOf") && !is_reference(schema.items("allOf"));
        schema.is_true("nullable") && (has("oneOf") || has("anyOf") || has_parts)
    };
    let mut taken: HashSet<String> = schemas.keys().map(|name| name.to_pascal_case()).collect();
    let unions = schemas.iter_mut().filter(|(_, schema)| is_nullable_union(schema));
    let mut split = Vec::new();
    for (name, schema) in unions {
        let mut inner_name = format!("NonNull{}", name.to_pascal_case());
        if !taken.insert(inner_name.clone()) {
            inner_name = numbered(&inner_name, |candidate| taken.insert(candidate.to_pascal_case()));
        }
        let reference = json!({ "$ref": pointer::component("schemas", &inner_name) });
        let mut inner = std::mem::replace(schema, json!({ "nullable": true, "allOf": [reference] }));
        if let Value::Object(inner) = &mut inner {
            inner.shift_remove("nullable");
        }
        split.push((inner_name, inner));
    }
    let count = split.len();
    schemas.extend(split);
    count
}

/// Renames properties whose fields would have duplicate names.
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
    rename_keys(properties, &renames);
    let required = schema.get_mut("required").and_then(Value::as_array_mut);
    for name in required.into_iter().flatten() {
        if let Some(new) = name.as_str().and_then(|name| renames.get(name)) {
            *name = json!(new);
        }
    }
    wire_names.extend(renames.into_iter().map(|(old, new)| (new, old)));
    true
}

/// Renames query and header parameters whose setters would clash with each other or with other methods.
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

/// The name and location that identify a parameter.
type Key = (String, String);

struct Renaming<'a> {
    whole: &'a Value,
    known: HashSet<String>,
    wire_names: BTreeMap<String, String>,
}

impl Renaming<'_> {
    /// Returns the setters for path parameters, which can't be renamed.
    fn fixed(&self, owner: &Map<String, Value>) -> HashSet<String> {
        let parameters = owner.items("parameters").iter();
        let keys = parameters.filter_map(|parameter| self.key(parameter));
        keys.filter(|(_, place)| place == "path")
            .map(|(name, _)| field(&name))
            .collect()
    }

    fn key(&self, parameter: &Value) -> Option<Key> {
        let parameter = resolve(self.whole, parameter)?;
        Some((
            parameter.text("name")?.to_owned(),
            parameter.text("in")?.to_owned(),
        ))
    }

    /// Renames the parameters of a path item or operation. `seen` contains the new names of the path item's parameters.
    /// An operation parameter with the same key overrides the path item's parameter, so it gets the same new name.
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

/// Appends a space and the lowest number that makes the name acceptable.
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

/// Returns the names of all properties and parameters. New names must not match any of them.
fn known_names(document: &Value) -> HashSet<String> {
    let mut names = HashSet::new();
    visit(document, &mut |place| match place.kind {
        Kind::Schema => names.extend(place.fields.members("properties").map(|(name, _)| name.clone())),
        Kind::Parameter => names.extend(place.fields.text("name").map(str::to_owned)),
        _ => {}
    });
    names
}

/// Adds the original names of properties or parameters to [`WIRE_NAMES`], by new name.
fn note_wire_names(document: &mut Value, names: BTreeMap<String, String>) {
    let Some(root) = document.as_object_mut().filter(|_| !names.is_empty()) else {
        return;
    };
    if let Value::Object(noted) = root.entry(WIRE_NAMES).or_insert_with(|| json!({})) {
        noted.extend(names.into_iter().map(|(new, old)| (new, Value::String(old))));
    }
}
