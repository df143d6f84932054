//! The direction of a change determines whether it breaks clients: requests must not become narrower, and responses
//! must not become wider. Each case is checked in a request and in a response, both as a body and as a property.

mod calls;
mod composition;
mod operations;
mod support;
mod values;
