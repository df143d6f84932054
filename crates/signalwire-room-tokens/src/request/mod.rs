//! The request for a room token, its validation and its lints.

mod extra;
mod lint;
mod room_name;
pub(crate) mod room_token_request;
mod serde_form;
mod setters;
pub(crate) mod time;
pub(crate) mod violation;

pub use self::lint::{Lint, LintId, ParseLintIdError};
pub use self::room_name::RoomName;
pub use self::room_token_request::RoomTokenRequest;
pub(crate) use self::setters::request_setters;
pub use self::time::{ParseTimestampError, Timestamp};
pub use self::violation::{Rule, Violation};
