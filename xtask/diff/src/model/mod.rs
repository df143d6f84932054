//! A common model for OpenAPI 3.0 and 3.1. It consists of operations whose schemas are nodes in a graph, with all
//! references resolved and all keywords in JSON Schema 2020-12 form.

mod canonical;
mod content;
mod contract;
mod facts;
mod graph;
mod normalize;
mod reader;
mod value;

pub(crate) use content::{MediaType, Message, TextValue, is_success};
pub(crate) use contract::{Called, Contract, Parameter, Requirement, Server, read_webhooks};
pub(crate) use facts::{Rest, rest};
pub(crate) use graph::{Graph, Schema, SchemaId, UNIONS, common_types};
pub(crate) use reader::{DocumentReader, SUBTYPES};
pub(crate) use value::{Fields, normalized, order, without_order};
