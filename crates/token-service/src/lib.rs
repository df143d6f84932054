//! An example service that issues room tokens to the users of an application. Copy and adapt it.
//!
//! A browser signs in and sends `POST /rooms/{room}/tokens`. The response has a token for the room if the user is a
//! member of it, with at most the permissions of the user's role in that room. SignalWire's credentials never leave the
//! service.
//!
//! `README.md` describes each file and lists the ones to replace.

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
