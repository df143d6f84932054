//! An example to copy: the service with which an application hands out room tokens to its own users.
//!
//! A browser signs in, asks `POST /rooms/{room}/tokens`, and gets a token for a room that its user belongs to, with
//! no more permissions than the user's role there allows. SignalWire's credentials never leave the service.
//!
//! | file | subject | in an application of your own |
//! |---|---|---|
//! | `directory` | who may enter which room, in which role | your database |
//! | `sessions` | who is signed in | your sessions |
//! | `sign_in` | a demonstration that checks nobody | **your sign-in** |
//! | `roles` | what each role may do | your roles |
//! | `tokens` | the one thing that this is about | keep |
//! | `problem` | what the browser is told, and what is logged | keep |
//! | `rate_limit`, `headers`, `serve`, `upstream` | what every service needs | keep |
//! | `settings` | the environment | keep what you need |
//! | `page`, and the folder `web` | a page that joins the room | a beginning |

mod app;
mod directory;
mod headers;
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
pub use roles::Role;
pub use router::router;
pub use serve::serve;
pub use settings::Settings;
pub use upstream::Upstream;
