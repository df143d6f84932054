//! Schemas: traverses both graphs and compares all parts of each schema.

mod composition;
mod discriminators;
mod enums;
mod limits;
mod members;
mod objects;
mod others;
mod overlap;
mod parts;
mod patterns;
mod ranges;
mod renames;
mod types;
mod walk;
