//! The request for a room token.

use std::borrow::Cow;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use signalwire_room_tokens_api::types;

use super::setters::request_setters;
use super::time::Timestamp;
use super::violation::{Rule, Violation};
use crate::generated::permissions::Permission;
use crate::generated::{body, rules};

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
/// `join_until`. To store a template whose lifetime is relative to the creation of each token, use the format above.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is sent"]
pub struct RoomTokenRequest {
    pub(crate) body: types::CreateRoomTokenRequest,
    pub(crate) valid_for: Option<Duration>,
    /// Violations caused by values that a setter could not store. They prevent sending even if validation is skipped.
    pub(crate) unusable: Vec<Violation>,
}

impl RoomTokenRequest {
    /// Creates a request for a token for the given room, with all other fields unset.
    ///
    /// The name is not checked until [`validate`](Self::validate). Use [`RoomName`](crate::RoomName) to check it
    /// earlier.
    pub fn new(room_name: impl Into<String>) -> Self {
        Self {
            body: body::new(room_name.into()),
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
    /// Lengths are in characters. Permission names are not checked: the variants of [`Permission`](crate::Permission) are
    /// valid, and other names are sent unchanged.
    ///
    /// These rules differ slightly from the published JSON Schema. The schema does not limit the length of metadata or
    /// check the order of `join_from` and `join_until`, and it rejects dates without a time and times with a seconds
    /// value of 60. It also rejects unknown permission names and fields set with [`extra`](Self::extra), which may be
    /// newer than the schema.
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
        let body = self.body_at(Timestamp::now);
        let mut found = self.unusable.clone();
        rules::check(&body, &mut found);
        let window = body.join_from.zip(body.join_until);
        if window.is_some_and(|(from, until)| from > until) {
            let expected = "a time that is not earlier than `join_from`";
            found.push(Violation::new("join_until", Rule::WindowOrder, expected));
        }
        if found.is_empty() { Ok(()) } else { Err(found) }
    }

    /// Returns the requested permissions, in order.
    pub(crate) fn asked_permissions(&self) -> Option<Vec<Permission>> {
        let items = self.body.permissions.as_ref()?;
        Some(items.iter().map(Permission::from_item).collect())
    }

    /// Returns the request body, with `join_until` computed from `valid_for` if that is set.
    pub(crate) fn body_at(&self, now: impl FnOnce() -> Timestamp) -> Cow<'_, types::CreateRoomTokenRequest> {
        match self.valid_for {
            None => Cow::Borrowed(&self.body),
            Some(_) => Cow::Owned(self.clone().fixed_at(now).body),
        }
    }

    /// Replaces `valid_for` with a fixed `join_until`. `now` is called only if the result depends on it.
    pub(crate) fn fixed_at(mut self, now: impl FnOnce() -> Timestamp) -> Self {
        if let Some(lifetime) = self.valid_for.take() {
            let start = self.body.join_from.map_or_else(now, Timestamp::from);
            self.body.join_until = Some(start.saturating_add(lifetime).to_datetime());
        }
        self
    }

    /// Returns the body so that the setter of `field` can modify it. Setting `join_until` clears `valid_for`.
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
        value: impl Serialize,
        is_object: bool,
    ) -> Option<T> {
        // Keep the violation for passing this field to `extra`, because that is a separate mistake.
        self.unusable
            .retain(|violation| violation.field() != field || violation.rule() == Rule::KnownField);
        let value = serde_json::to_value(value).and_then(T::deserialize).ok();
        if value.is_none() {
            let expected = match is_object {
                true => "a value that serializes to a JSON object",
                false => "a value that serializes to the documented JSON type",
            };
            self.unusable.push(Violation::new(field, Rule::Object, expected));
        }
        value
    }
}
