//! An example service that issues room tokens to the users of an application. Copy it and adapt it.
//!
//! A browser signs in and then sends `POST /rooms/{room}/tokens`. If the user is a member of the room, the
//! response contains a token for it. The token never grants more permissions than the user's role in that
//! room allows. SignalWire credentials never leave the service.
//!
//! `README.md` describes each file and which ones to replace.

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
