//! Every kind of change, applied to the checked-in facts one at a time. Each test checks the id, severity and location
//! of the change and of the reverse change.

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
