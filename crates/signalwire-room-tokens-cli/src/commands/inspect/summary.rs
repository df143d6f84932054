//! A summary of a token's claims in English sentences.

use chrono::TimeDelta;
use signalwire_room_tokens::{JoinAs, Permission, PermissionSet, Timestamp, UnverifiedClaims};

/// Describes who may join, where and when, when they are removed, and their permissions.
pub(super) fn sentences(claims: &UnverifiedClaims, now: Timestamp) -> Vec<String> {
    let mut sentences = vec![format!("{} {}.", who_and_where(claims), when(claims, now))];
    sentences.extend(removal(claims, now));
    sentences.extend(claims.permissions.as_deref().map(permissions));
    sentences
}

/// Returns the reasons why a token no longer works.
pub(super) fn warnings(claims: &UnverifiedClaims, now: Timestamp) -> Vec<&'static str> {
    let is_past = |time: Option<Timestamp>| time.is_some_and(|time| time < now);
    let mut warnings = Vec::new();
    if is_past(claims.join_until) {
        warnings.push("join_until has passed; this token can no longer be used to join");
    }
    if is_past(claims.remove_at) {
        warnings.push("remove_at has passed; participants who joined with this token have been removed");
    }
    warnings
}

fn who_and_where(claims: &UnverifiedClaims) -> String {
    let who = match &claims.user_name {
        Some(name) => format!("{name:?}"),
        None => "A participant with a random name".to_owned(),
    };
    let room = match &claims.room_name {
        Some(room) => format!("room {room:?}"),
        None => "an unnamed room".to_owned(),
    };
    let role = match claims.join_as {
        Some(JoinAs::Audience) => " as audience",
        _ => "",
    };
    format!("{who} may join {room}{role}")
}

fn when(claims: &UnverifiedClaims, now: Timestamp) -> String {
    // Unparsable or unexpected expiry claims may still limit the lifetime.
    let has_end = ["ju", "exp"].iter().any(|name| claims.other.contains_key(*name));
    let end = if has_end {
        "the token's expiry can't be parsed"
    } else {
        "the token never expires"
    };
    match (claims.join_from, claims.join_until) {
        (None, None) => format!("at any time; {end}"),
        (Some(from), None) => format!("from {}; {end}", at(from, now)),
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
        (Some(one), None) | (None, Some(one)) => Some(format!("The participant is removed {one}.")),
        (Some(after), Some(at)) => Some(format!(
            "The participant is removed {after} or {at}, whichever comes first."
        )),
    }
}

fn permissions(list: &[Permission]) -> String {
    let set: PermissionSet = list.iter().collect();
    if set.is_empty() {
        return "The token grants no permissions; the participant can't even mute themselves.".to_owned();
    }
    let presets = [
        (PermissionSet::DEFAULT, "the default permissions"),
        (
            PermissionSet::PARTICIPANT,
            "the permissions of the `participant` preset",
        ),
        (
            PermissionSet::MODERATOR,
            "the permissions of the `moderator` preset",
        ),
    ];
    match presets.iter().find(|(preset, _)| *preset == set) {
        Some((_, granted)) => format!("The token grants {granted}, listed below."),
        None => "The token grants the permissions listed below.".to_owned(),
    }
}

/// Formats a time, followed by how far it is from now.
fn at(time: Timestamp, now: Timestamp) -> String {
    let distance = time.to_datetime() - now.to_datetime();
    if distance < TimeDelta::zero() {
        format!("{time} ({} ago)", length(-distance))
    } else {
        format!("{time} (in {})", length(distance))
    }
}

/// Formats a duration using its two largest units.
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
