//! The setters of a request: one text for the value and for the calls of both clients.

/// Writes a setter for every field of the API, and those that say the same otherwise, for a type with
/// `fn request_mut(&mut self) -> &mut RoomTokenRequest`.
macro_rules! request_setters {
    () => {
        $crate::generated::setters::field_setters!();

        /// How long people can join with the token: sets `join_until`, counted from `join_from` if that is set, else
        /// from the moment when the token is asked for.
        ///
        /// Counted anew each time the request is sent, so a request can be kept and reused. Replaces
        /// [`join_until`](Self::join_until).
        pub fn valid_for(mut self, duration: std::time::Duration) -> Self {
            let request = self.request_mut();
            request.body.join_until = None;
            request.valid_for = Some(duration);
            self
        }

        /// The participant is removed after so long in the room: sets `remove_after_seconds_elapsed`, rounded up to a
        /// second.
        pub fn remove_after(self, duration: std::time::Duration) -> Self {
            let seconds = duration
                .as_secs()
                .saturating_add(u64::from(duration.subsec_nanos() > 0));
            self.remove_after_seconds_elapsed(i32::try_from(seconds).unwrap_or(i32::MAX))
        }

        /// A field that is newer than this version of the crate.
        ///
        /// Validation rejects fields and setters that this version knows, names of more than 100 characters and values
        /// of more than 10,000 characters of JSON.
        pub fn extra(mut self, field: impl Into<String>, value: impl serde::Serialize) -> Self {
            self.request_mut().set_extra(field.into(), value);
            self
        }
    };
}

pub(crate) use request_setters;
