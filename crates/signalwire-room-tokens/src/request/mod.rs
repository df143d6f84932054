//! The request for a room token, its validation and its lints.

mod lint;
mod room_name;
mod serde_form;
mod setters;
mod time;
pub(crate) mod validate;

use std::borrow::Cow;
use std::time::Duration;

use chrono::TimeDelta;
use serde::de::DeserializeOwned;
use signalwire_room_tokens_api::types;

pub use self::lint::{Lint, LintId, ParseLintIdError};
pub use self::room_name::RoomName;
pub(crate) use self::setters::request_setters;
pub use self::time::{ParseTimestampError, Timestamp};
pub use self::validate::{Rule, Violation};

use crate::generated::body;
pub(crate) use crate::generated::choices::*;
use crate::permission::Permission;

/// A request for a room token: a plain value that can be stored, cloned and reused for many users.
///
/// Setters have the same names as the API's fields. An unset field is not sent, so SignalWire's default applies; see
/// [`defaults`](crate::defaults).
///
/// ```
/// use std::time::Duration;
/// use signalwire_room_tokens::{PermissionSet, RoomTokenRequest};
///
/// let class = RoomTokenRequest::new("math-101")
///     .permissions(PermissionSet::PARTICIPANT)
///     .valid_for(Duration::from_secs(2 * 60 * 60));
///
/// let [ada, emmy] = ["Ada", "Emmy"].map(|name| class.clone().user_name(name));
/// assert!(ada.validate().is_ok());
/// assert_ne!(ada, emmy);
/// ```
///
/// # Serde
///
/// A request can be deserialized, for example from a configuration file. It accepts the API's fields, as well as
/// `valid_for` and `remove_after` in whole seconds. Times are strings in the format of [`Timestamp`]. Unrecognized
/// fields are kept and sent, as if set with [`extra`](Self::extra).
///
/// ```
/// use std::time::Duration;
/// use signalwire_room_tokens::RoomTokenRequest;
///
/// let class: RoomTokenRequest = serde_json::from_str(
///     r#"{ "room_name": "math-101", "valid_for": 5400, "join_audio_muted": true }"#,
/// )?;
/// let same = RoomTokenRequest::new("math-101")
///     .valid_for(Duration::from_secs(90 * 60))
///     .join_audio_muted(true);
/// assert_eq!(class, same);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// A request is serialized as the request body that would be sent at that time, so `valid_for` becomes a fixed
/// `join_until`. To store a template with a lifetime relative to the creation of each token, write the format above.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is sent"]
pub struct RoomTokenRequest {
    pub(crate) body: types::CreateRoomTokenRequest,
    pub(crate) valid_for: Option<Duration>,
    // Violations for values that a setter could not store. `validate` reports them.
    unusable: Vec<Violation>,
}

/// The setters that take a duration, each with the API field that it sets.
const DURATION_SETTERS: [(&str, &str); 2] = [
    ("valid_for", "join_until"),
    ("remove_after", "remove_after_seconds_elapsed"),
];

/// The period in which participants can join.
#[derive(Clone, Copy)]
struct Window {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl RoomTokenRequest {
    /// Creates a request for a token for the given room, with all other fields unset.
    ///
    /// The name is not checked until [`validate`](Self::validate). Use [`RoomName`] to check it earlier.
    pub fn new(room_name: impl Into<String>) -> Self {
        Self::of(body::new(room_name.into()))
    }

    fn of(body: types::CreateRoomTokenRequest) -> Self {
        Self {
            body,
            valid_for: None,
            unusable: Vec::new(),
        }
    }

    request_setters!();

    fn request_mut(&mut self) -> &mut Self {
        self
    }

    /// Checks the request against all limits that SignalWire documents for the API.
    ///
    /// Lengths are in characters. Permission names are not checked: the variants of [`Permission`] are valid, and other
    /// names are sent unchanged.
    ///
    /// These rules differ slightly from the published JSON Schema. The schema does not limit the length of metadata or
    /// the order of `join_from` and `join_until`, and it rejects dates without a time and times with second 60. It also
    /// rejects unknown permission names and the fields of [`extra`](Self::extra), which may be newer than the schema.
    ///
    /// ```
    /// use signalwire_room_tokens::{RoomTokenRequest, Rule};
    ///
    /// let request = RoomTokenRequest::new("stand up")
    ///     .remove_after_seconds_elapsed(0);
    /// let violations = request.validate().unwrap_err();
    ///
    /// assert_eq!(violations.len(), 2);
    /// assert_eq!(violations[0].field(), "room_name");
    /// assert_eq!(violations[1].rule(), Rule::Range);
    /// ```
    ///
    /// # Errors
    ///
    /// Returns all violations, not only the first one, if the request is invalid.
    pub fn validate(&self) -> Result<(), Vec<Violation>> {
        let violations = validate::violations(self);
        if violations.is_empty() {
            Ok(())
        } else {
            Err(violations)
        }
    }

    /// Returns warnings about valid but risky settings, such as a token that never expires.
    ///
    /// ```
    /// use signalwire_room_tokens::{LintId, RoomTokenRequest};
    ///
    /// let lints = RoomTokenRequest::new("standup").lint();
    /// assert_eq!(lints.len(), 1);
    /// assert_eq!(lints[0].id(), LintId::NoJoinUntil);
    /// ```
    #[must_use]
    pub fn lint(&self) -> Vec<Lint> {
        lint::lints(self, Timestamp::now())
    }

    /// Returns the violations that prevent sending even without validation, because a value could not be stored.
    pub(crate) fn unusable(&self) -> &[Violation] {
        &self.unusable
    }

    /// Returns the requested permissions, in order.
    pub(crate) fn asked_permissions(&self) -> Option<Vec<Permission>> {
        self.body
            .permissions
            .as_ref()
            .map(|items| items.iter().map(Permission::from_item).collect())
    }

    /// Returns the request body, with `join_until` computed from `valid_for` if that is set.
    pub(crate) fn body_at(&self, now: impl FnOnce() -> Timestamp) -> Cow<'_, types::CreateRoomTokenRequest> {
        match self.valid_for {
            None => Cow::Borrowed(&self.body),
            Some(_) => {
                let mut body = self.body.clone();
                body.join_until = self.window(now).until.map(Timestamp::to_datetime);
                Cow::Owned(body)
            }
        }
    }

    /// Returns the join window. `now` is only called if the result depends on it.
    fn window(&self, now: impl FnOnce() -> Timestamp) -> Window {
        let from = self.body.join_from.map(Timestamp::from);
        let until = match self.valid_for {
            Some(duration) => Some(later(from.unwrap_or_else(now), duration)),
            None => self.body.join_until.map(Timestamp::from),
        };
        Window { from, until }
    }

    /// Replaces `valid_for` with a fixed `join_until`.
    pub(crate) fn fixed_at(mut self, now: impl FnOnce() -> Timestamp) -> Self {
        self.body.join_until = self.window(now).until.map(Timestamp::to_datetime);
        self.valid_for = None;
        self
    }

    fn removal(&self) -> Option<Timestamp> {
        self.body.remove_at.map(Timestamp::from)
    }

    /// Returns the body for the setter of a field. Setting `join_until` clears `valid_for`.
    pub(crate) fn body_for(&mut self, field: &'static str) -> &mut types::CreateRoomTokenRequest {
        if field == "join_until" {
            self.valid_for = None;
        }
        &mut self.body
    }

    /// Converts a value to the JSON type of a field. Records a violation and returns `None` if this fails.
    pub(crate) fn json_value<T: DeserializeOwned>(
        &mut self,
        field: &'static str,
        value: impl serde::Serialize,
        is_object: bool,
    ) -> Option<T> {
        // Keep the violation about passing this field to `extra`, which is a separate mistake.
        self.unusable
            .retain(|violation| violation.field() != field || violation.rule() == Rule::KnownField);
        let value = serde_json::to_value(value).and_then(T::deserialize).ok();
        if value.is_none() {
            self.unusable.push(validate::wrong_json(field, is_object));
        }
        value
    }

    pub(crate) fn set_extra(&mut self, field: String, value: impl serde::Serialize) {
        let shown = validate::shown(&field);
        self.unusable.retain(|violation| violation.field() != shown);
        let Ok(value) = serde_json::to_value(value) else {
            self.unusable.push(validate::not_json(&field));
            return;
        };
        match validate::extra(&field, &value) {
            Some(violation) => self.unusable.push(violation),
            None => drop(self.body.extra.insert(field, value)),
        }
    }
}

/// Adds a duration to a time. Returns the latest representable time on overflow.
fn later(time: Timestamp, duration: Duration) -> Timestamp {
    let last = chrono::DateTime::<chrono::Utc>::MAX_UTC;
    TimeDelta::from_std(duration)
        .ok()
        .and_then(|delta| time.to_datetime().checked_add_signed(delta))
        .unwrap_or(last)
        .into()
}
