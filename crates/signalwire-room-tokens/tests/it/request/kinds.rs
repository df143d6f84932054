//! Tests for the `join_as` and `media_allowed` enums.

use signalwire_room_tokens::{JoinAs, MediaAllowed, defaults};

#[test]
fn names_round_trip() {
    for (kind, name) in [(JoinAs::Member, "member"), (JoinAs::Audience, "audience")] {
        assert_eq!(kind.as_str(), name);
        assert_eq!(kind.to_string(), name);
        assert_eq!(name.parse(), Ok(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), name);
        assert_eq!(serde_json::from_value::<JoinAs>(name.into()).unwrap(), kind);
    }
    for (kind, name) in [
        (MediaAllowed::All, "all"),
        (MediaAllowed::AudioOnly, "audio-only"),
        (MediaAllowed::VideoOnly, "video-only"),
    ] {
        assert_eq!(kind.as_str(), name);
        assert_eq!(kind.to_string(), name);
        assert_eq!(name.parse(), Ok(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), name);
        assert_eq!(serde_json::from_value::<MediaAllowed>(name.into()).unwrap(), kind);
    }
}

#[test]
fn unknown_names_list_the_valid_ones() {
    let error = "Member".parse::<JoinAs>().unwrap_err().to_string();
    assert!(
        error.contains("`member`") && error.contains("`audience`"),
        "{error}"
    );
    let error = "audio_only".parse::<MediaAllowed>().unwrap_err().to_string();
    for name in ["`all`", "`audio-only`", "`video-only`"] {
        assert!(error.contains(name), "{error}");
    }
}

#[test]
fn defaults_match_the_document() {
    assert_eq!(defaults::JOIN_AS, JoinAs::Member);
    assert_eq!(defaults::MEDIA_ALLOWED, MediaAllowed::All);
    let booleans = [
        (defaults::JOIN_AUDIO_MUTED, false),
        (defaults::JOIN_VIDEO_MUTED, false),
        (defaults::AUTO_CREATE_ROOM, true),
        (defaults::ENABLE_ROOM_PREVIEWS, false),
        (defaults::END_ROOM_SESSION_ON_LEAVE, false),
        (defaults::SYNC_AUDIO_VIDEO, false),
    ];
    assert!(booleans.iter().all(|(given, documented)| given == documented));
}
