//! What the claims come to, in sentences.

use chrono::TimeDelta;
use signalwire_room_tokens::{JoinAs, Permission, PermissionSet, Timestamp, UnverifiedClaims};

/// Who may join where and when, until when they stay, and what they may do.
pub(super) fn sentences(claims: &UnverifiedClaims, now: Timestamp) -> Vec<String> {
    let mut sentences = vec![format!("{} {}.", who_and_where(claims), when(claims, now))];
    sentences.extend(removal(claims, now));
    sentences.extend(claims.permissions.as_deref().map(permissions));
    sentences
}

/// Why nobody can join now.
pub(super) fn warnings(claims: &UnverifiedClaims, now: Timestamp) -> Vec<&'static str> {
    let is_past = |time: Option<Timestamp>| time.is_some_and(|time| time < now);
    let mut warnings = Vec::new();
    if is_past(claims.join_until) {
        warnings.push("the time to join is past; nobody can join with this token any more");
    }
    if is_past(claims.remove_at) {
        warnings.push("the time of removal is past; nobody can stay in the room with this token");
    }
    warnings
}

fn who_and_where(claims: &UnverifiedClaims) -> String {
    let who = match &claims.user_name {
        Some(name) => format!("{name:?}"),
        None => "Whoever has the token, under a random name,".to_owned(),
    };
    let room = match &claims.room_name {
        Some(room) => format!("room {room:?}"),
        None => "a room that is not named".to_owned(),
    };
    let role = match claims.join_as {
        Some(JoinAs::Audience) => " as audience",
        _ => "",
    };
    format!("{who} may join {room}{role}")
}

fn when(claims: &UnverifiedClaims, now: Timestamp) -> String {
    // Claims that are no instants, or not those of a room token, may end it all the same.
    let has_end = ["ju", "exp"].iter().any(|name| claims.other.contains_key(*name));
    let end = if has_end {
        "when the token expires cannot be read"
    } else {
        "the token never expires"
    };
    match (claims.join_from, claims.join_until) {
        (None, None) => format!("at any time: {end}"),
        (Some(from), None) => format!("from {} on: {end}", at(from, now)),
        (None, Some(until)) => format!("until {}", at(until, now)),
        (Some(from), Some(until)) => format!("from {} until {}", at(from, now), at(until, now)),
    }
}

fn removal(claims: &UnverifiedClaims, now: Timestamp) -> Option<String> {
    let after = claims.remove_after_seconds_elapsed.map(|seconds| {
        let length = length(TimeDelta::try_seconds(seconds).unwrap_or(TimeDelta::MAX));
        format!("after {length} in the room")
    });
    let at = claims.remove_at.map(|time| format!("at {}", at(time, now)));
    match (after, at) {
        (None, None) => None,
        (Some(one), None) | (None, Some(one)) => Some(format!("They are removed {one}.")),
        (Some(after), Some(at)) => Some(format!("They are removed {after} or {at}, whichever is first.")),
    }
}

fn permissions(list: &[Permission]) -> String {
    let set: PermissionSet = list.iter().collect();
    if set.is_empty() {
        return "They have no permissions: they can neither mute themselves nor anybody else.".to_owned();
    }
    if set == PermissionSet::DEFAULT {
        "They may do what the default permissions allow:".to_owned()
    } else {
        "They may do what their permissions allow:".to_owned()
    }
}

/// What each permission allows, in the order of the token.
pub(super) fn allowed(claims: &UnverifiedClaims) -> impl Iterator<Item = String> {
    let list = claims.permissions.as_deref().unwrap_or_default();
    list.iter().map(|permission| match permission.description() {
        Some(description) => description.to_owned(),
        None => format!("{permission}, which this version does not know."),
    })
}

/// An instant, and how far away it is.
fn at(time: Timestamp, now: Timestamp) -> String {
    let distance = time.to_datetime() - now.to_datetime();
    if distance < TimeDelta::zero() {
        format!("{time} ({} ago)", length(-distance))
    } else {
        format!("{time} (in {})", length(distance))
    }
}

/// A length of time in its two greatest units.
fn length(duration: TimeDelta) -> String {
    let (days, hours, minutes) = (
        duration.num_days(),
        duration.num_hours() % 24,
        duration.num_minutes() % 60,
    );
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{} s", duration.num_seconds()),
        (0, 0, minutes) => match duration.num_seconds() % 60 {
            0 => format!("{minutes} min"),
            seconds => format!("{minutes} min {seconds} s"),
        },
        (0, hours, 0) => format!("{hours} h"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, 0, _) => format!("{days} d"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}
