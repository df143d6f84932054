//! Compile-time checks of API guarantees.

use std::error::Error as StdError;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use signalwire_room_tokens::{
    ApiError, Call, ClaimsError, Clamped, Client, ClientBuilder, CreateMany, Error, ErrorKind, JoinAs, Lint,
    LintId, MediaAllowed, Mismatch, ParseKindError, ParseLintIdError, ParsePermissionError, ParseSpaceError,
    ParseTimestampError, Permission, PermissionSet, RoomName, RoomToken, RoomTokenRequest, Rule, Scope,
    Space, Timestamp, TokenHeader, UnknownPermission, UnverifiedClaims, Violation,
};
use static_assertions::{assert_impl_all, const_assert};

type Requests = std::vec::IntoIter<RoomTokenRequest>;

// Errors are small enough to return by value.
const_assert!(size_of::<Error>() <= 64);
const_assert!(size_of::<Result<RoomToken, Error>>() <= 64);

macro_rules! assert_plain {
    ($($type:ty),+ $(,)?) => { $(assert_impl_all!($type: Debug, Send, Sync, Unpin);)+ };
}

macro_rules! assert_error {
    ($($type:ty),+ $(,)?) => { $(assert_impl_all!($type: StdError, Display, Send, Sync);)+ };
}

assert_plain!(
    ApiError,
    Call,
    Clamped,
    Client,
    ClientBuilder,
    CreateMany<Requests>,
    Error,
    ErrorKind,
    JoinAs,
    Lint,
    LintId,
    MediaAllowed,
    Mismatch,
    Permission,
    PermissionSet,
    RoomName,
    RoomToken,
    RoomTokenRequest,
    Rule,
    Scope,
    Space,
    Timestamp,
    TokenHeader,
    UnknownPermission,
    UnverifiedClaims,
    Violation,
);
assert_error!(
    ClaimsError,
    Error,
    ParseKindError,
    ParseLintIdError,
    ParsePermissionError,
    ParseSpaceError,
    ParseTimestampError,
    Violation,
);
assert_impl_all!(Client: Clone);
assert_impl_all!(ClientBuilder: Clone);
assert_impl_all!(RoomTokenRequest: Clone, serde::Serialize, serde::de::DeserializeOwned);
assert_impl_all!(RoomToken: Clone, From<String>);
assert_impl_all!(LintId: FromStr<Err = ParseLintIdError>);

/// Futures must be spawnable and able to outlive the client.
#[tokio::test]
async fn futures_are_send_and_own_what_they_need() {
    fn spawnable<T: Send + 'static>(_: T) {}
    let client = Client::new("s", "p", "t").unwrap();
    spawnable(client.room_token("r"));
    spawnable(client.room_token("r").create());
    spawnable(client.create_many([RoomTokenRequest::new("r")]).stream());
    spawnable(client.create_many([RoomTokenRequest::new("r")]).collect());
}
