//! The keywords of a Schema Object by what they hold.

/// What a keyword holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// One schema.
    Schema,
    /// A list of schemas.
    Schemas,
    /// Schemas by name.
    NamedSchemas,
    /// Words and illustrations for people.
    Prose,
    /// Nothing that constrains by itself: schemas that are used only where they are referred to.
    Definitions,
    /// A fact: a limit, a set of values, a flag, or a keyword that this table does not know.
    Value,
}

/// What `keyword` holds.
pub(super) fn holds(keyword: &str) -> Holds {
    match keyword {
        "items"
        | "additionalProperties"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "propertyNames"
        | "contains"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contentSchema" => Holds::Schema,
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Holds::Schemas,
        "properties" | "patternProperties" | "dependentSchemas" => Holds::NamedSchemas,
        "title" | "description" | "example" | "examples" | "externalDocs" | "$comment" => Holds::Prose,
        "$defs" | "definitions" => Holds::Definitions,
        _ => Holds::Value,
    }
}

/// Keywords whose absence means the same as this value.
pub(super) fn is_default(keyword: &str, value: &serde_json::Value) -> bool {
    match keyword {
        "readOnly" | "writeOnly" | "deprecated" | "uniqueItems" | "nullable" | "exclusiveMinimum"
        | "exclusiveMaximum" => value.as_bool() == Some(false),
        "minLength" | "minItems" | "minProperties" => value.as_f64() == Some(0.0),
        "minContains" => value.as_f64() == Some(1.0),
        "dependentRequired" => value.as_object().is_some_and(serde_json::Map::is_empty),
        _ => false,
    }
}
