//! Keywords of the Schema Object, classified by content.

/// The content of a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// One schema.
    Schema,
    /// A list of schemas.
    Schemas,
    /// Schemas by name.
    NamedSchemas,
    /// Documentation and examples.
    Prose,
    /// Definitions: schemas without effect unless they are referenced.
    Definitions,
    /// A fact: a limit, a set of values, a flag, or an unrecognized keyword.
    Value,
}

/// Returns the content of a keyword.
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

/// Returns `true` if the value of a keyword is equivalent to omitting the keyword.
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
