//! Every kind of change, made to the checked-in facts one at a time: id, severity, location, and the same for the
//! reverse change.

mod composition;
mod discriminators;
mod limits;
mod nested;
mod operation;
mod patterns;
mod renames;
mod request;
mod response;
mod security;
pub(crate) mod support;
mod types;
mod values;
mod wire;
