//! Tests that every field value is either sent unchanged or rejected with an error that names the field.

use proptest::prelude::*;
use serde_json::{Value, json};
use signalwire_room_tokens::{Call, ErrorKind, RoomTokenRequest};
use signalwire_room_tokens_mock::Reply;

use crate::support::{client, mock, with_timeout};

/// Returns strings that could terminate a line, string, object, header or body if they were not escaped.
fn hostile() -> Vec<String> {
    let texts = [
        "a\r\nx-evil: 1\r\n\r\n",
        "\0",
        "\u{1b}[31m",
        "a:b",
        "\",\"join_as\":\"audience",
        "\\",
        "}{",
        "мoderator",
        "\u{202e}gnp.exe",
        "\u{feff}",
        "../../../api/video/rooms",
        "?token=1#x",
        "%0d%0a",
        "https://evil.example/",
    ];
    let texts = texts.into_iter().map(str::to_owned);
    texts.chain(["x".repeat(9000)]).collect()
}

/// A function that sets a string field.
type Setter = fn(RoomTokenRequest, String) -> RoomTokenRequest;
const FIELDS: [(&str, Setter); 6] = [
    ("room_name", |request, text| request.room_name(text)),
    ("user_name", |request, text| request.user_name(text)),
    ("room_display_name", |request, text| {
        request.room_display_name(text)
    }),
    ("meta", |request, text| request.meta(json!({ "k": text }))),
    ("room_meta", |request, text| request.room_meta(json!({ text: 1 }))),
    ("newer", |request, text| request.extra("newer", text)),
];

fn without_validation(call: Call) -> Call {
    call.skip_validation().max_retries(0)
}

/// Without validation, any string is sent as the value of its field, but it must not affect the rest of the
/// request.
#[tokio::test]
async fn strings_stay_within_their_field() {
    let mock = mock().await;
    let client = client(&mock);
    mock.script_fn(|_| Some(Reply::status(200).json(&json!({ "token": "t" }))));
    for (field, set) in FIELDS {
        for text in hostile() {
            let request = set(RoomTokenRequest::new("r"), text.clone());
            with_timeout(without_validation(client.call(request.clone())).create())
                .await
                .unwrap();
            let received = mock.requests().pop().unwrap();
            mock.clear_requests();
            assert_eq!(
                (received.method(), received.target()),
                ("POST", "/api/video/room_tokens")
            );
            assert_eq!(received.headers().count(), 6, "{field}");
            let sent = received.json().expect("the body must be JSON");
            assert_eq!(sent, serde_json::to_value(&request).unwrap(), "{field}");
            let value = match &sent[field] {
                Value::Object(meta) => meta
                    .iter()
                    .map(|(name, value)| value.as_str().unwrap_or(name))
                    .next()
                    .unwrap(),
                value => value.as_str().unwrap(),
            };
            assert_eq!(value, text, "{field}");
            let others = sent
                .as_object()
                .unwrap()
                .keys()
                .filter(|name| *name != field && *name != "room_name");
            assert_eq!(others.count(), 0, "{field}");
        }
    }
}

#[tokio::test]
async fn rejected_values_are_not_repeated_in_errors() {
    let mock = mock().await;
    let client = client(&mock);
    let long = "sentinel".repeat((1 << 20) / "sentinel".len());
    for (field, set) in FIELDS {
        let call = client.call(set(RoomTokenRequest::new("r"), long.clone()));
        let error = call.create().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{field}");
        let fields: Vec<_> = error
            .violations()
            .iter()
            .map(|violation| violation.field())
            .collect();
        assert_eq!(fields, [field]);
        let text = format!("{error} {error:?} {error:#?}");
        assert!(text.contains(field) && !text.contains("sentinel"), "{field}");
        assert!(error.to_string().len() < 1024, "{field}");
    }
    for text in hostile() {
        let error = client.room_token(text).create().await.unwrap_err();
        assert_eq!(error.violations()[0].field(), "room_name");
    }
    assert!(mock.requests().is_empty(), "no request may be sent");
}

/// Errors must truncate and escape the names of extra fields.
#[tokio::test]
async fn extra_field_names_in_errors_are_bounded() {
    let mock = mock().await;
    let client = client(&mock);
    let names = ["x".repeat(1 << 20), "\u{202e}\r\n".repeat(100)];
    for name in hostile().into_iter().chain(names) {
        // If the value is too long, the error contains the field name even if the name is valid.
        for value in ["", &"x".repeat(20_000)] {
            let call = client.room_token("not valid").extra(name.clone(), value);
            let error = call.create().await.unwrap_err().to_string();
            assert!(error.len() <= 1003);
            assert!(
                !error.chars().any(|c| c.is_control() || c == '\u{202e}'),
                "{error:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn serialized_requests_contain_strings_unchanged(texts in prop::collection::vec(any::<String>(), FIELDS.len())) {
        let set = |request, ((_, set), text): (&(&str, Setter), &String)| set(request, text.clone());
        let request = FIELDS.iter().zip(&texts).fold(RoomTokenRequest::new("r"), set);
        let json: Value = serde_json::from_str(&serde_json::to_string(&request).unwrap()).unwrap();
        prop_assert_eq!(&json["room_name"], &json!(texts[0]));
        prop_assert_eq!(&json["user_name"], &json!(texts[1]));
        prop_assert_eq!(&json["meta"], &json!({ "k": texts[3] }));
        prop_assert_eq!(json.as_object().unwrap().len(), FIELDS.len());
    }
}
