//! Lints: warnings about valid but risky requests.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use signalwire_room_tokens_api::constants::create_room_token::REQUEST_FIELDS;
use signalwire_room_tokens_api::types::JoinAsType;

use super::room_token_request::RoomTokenRequest;
use super::setters::DURATION_SETTERS;
use super::time::Timestamp;
use crate::named_enum::named_enum;
use crate::permission::{Permission, PermissionSet};
use crate::text::{truncated, visible};

named_enum! {
    /// The identifier of a [`Lint`]. Its name is stable.
    pub enum LintId {
        /// Neither `join_until` nor `valid_for` is set, so the token never expires.
        NoJoinUntil = "no-join-until",
        /// `join_until` or `remove_at` is in the past.
        WindowInPast = "window-in-past",
        /// The join window is empty, because it starts and ends in the same second and times are sent in whole seconds.
        WindowEmpty = "window-empty",
        /// `remove_at` is not after `join_from`.
        RemovedBeforeJoin = "removed-before-join",
        /// The token permits an action, such as muting, but not the action that undoes it. Also reported for
        /// participants who join muted and can't unmute themselves.
        MuteWithoutUnmute = "mute-without-unmute",
        /// The request contains permissions, but SignalWire ignores them because the participant joins as part of the
        /// audience.
        PermissionsWithAudience = "permissions-with-audience",
        /// The permissions replace the default ones and don't include control over the participant's own microphone and
        /// camera.
        MissingSelfPermissions = "missing-self-permissions",
        /// A room setting has no effect, because `auto_create_room` is `false`.
        SettingWithoutEffect = "setting-without-effect",
        /// An unknown permission name is similar to a known one.
        PermissionTypo = "permission-typo",
        /// The name of an unknown field ([`RoomTokenRequest::extra`]) is similar to a known field or a setter of this
        /// crate, or is no longer used by the API.
        FieldTypo = "field-typo",
        /// A permission is listed more than once.
        DuplicatePermission = "duplicate-permission",
    }
}

/// The error returned when parsing a [`LintId`] from an unknown name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseLintIdError;

impl fmt::Display for ParseLintIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = LintId::ALL.iter().map(|id| id.as_str()).collect();
        write!(f, "unknown lint; expected one of {}", names.join(", "))
    }
}

impl std::error::Error for ParseLintIdError {}

impl FromStr for LintId {
    type Err = ParseLintIdError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let mut ids = Self::ALL.iter().copied();
        ids.find(|id| id.as_str() == name).ok_or(ParseLintIdError)
    }
}

/// A warning about a valid but risky request. Returned by [`RoomTokenRequest::lint`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lint {
    id: LintId,
    reason: Cow<'static, str>,
}

impl Lint {
    fn new(id: LintId, reason: impl Into<Cow<'static, str>>) -> Self {
        Self {
            id,
            reason: reason.into(),
        }
    }

    /// Returns the identifier of the lint.
    #[must_use]
    pub fn id(&self) -> LintId {
        self.id
    }

    /// Returns a description of the problem, and a fix if there is an obvious one.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.id, self.reason)
    }
}

impl RoomTokenRequest {
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
        let mut lints = Vec::new();
        let asked = self.asked_permissions();
        let is_audience = self.body.join_as == Some(JoinAsType::Audience);
        times(self, &mut lints);
        match &asked {
            Some(list) if is_audience && !list.is_empty() => {
                let reason =
                    "SignalWire ignores the permissions of a participant who joins as part of the audience";
                lints.push(Lint::new(LintId::PermissionsWithAudience, reason));
            }
            Some(list) if !is_audience => missing_permissions(self, list, &mut lints),
            _ => {}
        }
        names(asked.iter().flatten(), &mut lints);
        without_effect(self, &mut lints);
        lints.extend(self.body.extra.keys().filter_map(|name| field_typo(name)));
        lints
    }
}

fn times(request: &RoomTokenRequest, lints: &mut Vec<Lint>) {
    let now = Timestamp::now();
    let body = request.body_at(|| now);
    let now = now.to_datetime();
    let (from, until, removal) = (body.join_from, body.join_until, body.remove_at);
    if until.is_none() {
        let reason = "without `join_until`, the token never expires; set `valid_for` to limit its lifetime";
        lints.push(Lint::new(LintId::NoJoinUntil, reason));
    }
    for (field, time, cannot) in [("join_until", until, "join"), ("remove_at", removal, "stay in")] {
        if time.is_some_and(|time| time < now) {
            let reason = format!("`{field}` is in the past; nobody can {cannot} the room");
            lints.push(Lint::new(LintId::WindowInPast, reason));
        }
    }
    if until.is_some_and(|until| until.timestamp() == from.unwrap_or(now).timestamp()) {
        let reason = "the join window starts and ends in the same second; nobody can join the room";
        lints.push(Lint::new(LintId::WindowEmpty, reason));
    }
    if removal.is_some_and(|removal| from.is_some_and(|from| removal <= from)) {
        let reason = "`remove_at` is not after `join_from`; nobody can stay in the room";
        lints.push(Lint::new(LintId::RemovedBeforeJoin, reason));
    }
}

/// The four permissions that nearly every application grants to all participants.
const SELF_CONTROL: PermissionSet = PermissionSet::of(&[
    Permission::SelfAudioMute,
    Permission::SelfAudioUnmute,
    Permission::SelfVideoMute,
    Permission::SelfVideoUnmute,
]);

/// Pairs of permissions: one for an action and one for the action that undoes it.
///
/// Permissions over other members are excluded, because moderators are often allowed to mute people but not to unmute
/// them.
const PAIRS: [(Permission, Permission); 6] = [
    (Permission::SelfAudioMute, Permission::SelfAudioUnmute),
    (Permission::SelfVideoMute, Permission::SelfVideoUnmute),
    (Permission::SelfDeaf, Permission::SelfUndeaf),
    (Permission::SelfRaisehand, Permission::SelfLowerhand),
    (Permission::RoomHideVideoMuted, Permission::RoomShowVideoMuted),
    (Permission::RoomLock, Permission::RoomUnlock),
];

/// Reports permissions that are missing from the list of a participant who joins as a member.
fn missing_permissions(request: &RoomTokenRequest, list: &[Permission], lints: &mut Vec<Lint>) {
    use Permission::{SelfAudioUnmute, SelfVideoUnmute};

    let set: PermissionSet = list.iter().collect();
    if !set.is_empty() && set.is_disjoint(&SELF_CONTROL) {
        let reason = "the list replaces the default permissions, so the participant cannot control their own \
                      microphone or camera; add `PermissionSet::DEFAULT`";
        lints.push(Lint::new(LintId::MissingSelfPermissions, reason));
    }
    for (off, on) in PAIRS {
        if set.contains(&off) && !set.contains(&on) {
            let reason = format!("`{off}` is granted without `{on}`; the participant cannot undo it");
            lints.push(Lint::new(LintId::MuteWithoutUnmute, reason));
        }
    }
    let body = &request.body;
    for (field, is_muted, on) in [
        ("join_audio_muted", body.join_audio_muted, SelfAudioUnmute),
        ("join_video_muted", body.join_video_muted, SelfVideoUnmute),
    ] {
        if is_muted == Some(true) && !set.contains(&on) {
            let reason =
                format!("`{field}` is set, but `{on}` is not granted; the participant cannot unmute");
            lints.push(Lint::new(LintId::MuteWithoutUnmute, reason));
        }
    }
}

/// The maximum edit distance of a typo. At a larger distance, the name is more likely a new one.
const TYPO_DISTANCE: usize = 2;

fn is_typo_of(name: &str, known: &str) -> bool {
    // Comparing much longer names would take too long.
    name.len() <= 2 * known.len() && strsim::damerau_levenshtein(name, known) <= TYPO_DISTANCE
}

/// Reports duplicate permissions and unknown ones that are similar to a known one.
fn names<'a>(list: impl Iterator<Item = &'a Permission>, lints: &mut Vec<Lint>) {
    let mut counts = HashMap::new();
    for permission in list {
        let name = || visible(&truncated(permission.as_str(), 100));
        let count = counts.entry(permission).or_insert(0_usize);
        *count += 1;
        if *count == 2 {
            let reason = format!("`{}` is listed more than once", name());
            lints.push(Lint::new(LintId::DuplicatePermission, reason));
        } else if *count == 1
            && !permission.is_known()
            && let Some(nearest) = permission_typo(permission.as_str())
        {
            let reason = format!("unknown permission `{}`; did you mean `{nearest}`?", name());
            lints.push(Lint::new(LintId::PermissionTypo, reason));
        }
    }
}

/// Returns the known permission with a similar name, ignoring case and a missing `room.` prefix.
fn permission_typo(name: &str) -> Option<&'static Permission> {
    let nearest = Permission::nearest(name)?;
    let name = name.trim().to_ascii_lowercase();
    let short = nearest.as_str().strip_prefix("room.").unwrap_or_default();
    (is_typo_of(&name, nearest.as_str()) || is_typo_of(&name, short)).then_some(nearest)
}

/// A field name that the API used until February 2026, and its current name.
const FORMER_NAME: (&str, &str) = ("audio_video_sync", "sync_audio_video");

fn field_typo(name: &str) -> Option<Lint> {
    let setters = DURATION_SETTERS.map(|(setter, _)| setter);
    let mut known = REQUEST_FIELDS.iter().chain(&setters).copied();
    let former = (name == FORMER_NAME.0).then_some(FORMER_NAME.1);
    let meant = former.or_else(|| known.find(|known| is_typo_of(name, known)))?;
    let reason = format!("unknown field `{}`; did you mean `{meant}`?", visible(name));
    Some(Lint::new(LintId::FieldTypo, reason))
}

fn without_effect(request: &RoomTokenRequest, lints: &mut Vec<Lint>) {
    let body = &request.body;
    for (field, is_set) in [
        ("room_display_name", body.room_display_name.is_some()),
        ("enable_room_previews", body.enable_room_previews == Some(true)),
        ("room_meta", body.room_meta.is_some()),
    ] {
        if is_set && body.auto_create_room == Some(false) {
            let reason = format!("`{field}` has no effect, because `auto_create_room` is `false`");
            lints.push(Lint::new(LintId::SettingWithoutEffect, reason));
        }
    }
}
