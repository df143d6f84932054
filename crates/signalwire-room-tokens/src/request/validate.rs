//! Validates requests before they are sent.

use super::room_token_request::RoomTokenRequest;
use super::time::Timestamp;
use super::violation::{Rule, Violation};
use crate::generated::rules;

impl RoomTokenRequest {
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
}
