//! Errors: what each answer becomes, what is kept of it, and how it reads.

mod answers;
mod api_errors;
mod made;
mod redaction;
mod text;
