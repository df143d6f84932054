//! An example to copy: the service with which an application hands out room tokens to its own users.
//!
//! A browser signs in, asks `POST /rooms/{room}/tokens`, and gets a token for a room that its user belongs to, with
//! no more permissions than the user's role there allows. SignalWire's credentials never leave the service.
//!
//! `README.md` tells what each file is for, and which of them are yours to replace.

mod app;
mod directory;
mod headers;
mod json;
mod limits;
mod local_only;
mod page;
mod problem;
mod rate_limit;
mod roles;
mod router;
mod serve;
mod sessions;
mod settings;
mod sign_in;
mod tokens;
mod upstream;

pub use app::App;
pub use directory::Directory;
pub use limits::Limits;
pub use roles::Role;
pub use router::router;
pub use serve::serve;
pub use settings::Settings;
pub use upstream::Upstream;
