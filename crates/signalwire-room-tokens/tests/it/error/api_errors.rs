//! Tests that every documented and historical API error format is parsed.

use serde_json::{Value, json};
use signalwire_room_tokens::ApiError;
use signalwire_room_tokens_mock::Reply;

use crate::support::failure;

/// Type, code, message, attribute and URL.
type Parts = [Option<&'static str>; 5];

fn parts(error: &ApiError) -> [Option<&str>; 5] {
    [
        error.error_type(),
        error.code(),
        error.message(),
        error.attribute(),
        error.url(),
    ]
}

const FULL: Parts = [
    Some("validation_error"),
    Some("invalid_parameter"),
    Some("Room name must be present"),
    Some("room_name"),
    Some("https://signalwire.com/docs/errors"),
];

fn full() -> Value {
    json!({
        "type": "validation_error",
        "code": "invalid_parameter",
        "message": "Room name must be present",
        "attribute": "room_name",
        "url": "https://signalwire.com/docs/errors",
    })
}

const fn message(text: &'static str) -> Parts {
    [None, None, Some(text), None, None]
}

#[tokio::test]
async fn every_documented_and_historical_shape_is_parsed() {
    let other_attribute = json!({ "code": "not_a_boolean", "message": "m", "attribute": null });
    let other: Parts = [None, Some("not_a_boolean"), Some("m"), None, None];
    let cases: Vec<(Value, Vec<Parts>)> = vec![
        (json!({ "error": "Bad Request" }), vec![message("Bad Request")]),
        (json!({ "errors": [full()] }), vec![FULL]),
        (json!({ "errors": [full(), other_attribute] }), vec![FULL, other]),
        (full(), vec![FULL]),
        (
            json!({ "message": "not verified" }),
            vec![message("not verified")],
        ),
        (json!({ "error": full() }), vec![FULL]),
        (json!([full()]), vec![FULL]),
        (json!("just text"), vec![message("just text")]),
        (
            json!({ "errors": ["one", "two"] }),
            vec![message("one"), message("two")],
        ),
        (
            json!({ "errors": [{ "detail": "d", "status": "422", "title": "t", "code": "5" }] }),
            vec![[None, Some("5"), Some("d"), None, None]],
        ),
        (
            json!({ "code": "20003", "message": "m", "more_info": "https://x.example", "status": 401 }),
            vec![[None, Some("20003"), Some("m"), None, Some("https://x.example")]],
        ),
        (
            json!({ "code": 20003 }),
            vec![[None, Some("20003"), None, None, None]],
        ),
        (
            json!({ "errors": { "room_name": ["is bad", "is long"], "meta": "is not a hash" } }),
            vec![
                [None, None, Some("is not a hash"), Some("meta"), None],
                [None, None, Some("is bad"), Some("room_name"), None],
                [None, None, Some("is long"), Some("room_name"), None],
            ],
        ),
        (json!({ "error": "e", "message": "m" }), vec![message("m")]),
        (json!({ "errors": [], "message": "m" }), vec![message("m")]),
        (json!({ "errors": [], "error": "e" }), vec![message("e")]),
        (json!({ "errors": {}, "error": full() }), vec![FULL]),
        (json!({ "errors": "plain" }), vec![message("plain")]),
        (
            json!({ "message": ["one", 2, "three"] }),
            vec![message("one; three")],
        ),
        (json!({ "message": [] }), vec![]),
        (
            json!({ "status": 404, "error": "Not Found" }),
            vec![message("Not Found")],
        ),
        (json!({}), vec![]),
        (json!({ "errors": [] }), vec![]),
        (json!({ "errors": [1, null, [], {}] }), vec![]),
        (json!({ "error": null }), vec![]),
        (json!({ "message": { "nested": true } }), vec![]),
        (json!(7), vec![]),
        (json!(null), vec![]),
    ];
    for (body, expected) in cases {
        let error = failure(Reply::status(422).json(&body)).await;
        let mut found: Vec<_> = error.api_errors().iter().map(parts).collect();
        if body["errors"].is_object() {
            found.sort(); // the fields of an object have no order
            found.sort_by_key(|parts| parts[3]);
        }
        assert_eq!(found, expected, "{body}");
    }
}

#[tokio::test]
async fn plain_text_is_a_message_and_markup_is_not() {
    let cases = [
        ("Unauthorized", Some("Unauthorized")),
        ("  rate limit exceeded\n", Some("rate limit exceeded")),
        ("<html>Bad Gateway</html>", None),
        ("\n <!doctype html>", None),
        ("{\"error\":\"cut", None),
        ("[", None),
        ("", None),
    ];
    for (body, expected) in cases {
        let error = failure(Reply::status(401).header("content-type", "text/plain").body(body)).await;
        let found: Vec<_> = error
            .api_errors()
            .iter()
            .map(|error| error.message().unwrap())
            .collect();
        assert_eq!(found, Vec::from_iter(expected), "{body:?}");
    }
}

#[tokio::test]
async fn retained_api_errors_are_bounded() {
    let item = json!({ "message": "lorem ipsum ".repeat(50), "code": "c ".repeat(200) });
    let errors: Vec<_> = std::iter::repeat_n(item, 30).collect();
    let error = failure(Reply::status(422).json(&json!({ "errors": errors }))).await;
    assert_eq!(error.api_errors().len(), 20);
    for api_error in error.api_errors() {
        assert!(api_error.message().unwrap().chars().count() <= 201);
        assert!(api_error.code().unwrap().chars().count() <= 201);
    }
    let fields: serde_json::Map<_, _> = (0..500).map(|n| (format!("f{n}"), json!(["a", "b"]))).collect();
    let error = failure(Reply::status(422).json(&json!({ "errors": fields }))).await;
    assert_eq!(error.api_errors().len(), 20);
}

#[tokio::test]
async fn an_api_error_displays_field_message_and_code() {
    let cases = [
        (
            full(),
            "`room_name`: Room name must be present (invalid_parameter)",
        ),
        (json!({ "code": "c" }), "c"),
        (json!({ "message": "m" }), "m"),
        (json!({ "attribute": "a" }), "`a`: no explanation"),
    ];
    for (body, text) in cases {
        let error = failure(Reply::status(422).json(&body)).await;
        assert_eq!(error.api_errors()[0].to_string(), text);
        assert!(error.to_string().contains(text), "{error}");
    }
}
