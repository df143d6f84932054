//! Fuzzes the parsing of token claims with arbitrary text and JSON.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};
use signalwire_room_tokens::{JoinAs, RoomToken, RoomTokenRequest, UnverifiedClaims};

/// Names of the claims that have their own field.
const KNOWN: [&str; 16] = [
    "iat", "jti", "sub", "u", "ja", "r", "s", "acr", "ma", "erp", "mta", "rmta", "jf", "ju", "rat", "rse",
];

/// Parses the input as a token. Then splits it at the first line break and parses the two parts as a token's
/// header and payload.
pub fn claims(input: &[u8]) {
    if let Ok(text) = std::str::from_utf8(input) {
        read(text);
    }
    let at = input.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (header, payload) = input.split_at(at);
    let part = |json: &[u8]| URL_SAFE_NO_PAD.encode(json);
    let Some(claims) = read(&format!("{}.{}.c2lnbmF0dXJl", part(header), part(payload))) else {
        return;
    };
    let payload: Map<String, Value> =
        serde_json::from_slice(payload).expect("claims should be a JSON object");
    assert_complete(&payload, &claims);
}

fn read(text: &str) -> Option<UnverifiedClaims> {
    let token = RoomToken::from(text.to_owned());
    assert_eq!(format!("{token:?}"), "RoomToken([redacted])");
    match token.claims() {
        Ok(claims) => {
            assert_matches_own_claims(&token, &claims);
            Some(claims)
        }
        Err(error) => {
            // The messages are constants, so they can't contain parts of the token.
            assert!(error.to_string().len() < 100, "{error}");
            assert!(error.to_string().starts_with("not a room token: "), "{error}");
            None
        }
    }
}

/// Asserts that the token matches a request built from the token's own claims.
fn assert_matches_own_claims(token: &RoomToken, claims: &UnverifiedClaims) {
    let mut request = RoomTokenRequest::new(claims.room_name.clone().unwrap_or_default());
    if let Some(name) = &claims.user_name {
        request = request.user_name(name);
    }
    if let Some(join_as) = claims.join_as {
        request = request.join_as(join_as);
    }
    if let Some(permissions) = &claims.permissions {
        request = request.permissions(permissions.clone());
    }
    if let Some(time) = claims.join_from {
        request = request.join_from(time);
    }
    if let Some(time) = claims.join_until {
        request = request.join_until(time);
    }
    if let Some(meta) = &claims.meta {
        request = request.meta(meta);
    }
    let mismatches = token.compare(&request).expect("claims should still be readable");
    // Audience tokens grant no permissions. A request always has a room name, even if the token has none.
    let may_differ = |field| match field {
        "room_name" => claims.room_name.is_none(),
        "permissions" => claims.join_as == Some(JoinAs::Audience),
        _ => false,
    };
    assert!(
        mismatches.iter().all(|mismatch| may_differ(mismatch.field())),
        "{mismatches:?}"
    );
}

/// Asserts that every claim is either in its own field or in `other`, with an unchanged value.
fn assert_complete(payload: &Map<String, Value>, claims: &UnverifiedClaims) {
    let text = serde_json::to_value(claims).expect("claims should serialize");
    for (name, value) in payload {
        match claims.other.get(name) {
            Some(other) => assert_eq!(other, value, "{name}"),
            None => assert!(KNOWN.contains(&name.as_str()), "{name} is missing"),
        }
    }
    let typed = KNOWN
        .iter()
        .filter(|name| payload.contains_key(**name) && !claims.other.contains_key(**name))
        .count();
    assert_eq!(
        payload.len(),
        typed + claims.other.len(),
        "unexpected additional claims"
    );
    assert!(
        text.as_object().is_some_and(|text| text.len() <= payload.len()),
        "{text}"
    );
}
