//! The meaning of a change depends on its direction: a request must not become narrower, and a response must not become
//! wider. Each rule is checked in a request and in a response, as a body and as a property.

mod composition;
mod operations;
mod support;
mod values;
