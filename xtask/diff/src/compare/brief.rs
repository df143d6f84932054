//! Short descriptions of schemas, used as values in reports.

use indexmap::IndexMap;

use crate::model::{Graph, MediaType, Schema, SchemaId};

/// Describes a schema by its name, or by its types if it has no name.
pub(super) fn brief(graph: &Graph, id: SchemaId) -> String {
    let schema = graph.get(id);
    match &schema.name {
        _ if schema.is_never => "nothing".to_owned(),
        Some(name) => name.clone(),
        None => type_name(schema),
    }
}

/// Describes the types, such as `string`, `integer/int32`, `integer|string` or `any`.
pub(super) fn type_name(schema: &Schema) -> String {
    let types = match &schema.types {
        None => "any".to_owned(),
        Some(types) => types.iter().map(String::as_str).collect::<Vec<_>>().join("|"),
    };
    match schema.text("format") {
        Some(format) => format!("{types}/{format}"),
        None => types,
    }
}

/// Describes a body by the schema in its first media type, or by the name of that media type if it has no schema.
pub(super) fn brief_body(graph: &Graph, content: &IndexMap<String, MediaType>) -> String {
    match content.first() {
        Some((_, MediaType { schema: Some(id), .. })) => brief(graph, *id),
        Some((name, _)) => name.clone(),
        None => "empty".to_owned(),
    }
}
