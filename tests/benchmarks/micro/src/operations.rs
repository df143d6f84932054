//! The operations, by name.

use std::hint::black_box;
use std::time::Duration;

use anyhow::Result;
use serde_json::json;
use signalwire_room_tokens::{
    JoinAs, MediaAllowed, Permission, PermissionSet, RoomToken, RoomTokenRequest, Timestamp,
};

/// A token with the same claims as publicly available SignalWire tokens, but with an invalid signature.
const TOKEN: &str = concat!(
    "eyJ0eXAiOiJWUlQiLCJjaCI6InJlbGF5LnNpZ25hbHdpcmUuY29tIiwiYWxnIjoiSFM1MTIifQ.",
    "eyJpYXQiOjE3NjcyMjU2MDAsImp0aSI6IjJiOWE1YTBlLTZkNjQtNGM2ZS05ZDBhLTNmNmIxYzdlOGQ1MiIsInN1YiI6IjVmM2My",
    "YTEwLTdiMWUtNGM1NS05YTBkLTJmNmU4ZDRiMWMzNyIsInUiOiJBbGljZSIsImphIjoibWVtYmVyIiwiciI6InN0YW5kdXAiLCJz",
    "IjpbInJvb20uc2VsZi5hdWRpb19tdXRlIiwicm9vbS5zZWxmLmF1ZGlvX3VubXV0ZSJdLCJhY3IiOnRydWUsIm1hIjoiYWxsIiwi",
    "bXRhIjp7fSwicm10YSI6e319.",
    "WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWg",
);

/// A prepared operation that can be run repeatedly.
type Operation = Box<dyn FnMut()>;

/// Returns the operation with the given name.
pub(crate) fn operation(name: &str) -> Result<Option<Operation>> {
    let (asked, ceiling) = (PermissionSet::MODERATOR, PermissionSet::PARTICIPANT);
    let request = full_request()?;
    Ok(Some(match name {
        "union" => repeat(move || black_box(&asked).union(black_box(&ceiling))),
        "intersection" => repeat(move || black_box(&asked).intersection(black_box(&ceiling))),
        "difference" => repeat(move || black_box(&asked).difference(black_box(&ceiling))),
        "is_subset" => repeat(move || black_box(&ceiling).is_subset(black_box(&asked))),
        "contains" => repeat(move || black_box(&asked).contains(black_box(&Permission::RoomLock))),
        "insert" => repeat(move || {
            let mut set = PermissionSet::EMPTY;
            set.insert(black_box(Permission::RoomLock));
            set
        }),
        "iterate" => repeat(move || black_box(&asked).iter().count()),
        "clamp_to" => repeat(move || black_box(&asked).clamp_to(black_box(&ceiling))),
        "parse" => repeat(|| black_box("room.member.audio_mute").parse::<Permission>()),
        "validate" => repeat(move || black_box(&request).validate()),
        "lint" => repeat(move || black_box(&request).lint()),
        "to_json" => repeat(move || serde_json::to_vec(black_box(&request))),
        "claims" => {
            let token = RoomToken::from(TOKEN.to_owned());
            token.claims()?;
            repeat(move || black_box(&token).claims())
        }
        _ => return Ok(None),
    }))
}

fn repeat<T>(mut operation: impl FnMut() -> T + 'static) -> Operation {
    Box::new(move || {
        black_box(operation());
    })
}

/// Returns a valid request with every field set.
fn full_request() -> Result<RoomTokenRequest> {
    let request = RoomTokenRequest::new("math-101")
        .user_name("Ada Lovelace")
        .permissions(PermissionSet::MODERATOR)
        .join_from("2026-09-01T08:00:00Z".parse::<Timestamp>()?)
        .join_until("2026-09-01T10:00:00Z".parse::<Timestamp>()?)
        .remove_at("2026-09-01T10:30:00Z".parse::<Timestamp>()?)
        .remove_after(Duration::from_secs(2 * 60 * 60))
        .join_audio_muted(true)
        .join_video_muted(true)
        .auto_create_room(true)
        .enable_room_previews(true)
        .room_display_name("Mathematics 101")
        .end_room_session_on_leave(false)
        .join_as(JoinAs::Member)
        .media_allowed(MediaAllowed::All)
        .room_meta(json!({ "course": "math-101", "term": 3 }))
        .meta(json!({ "role": "teacher", "seat": [1, 2] }))
        .sync_audio_video(true);
    request
        .validate()
        .map_err(|violations| anyhow::anyhow!("the request is invalid: {violations:?}"))?;
    Ok(request)
}
