//! The setters of a request: one text for the value and for the calls of both clients.

/// Writes a setter for every field of the API, for a type with `fn request_mut(&mut self) -> &mut RoomTokenRequest`.
macro_rules! request_setters {
    () => {
        /// The room's name: 1 to 100 of the characters `A-Z a-z 0-9 _ -`;
        /// [`RoomName::slug`](crate::RoomName::slug) makes one from any text.
        pub fn room_name(mut self, room_name: impl Into<String>) -> Self {
            self.request_mut().body.room_name = room_name.into();
            self
        }

        /// The participant's display name: at most 100 characters.
        ///
        /// Everybody who holds the token can read it. SignalWire's default is a random name.
        pub fn user_name(mut self, user_name: impl Into<String>) -> Self {
            self.request_mut().body.user_name = Some(user_name.into());
            self
        }

        /// What the participant may do.
        ///
        /// Takes a list, which is sent in its own order, or a [`PermissionSet`](crate::PermissionSet). The list
        /// *replaces* SignalWire's default, [`PermissionSet::DEFAULT`](crate::PermissionSet::DEFAULT). An empty list
        /// is sent as one: the participant may do nothing. Whoever joins as audience gets none in any case.
        pub fn permissions(mut self, permissions: impl IntoIterator<Item = $crate::Permission>) -> Self {
            let items = permissions
                .into_iter()
                .map(|permission| permission.to_item())
                .collect();
            self.request_mut().body.permissions = Some(items);
            self
        }

        /// Nobody can join with the token before this instant. To the second.
        pub fn join_from(mut self, time: impl Into<$crate::Timestamp>) -> Self {
            self.request_mut().body.join_from = Some(time.into().to_datetime());
            self
        }

        /// Nobody can join with the token after this instant. To the second; not before `join_from`.
        ///
        /// A date without a time is the start of that day in UTC, so nobody can join on that day. Without
        /// `join_until` the token never expires. Replaces [`valid_for`](Self::valid_for).
        pub fn join_until(mut self, time: impl Into<$crate::Timestamp>) -> Self {
            let request = self.request_mut();
            request.valid_for = None;
            request.body.join_until = Some(time.into().to_datetime());
            self
        }

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

        /// The participant is removed from the room at this instant. To the second.
        pub fn remove_at(mut self, time: impl Into<$crate::Timestamp>) -> Self {
            self.request_mut().body.remove_at = Some(time.into().to_datetime());
            self
        }

        /// The participant is removed after so many seconds in the room: 1 to 200,000.
        pub fn remove_after_seconds_elapsed(mut self, seconds: i32) -> Self {
            self.request_mut().body.remove_after_seconds_elapsed = Some(seconds);
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

        /// Whether the microphone is muted at first. The API's default is `false`.
        pub fn join_audio_muted(mut self, muted: bool) -> Self {
            self.request_mut().body.join_audio_muted = Some(muted);
            self
        }

        /// Whether the camera is off at first. The API's default is `false`.
        pub fn join_video_muted(mut self, muted: bool) -> Self {
            self.request_mut().body.join_video_muted = Some(muted);
            self
        }

        /// Whether joining creates the room if it does not exist. The API's default is `true`.
        pub fn auto_create_room(mut self, create: bool) -> Self {
            self.request_mut().body.auto_create_room = Some(create);
            self
        }

        /// Whether a preview video of the room is made; of effect only if this token creates the room. The API's
        /// default is `false`.
        pub fn enable_room_previews(mut self, enable: bool) -> Self {
            self.request_mut().body.enable_room_previews = Some(enable);
            self
        }

        /// The room's display name: at most 200 characters; of effect only if this token creates the room. The API's
        /// default is the room's name.
        pub fn room_display_name(mut self, name: impl Into<String>) -> Self {
            self.request_mut().body.room_display_name = Some(name.into());
            self
        }

        /// Whether the session ends for all when this participant leaves. The API's default is `false`.
        pub fn end_room_session_on_leave(mut self, end: bool) -> Self {
            self.request_mut().body.end_room_session_on_leave = Some(end);
            self
        }

        /// Whether the participant takes part or only watches. The API's default is
        /// [`JoinAs::Member`](crate::JoinAs::Member).
        pub fn join_as(mut self, join_as: $crate::JoinAs) -> Self {
            self.request_mut().body.join_as = Some(join_as.to_generated());
            self
        }

        /// What the participant may receive. The API's default is [`MediaAllowed::All`](crate::MediaAllowed::All).
        pub fn media_allowed(mut self, media_allowed: $crate::MediaAllowed) -> Self {
            self.request_mut().body.media_allowed = Some(media_allowed.to_generated());
            self
        }

        /// The room's metadata: anything that serializes to a JSON object of at most 2000 characters.
        pub fn room_meta(mut self, meta: impl serde::Serialize) -> Self {
            let request = self.request_mut();
            request.body.room_meta = request.meta_object("room_meta", meta);
            self
        }

        /// The participant's metadata: anything that serializes to a JSON object of at most 2000 characters.
        ///
        /// Everybody who holds the token can read it.
        pub fn meta(mut self, meta: impl serde::Serialize) -> Self {
            let request = self.request_mut();
            request.body.meta = request.meta_object("meta", meta);
            self
        }

        /// Whether audio and video are kept in step by a jitter buffer. The API's default is `false`.
        pub fn sync_audio_video(mut self, sync: bool) -> Self {
            self.request_mut().body.sync_audio_video = Some(sync);
            self
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
