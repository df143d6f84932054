//! Renames items whose names progenitor and typify would map to the same identifier.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use heck::{ToPascalCase as _, ToSnakeCase as _};
use serde_json::{Map, Value, json};
use xtask_openapi::grammar::Kind;
use xtask_openapi::operation::{Operation, operations};
use xtask_openapi::walk::rename_references;
use xtask_openapi::{Fields as _, pointer};

use super::each::change;

/// The extension that maps new property and parameter names to the original names.
pub(crate) const WIRE_NAMES: &str = "x-wire-names";

/// The JSON pointer to the component schemas.
pub(super) const SCHEMAS: &str = "/components/schemas";

/// Names that parameters must not have, because operations use them for methods, fields or variables.
const BUILDER: [&str; 9] = [
    "body",
    "body_map",
    "build_request",
    "client",
    "decode_response",
    "header_map",
    "new",
    "send",
    "with_body",
];

/// The field in which typify stores additional properties.
const EXTRA: &str = "extra";

/// Renames component schemas whose types would have duplicate names or would shadow names that the generated code uses.
pub(super) fn rename_types(document: &mut Value) -> usize {
    let mut taken = HashSet::from(["Default", "Err", "None", "Ok", "Some"].map(str::to_owned));
    rename_schemas(document, |ty| !taken.insert(ty.to_owned()))
}

/// Renames the component schemas whose types have one of the given names. Returns the number of renamed schemas.
pub(crate) fn rename_types_called(document: &mut Value, types: &BTreeSet<String>) -> usize {
    rename_schemas(document, |ty| types.contains(ty))
}

/// Renames the component schemas whose types have clashing names.
fn rename_schemas(document: &mut Value, mut is_clashing: impl FnMut(&str) -> bool) -> usize {
    let mut taken: HashSet<String> = component_types(document).map(|(_, ty)| ty).collect();
    let mut renames = BTreeMap::new();
    for (name, _) in component_types(document).filter(|(_, ty)| is_clashing(ty)) {
        let new_name = numbered(name, |candidate| taken.insert(type_name(candidate)));
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
pub(super) fn component_types(document: &Value) -> impl Iterator<Item = (&String, String)> {
    let schemas = document.components("schemas");
    schemas.map(|(name, _)| (name, type_name(name)))
}

/// Renames the keys of an object and keeps their order.
fn rename_keys(object: &mut Map<String, Value>, renames: &BTreeMap<String, String>) {
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
    let mut taken: HashSet<String> = schemas.keys().map(|name| type_name(name)).collect();
    let unions = schemas.iter_mut().filter(|(_, schema)| is_nullable_union(schema));
    let mut split = Vec::new();
    for (name, schema) in unions {
        let mut inner_name = format!("NonNull{}", type_name(name));
        if !taken.insert(inner_name.clone()) {
            inner_name = numbered(&inner_name, |candidate| taken.insert(type_name(candidate)));
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
    let mut names = WireNames::of(document);
    let count = change(document, Kind::Schema, |schema| {
        let others = schema.get("additionalProperties");
        let has_extra = others.is_some_and(|others| *others != Value::Bool(false));
        let mut taken: HashSet<String> = has_extra.then(|| EXTRA.to_owned()).into_iter().collect();
        // typify adds fields for required properties that have no schema.
        let required = schema.items("required").iter().filter_map(Value::as_str);
        let undeclared = required.filter(|name| {
            schema
                .object("properties")
                .is_none_or(|all| !all.contains_key(*name))
        });
        taken.extend(undeclared.map(field));
        let Some(Value::Object(properties)) = schema.get_mut("properties") else {
            return false;
        };
        let distinct = |name: &String| (name.clone(), names.distinct(name, &mut taken));
        let renames: BTreeMap<_, _> = properties
            .keys()
            .map(distinct)
            .filter(|(old, new)| old != new)
            .collect();
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
        true
    });
    names.note(document);
    count
}

/// Renames query and header parameters whose setters would clash with each other or with other methods.
pub(super) fn rename_parameters(document: &mut Value) -> usize {
    let mut names = WireNames::of(document);
    let named = operations(document).map(|operation| {
        let new_names = distinct_parameters(&operation, &mut names);
        (operation, new_names)
    });
    let named: Vec<_> = named.collect();
    let is_changed = |(operation, new_names): &&(Operation<'_>, Vec<String>)| {
        let old_names = operation.parameters().into_iter();
        !old_names
            .filter_map(|parameter| parameter.text("name"))
            .eq(new_names)
    };
    let changed = named.iter().filter(is_changed);
    let changed: HashSet<String> = changed
        .map(|(operation, _)| operation.path().to_owned())
        .collect();
    // Parameters of a path item may get different new names in each of its operations, so they are moved into the
    // operations.
    let lists = named
        .iter()
        .filter(|(operation, _)| changed.contains(operation.path()));
    let lists: Vec<_> = lists
        .map(|(operation, names)| (operation.pointer(), with_names(operation, names)))
        .collect();
    for (place, parameters) in lists {
        if let Some(Value::Object(operation)) = document.pointer_mut(&place) {
            operation.insert("parameters".to_owned(), Value::Array(parameters));
        }
    }
    for path in changed {
        if let Some(Value::Object(item)) = document.pointer_mut(&pointer::child("/paths", &path)) {
            item.shift_remove("parameters");
        }
    }
    names.note(document)
}

/// Returns all parameters of an operation, renamed to the given names.
fn with_names(operation: &Operation<'_>, names: &[String]) -> Vec<Value> {
    let mut parameters: Vec<Value> = operation.parameters().into_iter().cloned().collect();
    for (parameter, name) in parameters.iter_mut().zip(names) {
        if let Value::Object(parameter) = parameter {
            parameter.insert("name".to_owned(), json!(name));
        }
    }
    parameters
}

/// Returns distinct names for all parameters of an operation. The names of path parameters can't change, because they
/// also occur in the path.
fn distinct_parameters(operation: &Operation<'_>, names: &mut WireNames) -> Vec<String> {
    let parameters = operation.parameters();
    let is_in_path = |parameter: &Value| parameter.text("in") == Some("path");
    let fixed = parameters.iter().filter(|parameter| is_in_path(parameter));
    let fixed = fixed.filter_map(|parameter| parameter.text("name"));
    let mut taken: HashSet<String> = BUILDER.into_iter().chain(fixed).map(field).collect();
    let new_name = |parameter: &Value| {
        let name = parameter.text("name").unwrap_or_default();
        match is_in_path(parameter) {
            true => name.to_owned(),
            false => names.distinct(name, &mut taken),
        }
    };
    parameters.into_iter().map(new_name).collect()
}

/// New names of properties and parameters.
struct WireNames {
    /// All names and strings in the document, including the new names.
    known: HashSet<String>,
    /// The original names, by new name.
    renamed: Map<String, Value>,
}

impl WireNames {
    fn of(document: &Value) -> Self {
        let mut known = HashSet::new();
        for value in pointer::all(document) {
            known.extend(value.as_str().map(str::to_owned));
            known.extend(value.as_object().into_iter().flat_map(Map::keys).cloned());
        }
        Self {
            known,
            renamed: Map::new(),
        }
    }

    /// Returns the name, or a new one if its field name is taken. Adds the field name of the result to `taken`.
    fn distinct(&mut self, name: &str, taken: &mut HashSet<String>) -> String {
        if taken.insert(field(name)) {
            return name.to_owned();
        }
        let is_new = |new: &str| !self.known.contains(new) && taken.insert(field(new));
        let new = numbered(name, is_new);
        self.known.insert(new.clone());
        self.renamed.insert(new.clone(), json!(name));
        new
    }

    /// Adds the original names to [`WIRE_NAMES`] and returns their number.
    fn note(self, document: &mut Value) -> usize {
        let count = self.renamed.len();
        if let Some(root) = document.as_object_mut().filter(|_| count > 0)
            && let Value::Object(noted) = root.entry(WIRE_NAMES).or_insert_with(|| json!({}))
        {
            noted.extend(self.renamed);
        }
        count
    }
}

/// Returns the field or method name that typify and progenitor derive from a name.
pub(crate) fn field(name: &str) -> String {
    identifier(words(name).to_snake_case(), 'x')
}

/// Returns the type or variant name that typify derives from a name.
pub(crate) fn type_name(name: &str) -> String {
    identifier(words(name).to_pascal_case(), 'X')
}

/// Returns the words in a name, separated by hyphens. Apostrophes are removed, and all other characters except letters
/// and digits separate words.
fn words(name: &str) -> String {
    match name {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => name
            .replace('\'', "")
            .replace(|c: char| !c.is_alphanumeric(), "-"),
    }
}

/// Adds the prefix that typify uses for names that start with a digit or are empty.
fn identifier(name: String, prefix: char) -> String {
    if name.starts_with(char::is_alphabetic) {
        name
    } else {
        format!("{prefix}{name}")
    }
}

/// Appends a space and the lowest number that makes the name acceptable.
pub(super) fn numbered(name: &str, mut is_accepted: impl FnMut(&str) -> bool) -> String {
    let mut number = 2;
    loop {
        let candidate = format!("{name} {number}");
        if is_accepted(&candidate) {
            return candidate;
        }
        number += 1;
    }
}
