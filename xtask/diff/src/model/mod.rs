//! One model for what OpenAPI 3.0 and 3.1 spell differently: operations whose schemas are nodes of a graph,
//! with references resolved and every keyword in its JSON Schema 2020-12 form.

mod called;
mod canonical;
mod content;
mod graph;
mod keywords;
mod operation;
mod reader;
mod respell;
mod value;
mod whole;

pub(crate) use called::{Called, Calls, read_webhooks};
pub(crate) use content::{Body, MediaType, Response, TextValue, is_success};
pub(crate) use graph::{Graph, Schema, SchemaId};
pub(crate) use operation::{Operation, Parameter, Requirement, Server};
pub(crate) use reader::{Reader, SUBTYPES};
pub(crate) use value::normalised;
