//! Requests that are legal and yet surprise people.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use signalwire_room_tokens_api::constants::create_room_token::REQUEST_FIELDS;
use signalwire_room_tokens_api::types::JoinAsType;

use super::{DURATION_SETTERS, RoomTokenRequest, Timestamp};
use crate::permission::{Permission, PermissionSet};

/// Ties each lint to its stable name.
macro_rules! lint_ids {
    ($($(#[$doc:meta])+ $variant:ident $name:literal,)+) => {
        /// Which surprise a [`Lint`] is about; the name is stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum LintId {
            $($(#[$doc])+ $variant,)+
        }

        impl LintId {
            /// Every lint of this version.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name, such as `no-join-until`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

lint_ids! {
    /// Neither `join_until` nor `valid_for` is set: tokens carry no expiry of their own, so this one works for ever.
    NoJoinUntil "no-join-until",
    /// The time to join, or to be removed, is past already.
    WindowInPast "window-in-past",
    /// The window to join ends as it begins: times are sent in whole seconds.
    WindowEmpty "window-empty",
    /// `remove_at` is before anybody may join.
    RemovedBeforeJoin "removed-before-join",
    /// Something of one's own or of the room can be muted or turned off, or is so from the start, and cannot be turned
    /// back on.
    MuteWithoutUnmute "mute-without-unmute",
    /// Permissions are given to somebody who joins as audience; SignalWire empties them.
    PermissionsWithAudience "permissions-with-audience",
    /// The given permissions replace the default ones, and control over one's own devices is lost by it.
    MissingSelfPermissions "missing-self-permissions",
    /// A setting has no effect, because this token does not create the room.
    SettingWithoutEffect "setting-without-effect",
    /// The name of a permission is nearly, and not quite, one that is known.
    PermissionTypo "permission-typo",
    /// A field that this version does not know ([`RoomTokenRequest::extra`]) differs by a few letters from one that it
    /// knows or from a setter of this crate, or has a name that the API no longer uses.
    FieldTypo "field-typo",
    /// A permission is listed twice.
    DuplicatePermission "duplicate-permission",
}

impl fmt::Display for LintId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// No lint has this name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseLintIdError;

impl fmt::Display for ParseLintIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = LintId::ALL.iter().map(|id| id.as_str()).collect();
        write!(f, "no such lint; there are {}", names.join(", "))
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

/// A warning about a request that is legal; made by [`RoomTokenRequest::lint`].
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

    /// Which lint it is.
    #[must_use]
    pub fn id(&self) -> LintId {
        self.id
    }

    /// What surprises about this request, and what to do.
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

/// All lints of a request that is sent at this instant.
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
        let reason = "without `join_until` the token never expires; `valid_for` limits it";
        lints.push(Lint::new(LintId::NoJoinUntil, reason));
    }
    for (field, time, cannot) in [
        ("join_until", window.until, "join"),
        ("remove_at", removed, "stay in"),
    ] {
        if time.is_some_and(|time| time < now) {
            lints.push(Lint::new(
                LintId::WindowInPast,
                format!("`{field}` is past; nobody can {cannot} the room"),
            ));
        }
    }
    let seconds = |time: Timestamp| time.to_datetime().timestamp();
    if window
        .until
        .is_some_and(|until| seconds(until) == seconds(window.from.unwrap_or(now)))
    {
        let reason = "the window to join ends in the second in which it begins; nobody can join the room";
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

/// What can be turned off, and what turns it back on. Of others, it is a matter of taste: many a moderator shall mute
/// people and not unmute them.
const PAIRS: [(Permission, Permission); 6] = [
    (Permission::SelfAudioMute, Permission::SelfAudioUnmute),
    (Permission::SelfVideoMute, Permission::SelfVideoUnmute),
    (Permission::SelfDeaf, Permission::SelfUndeaf),
    (Permission::SelfRaisehand, Permission::SelfLowerhand),
    (Permission::RoomHideVideoMuted, Permission::RoomShowVideoMuted),
    (Permission::RoomLock, Permission::RoomUnlock),
];

/// The four controls that nearly every application gives to every participant.
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
            let reason = "SignalWire empties the permissions of whoever joins as audience";
            lints.push(Lint::new(LintId::PermissionsWithAudience, reason));
        }
    } else if !set.is_empty() && set.is_disjoint(&SELF_CONTROL) {
        let reason = "the list replaces the default permissions, so that the participant can control neither their own \
                      microphone nor camera; add `PermissionSet::DEFAULT`";
        lints.push(Lint::new(LintId::MissingSelfPermissions, reason));
    }
    let is_granted = request.body.join_as != Some(JoinAsType::Audience);
    for (off, on) in PAIRS.iter().filter(|_| is_granted) {
        if set.contains(off) && !set.contains(on) {
            let reason = format!("`{off}` is granted without `{on}`: what is done cannot be undone");
            lints.push(Lint::new(LintId::MuteWithoutUnmute, reason));
        }
    }
    names(list, lints);
}

/// How many letters a misspelt name may differ by: a name further away is more likely one that is newer than we are.
const TYPO_DISTANCE: usize = 2;

/// Whether a name is another one but for a few letters, their case, or the `room.` in front.
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
                format!("`{name}` is not known; was `{nearest}` meant?"),
            ));
        }
    }
}

/// Who is muted on joining must be let unmute, by themselves.
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
        let reason = format!("`{field}` is set and `{on}` is not granted: the participant stays muted");
        lints.push(Lint::new(LintId::MuteWithoutUnmute, reason));
    }
}

/// A name that the API had until February 2026, and its present one.
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
            let reason = format!("`{name}` is no field of the API; was `{known}` meant?");
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
        let reason = format!(
            "`{field}` is of effect only if this token creates the room; `auto_create_room` is `false`"
        );
        lints.push(Lint::new(LintId::SettingWithoutEffect, reason));
    }
}
