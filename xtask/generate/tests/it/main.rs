//! What is generated from which document, and what is refused.

mod published;
mod support;
