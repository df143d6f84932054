//! Schemas: traversal of both graphs and comparison of all parts of a schema.

mod composition;
mod discriminators;
mod enums;
mod limits;
mod members;
mod objects;
mod others;
mod parts;
mod patterns;
mod ranges;
mod renames;
mod types;
mod walk;
