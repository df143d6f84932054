//! The setters of a request, shared by [`RoomTokenRequest`](crate::RoomTokenRequest) and the calls of both clients.

/// The setters that take a duration, each with the API field that it sets.
pub(super) const DURATION_SETTERS: [(&str, &str); 2] = [
    ("valid_for", "join_until"),
    ("remove_after", "remove_after_seconds_elapsed"),
];

/// Defines a setter for every API field, as well as `valid_for`, `remove_after` and `extra`. The type must have a
/// method `fn request_mut(&mut self) -> &mut RoomTokenRequest`.
macro_rules! request_setters {
    () => {
        $crate::generated::setters::field_setters!();

        /// Sets the lifetime of the token: the duration from `join_from` to `join_until`. If `join_from` is unset, the
        /// lifetime starts when the request is sent.
        ///
        /// `join_until` is computed each time the request is sent, so the request can be stored and reused. Replaces
        /// [`join_until`](Self::join_until).
        pub fn valid_for(mut self, duration: std::time::Duration) -> Self {
            let request = self.request_mut();
            request.body.join_until = None;
            request.valid_for = Some(duration);
            self
        }

        /// Sets how long the participant may stay in the room before being removed. This sets
        /// `remove_after_seconds_elapsed`, rounded up to whole seconds.
        pub fn remove_after(self, duration: std::time::Duration) -> Self {
            let seconds = duration
                .as_secs()
                .saturating_add(u64::from(duration.subsec_nanos() > 0));
            self.remove_after_seconds_elapsed(i32::try_from(seconds).unwrap_or(i32::MAX))
        }

        /// Sets a field that this version of the crate doesn't support.
        ///
        /// Validation rejects known field and setter names, names of more than 100 characters, and values of more than
        /// 10,000 characters of JSON.
        pub fn extra(mut self, field: impl Into<String>, value: impl serde::Serialize) -> Self {
            self.request_mut().set_extra(field.into(), value);
            self
        }
    };
}

pub(crate) use request_setters;
