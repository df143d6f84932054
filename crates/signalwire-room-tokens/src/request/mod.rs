//! What to ask for: the request as a value, its rules and its lints.

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

/// What to ask a room token for: a plain value that can be kept, cloned and reused for many users.
///
/// Setters have the names of the API's fields. An unset field is not sent, so SignalWire's default applies; see
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
/// Deserialized, for example from a configuration file, a request has the API's fields, plus `valid_for` and
/// `remove_after` as whole numbers of seconds. Times are strings, as for [`Timestamp`]. A field that this version does
/// not recognize is kept and sent, as by [`extra`](Self::extra).
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
/// Serialized, it is the request body at that moment: `valid_for` becomes a fixed `join_until`. To keep a template
/// whose lifetime is counted anew for each token, store the form above.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing before it is sent"]
pub struct RoomTokenRequest {
    pub(crate) body: types::CreateRoomTokenRequest,
    pub(crate) valid_for: Option<Duration>,
    // What the setters could not take over; reported by `validate`.
    unusable: Vec<Violation>,
}

/// The setters that take a duration, and the API's field that each sets.
const DURATION_SETTERS: [(&str, &str); 2] = [
    ("valid_for", "join_until"),
    ("remove_after", "remove_after_seconds_elapsed"),
];

/// When somebody may join.
#[derive(Clone, Copy)]
struct Window {
    from: Option<Timestamp>,
    until: Option<Timestamp>,
}

impl RoomTokenRequest {
    /// A request for a token for this room, nothing else set.
    ///
    /// The name is checked by [`validate`](Self::validate); [`RoomName`] checks it at once.
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

    /// Checks the request against everything that the published document and its prose state.
    ///
    /// Lengths are in characters. Permission names are not checked: those of [`Permission`] are typed, others are
    /// sent as they are.
    ///
    /// The published JSON Schema differs in little. It cannot limit the length of metadata or compare the ends of the
    /// window, and does not take dates and second 60 for times. It does refuse what may be newer than the document:
    /// names of permissions, and the fields of [`extra`](Self::extra).
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
    /// Every broken rule, not only the first.
    pub fn validate(&self) -> Result<(), Vec<Violation>> {
        let violations = validate::violations(self);
        if violations.is_empty() {
            Ok(())
        } else {
            Err(violations)
        }
    }

    /// Finds what is legal and yet surprises people, such as a token that never expires.
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

    /// What keeps the request from being sent even if nothing is checked: values that have no JSON form.
    pub(crate) fn unusable(&self) -> &[Violation] {
        &self.unusable
    }

    /// The permissions that are asked for, in order.
    pub(crate) fn asked_permissions(&self) -> Option<Vec<Permission>> {
        self.body
            .permissions
            .as_ref()
            .map(|items| items.iter().map(Permission::from_item).collect())
    }

    /// The body to send, and what of it depends on the time of sending filled in.
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

    /// The clock is looked at only if it matters.
    fn window(&self, now: impl FnOnce() -> Timestamp) -> Window {
        let from = self.body.join_from.map(Timestamp::from);
        let until = match self.valid_for {
            Some(duration) => Some(later(from.unwrap_or_else(now), duration)),
            None => self.body.join_until.map(Timestamp::from),
        };
        Window { from, until }
    }

    /// The request as it stands at this instant: what was counted from the moment of asking is fixed.
    pub(crate) fn fixed_at(mut self, now: impl FnOnce() -> Timestamp) -> Self {
        self.body.join_until = self.window(now).until.map(Timestamp::to_datetime);
        self.valid_for = None;
        self
    }

    fn removal(&self) -> Option<Timestamp> {
        self.body.remove_at.map(Timestamp::from)
    }

    /// The body, for the setter of a field.
    pub(crate) fn body_for(&mut self, field: &'static str) -> &mut types::CreateRoomTokenRequest {
        if field == "join_until" {
            self.valid_for = None;
        }
        &mut self.body
    }

    /// Takes over a value as JSON of the form that the field holds, or notes that it has another.
    pub(crate) fn json_value<T: DeserializeOwned>(
        &mut self,
        field: &'static str,
        value: impl serde::Serialize,
        is_object: bool,
    ) -> Option<T> {
        // That the field was given as an extra as well is another mistake.
        self.unusable
            .retain(|violation| violation.field() != field || violation.rule() == Rule::KnownField);
        let value = serde_json::to_value(value).and_then(T::deserialize).ok();
        if value.is_none() {
            self.unusable.push(validate::unfit(field, is_object));
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

/// An instant later by a duration; the last instant that can be expressed, if that is too far.
fn later(time: Timestamp, duration: Duration) -> Timestamp {
    let last = chrono::DateTime::<chrono::Utc>::MAX_UTC;
    TimeDelta::from_std(duration)
        .ok()
        .and_then(|delta| time.to_datetime().checked_add_signed(delta))
        .unwrap_or(last)
        .into()
}
