//! Lints: warnings about valid but risky requests.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use signalwire_room_tokens_api::constants::create_room_token::REQUEST_FIELDS;
use signalwire_room_tokens_api::types::JoinAsType;

use super::{DURATION_SETTERS, RoomTokenRequest, Timestamp};
use crate::permission::{Permission, PermissionSet};

/// Defines [`LintId`] from the variants and their stable names.
macro_rules! lint_ids {
    ($($(#[$doc:meta])+ $variant:ident $name:literal,)+) => {
        /// The identifier of a [`Lint`]. Its name is stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum LintId {
            $($(#[$doc])+ $variant,)+
        }

        impl LintId {
            /// All lints of this version.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the stable name, such as `no-join-until`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

lint_ids! {
    /// Neither `join_until` nor `valid_for` is set, so the token never expires.
    NoJoinUntil "no-join-until",
    /// The latest time to join or the time of removal is in the past.
    WindowInPast "window-in-past",
    /// The join window is empty: it starts and ends in the same second, and times are sent in whole seconds.
    WindowEmpty "window-empty",
    /// `remove_at` is not after `join_from`.
    RemovedBeforeJoin "removed-before-join",
    /// The token permits an action, such as muting, but not the action that reverts it. Also reported for participants
    /// who join muted and cannot unmute themselves.
    MuteWithoutUnmute "mute-without-unmute",
    /// The request has permissions, but the participant joins as audience, for which SignalWire ignores them.
    PermissionsWithAudience "permissions-with-audience",
    /// The permissions replace the default ones and do not include control over the participant's own microphone and
    /// camera.
    MissingSelfPermissions "missing-self-permissions",
    /// A room setting has no effect, because `auto_create_room` is `false`.
    SettingWithoutEffect "setting-without-effect",
    /// An unknown permission name is similar to a known one.
    PermissionTypo "permission-typo",
    /// The name of an unknown field ([`RoomTokenRequest::extra`]) is similar to a known field or a setter of this
    /// crate, or the API no longer uses it.
    FieldTypo "field-typo",
    /// A permission is listed more than once.
    DuplicatePermission "duplicate-permission",
}

impl fmt::Display for LintId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// An error returned when parsing a [`LintId`] from an unknown name.
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
        Self::ALL
            .iter()
            .copied()
            .find(|id| id.as_str() == name)
            .ok_or(ParseLintIdError)
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

    /// Returns a description of the problem, and of a fix if there is an obvious one.
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

/// Returns the lints of a request that is sent at the time `now`.
pub(super) fn lints(request: &RoomTokenRequest, now: Timestamp) -> Vec<Lint> {
    let mut lints = Vec::new();
    times(request, now, &mut lints);
    let permissions = request.asked_permissions();
    if let Some(permissions) = &permissions {
        given_permissions(request, permissions, &mut lints);
    }
    muted_from_the_start(request, permissions.as_deref(), &mut lints);
    without_effect(request, &mut lints);
    fields(request, &mut lints);
    lints
}

fn times(request: &RoomTokenRequest, now: Timestamp, lints: &mut Vec<Lint>) {
    let window = request.window(|| now);
    let removed = request.removal();
    if window.until.is_none() {
        let reason = "the token never expires without `join_until`; set `valid_for` to limit its lifetime";
        lints.push(Lint::new(LintId::NoJoinUntil, reason));
    }
    for (field, time, cannot) in [
        ("join_until", window.until, "join"),
        ("remove_at", removed, "stay in"),
    ] {
        if time.is_some_and(|time| time < now) {
            lints.push(Lint::new(
                LintId::WindowInPast,
                format!("`{field}` is in the past; nobody can {cannot} the room"),
            ));
        }
    }
    let seconds = |time: Timestamp| time.to_datetime().timestamp();
    if window
        .until
        .is_some_and(|until| seconds(until) == seconds(window.from.unwrap_or(now)))
    {
        let reason = "the join window starts and ends in the same second; nobody can join the room";
        lints.push(Lint::new(LintId::WindowEmpty, reason));
    }
    if removed
        .zip(window.from)
        .is_some_and(|(removed, from)| removed <= from)
    {
        let reason = "`remove_at` is not after `join_from`; nobody can stay in the room";
        lints.push(Lint::new(LintId::RemovedBeforeJoin, reason));
    }
}

/// Permissions, each with the one that reverts its action.
///
/// Permissions over other members are excluded, because it is common that moderators may mute people but not unmute
/// them.
const PAIRS: [(Permission, Permission); 6] = [
    (Permission::SelfAudioMute, Permission::SelfAudioUnmute),
    (Permission::SelfVideoMute, Permission::SelfVideoUnmute),
    (Permission::SelfDeaf, Permission::SelfUndeaf),
    (Permission::SelfRaisehand, Permission::SelfLowerhand),
    (Permission::RoomHideVideoMuted, Permission::RoomShowVideoMuted),
    (Permission::RoomLock, Permission::RoomUnlock),
];

/// The four permissions that nearly every application grants to all participants.
const SELF_CONTROL: PermissionSet = PermissionSet::of(&[
    Permission::SelfAudioMute,
    Permission::SelfAudioUnmute,
    Permission::SelfVideoMute,
    Permission::SelfVideoUnmute,
]);

fn given_permissions(request: &RoomTokenRequest, list: &[Permission], lints: &mut Vec<Lint>) {
    let set: PermissionSet = list.iter().collect();
    if request.body.join_as == Some(JoinAsType::Audience) {
        if !set.is_empty() {
            let reason = "SignalWire ignores the permissions of a participant who joins as audience";
            lints.push(Lint::new(LintId::PermissionsWithAudience, reason));
        }
    } else if !set.is_empty() && set.is_disjoint(&SELF_CONTROL) {
        let reason = "the list replaces the default permissions, so the participant cannot control their own \
                      microphone or camera; add `PermissionSet::DEFAULT`";
        lints.push(Lint::new(LintId::MissingSelfPermissions, reason));
    }
    let is_granted = request.body.join_as != Some(JoinAsType::Audience);
    for (off, on) in PAIRS.iter().filter(|_| is_granted) {
        if set.contains(off) && !set.contains(on) {
            let reason = format!("`{off}` is granted without `{on}`; the participant cannot undo it");
            lints.push(Lint::new(LintId::MuteWithoutUnmute, reason));
        }
    }
    names(list, lints);
}

/// The maximum edit distance of a typo. A name with a larger distance is more likely a new name than a typo.
const TYPO_DISTANCE: usize = 2;

/// Returns `true` if a name is similar to a known one, ignoring case and a missing `room.` prefix.
fn is_typo_of(name: &str, known: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    let is_near = |known: &str| strsim::damerau_levenshtein(&name, known) <= TYPO_DISTANCE;
    is_near(known) || known.strip_prefix("room.").is_some_and(is_near)
}

fn names(list: &[Permission], lints: &mut Vec<Lint>) {
    let mut seen = HashSet::new();
    let mut reported = HashSet::new();
    for permission in list {
        if !seen.insert(permission) {
            if reported.insert(permission) {
                let name: String = permission.as_str().chars().take(100).collect();
                lints.push(Lint::new(
                    LintId::DuplicatePermission,
                    format!("`{name}` is listed more than once"),
                ));
            }
        } else if !permission.is_known()
            && let Some(nearest) = Permission::nearest(permission.as_str())
            && is_typo_of(permission.as_str(), nearest.as_str())
        {
            let name: String = permission.as_str().chars().take(100).collect();
            lints.push(Lint::new(
                LintId::PermissionTypo,
                format!("unknown permission `{name}`; did you mean `{nearest}`?"),
            ));
        }
    }
}

/// Reports participants who join muted but do not have permission to unmute themselves.
fn muted_from_the_start(request: &RoomTokenRequest, list: Option<&[Permission]>, lints: &mut Vec<Lint>) {
    let Some(list) = list.filter(|_| request.body.join_as != Some(JoinAsType::Audience)) else {
        return;
    };
    let muted = [
        (
            "join_audio_muted",
            request.body.join_audio_muted,
            Permission::SelfAudioUnmute,
        ),
        (
            "join_video_muted",
            request.body.join_video_muted,
            Permission::SelfVideoUnmute,
        ),
    ];
    for (field, _, on) in muted
        .into_iter()
        .filter(|(_, is_muted, on)| *is_muted == Some(true) && !list.contains(on))
    {
        let reason = format!("`{field}` is set, but `{on}` is not granted; the participant cannot unmute");
        lints.push(Lint::new(LintId::MuteWithoutUnmute, reason));
    }
}

/// A field name that the API used until February 2026, and its current name.
const FORMER_NAME: (&str, &str) = ("audio_video_sync", "sync_audio_video");

fn fields(request: &RoomTokenRequest, lints: &mut Vec<Lint>) {
    let setters = DURATION_SETTERS.map(|(setter, _)| setter);
    for name in request.body.extra.keys() {
        let former = (name == FORMER_NAME.0).then_some(FORMER_NAME.1);
        let near = || {
            REQUEST_FIELDS.iter().chain(&setters).copied().find(|known| {
                name.len() <= 2 * known.len() && strsim::damerau_levenshtein(name, known) <= TYPO_DISTANCE
            })
        };
        if let Some(known) = former.or_else(near) {
            let reason = format!("unknown field `{name}`; did you mean `{known}`?");
            lints.push(Lint::new(LintId::FieldTypo, reason));
        }
    }
}

fn without_effect(request: &RoomTokenRequest, lints: &mut Vec<Lint>) {
    let body = &request.body;
    if body.auto_create_room != Some(false) {
        return;
    }
    let settings = [
        ("room_display_name", body.room_display_name.is_some()),
        ("enable_room_previews", body.enable_room_previews == Some(true)),
        ("room_meta", body.room_meta.is_some()),
    ];
    for (field, _) in settings.into_iter().filter(|(_, set)| *set) {
        let reason = format!("`{field}` has no effect, because `auto_create_room` is `false`");
        lints.push(Lint::new(LintId::SettingWithoutEffect, reason));
    }
}
