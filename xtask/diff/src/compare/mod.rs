//! Comparison of two documents, operation by operation.

mod brief;
mod called;
mod comparison;
mod context;
mod deprecation;
mod equivalence;
mod info;
mod media_type;
mod message;
mod operation;
mod parameter;
mod record;
mod request;
mod requirements;
mod response;
mod schema;
mod schemes;
mod server;
mod text_value;

pub(crate) use comparison::Comparison;
use context::Context;
pub(crate) use operation::template;
pub(crate) use schemes::Schemes;
