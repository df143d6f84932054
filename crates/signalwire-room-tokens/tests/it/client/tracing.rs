//! Tests that each call has one span and each retry one event, as documented, and that neither contains
//! secrets.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use serde_json::json;
use signalwire_room_tokens::Call;
use signalwire_room_tokens_mock::Reply;
use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber as _;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::support::{client, mock, token_of, with_timeout};

/// A subscriber that records all spans and events at every level.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Recorded>>);

#[derive(Default)]
struct Recorded {
    /// Level, target, name and field names of each span from this crate, in order.
    spans: Vec<String>,
    events: Vec<String>,
    fields: BTreeMap<String, String>,
    /// Fields of the most recent event from this crate.
    retry: BTreeMap<String, String>,
    /// All recorded spans and events as text, including those from dependencies.
    text: String,
}

impl Visit for Recorded {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.text += &format!("{}={value:?} ", field.name());
        self.fields.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }
}

/// Describes the metadata that filters and dashboards depend on.
fn describe(metadata: &Metadata<'_>) -> String {
    let fields: Vec<_> = metadata.fields().iter().map(|field| field.name()).collect();
    let (level, target) = (metadata.level(), metadata.target());
    let name = if metadata.is_span() {
        metadata.name()
    } else {
        "event"
    };
    format!("{level} {target} {name} {}", fields.join(" "))
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut recorded = self.0.lock().unwrap();
        if span.metadata().target().starts_with("signalwire_room_tokens") {
            recorded.spans.push(describe(span.metadata()));
        }
        span.record(&mut *recorded);
        Id::from_u64(recorded.spans.len().max(1) as u64)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut *self.0.lock().unwrap());
    }

    fn event(&self, event: &Event<'_>) {
        let mut recorded_event = Recorded::default();
        event.record(&mut recorded_event);
        let mut recorded = self.0.lock().unwrap();
        recorded.text += &recorded_event.text;
        if event.metadata().target().starts_with("signalwire_room_tokens") {
            recorded.events.push(describe(event.metadata()));
            recorded.retry = recorded_event.fields;
        }
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

const SPAN: &str = "INFO signalwire_room_tokens create_room_token http.response.status_code error.kind attempts \
                    duration_ms request_id";
const RETRY: &str =
    "WARN signalwire_room_tokens event message http.response.status_code error.kind attempts delay_ms";

async fn recorded(replies: Vec<Reply>) -> Recorded {
    recorded_of(replies, |call| call).await
}

/// Makes a call configured by `set_up` and returns the recorded spans and events.
async fn recorded_of(replies: Vec<Reply>, set_up: fn(Call) -> Call) -> Recorded {
    let mock = mock().await;
    mock.script(replies);
    let client = client(&mock);
    // If the first test to reach a callsite has no subscriber, `tracing` may cache the callsite as disabled.
    // Reach it here, before setting the subscriber, so that `tracing` reevaluates it.
    client.room_token("not sent").create().await.unwrap_err();
    let recorder = Recorder::default();
    let call = client
        .room_token("sentinel-room")
        .user_name("sentinel-user")
        .max_retries(1)
        .meta(serde_json::json!({ "k": "sentinel-meta" }));
    let outcome = with_timeout(set_up(call).create().with_subscriber(recorder.clone())).await;
    let recorded = std::mem::take(&mut *recorder.0.lock().unwrap());
    for secret in [mock.api_token(), "sentinel", "eyJ"] {
        assert!(!recorded.text.contains(secret), "{}", recorded.text);
    }
    drop(outcome);
    assert_eq!(recorded.spans, [SPAN], "expected one span per call");
    recorded
}

#[tokio::test]
async fn successful_calls_have_one_span() {
    let Recorded {
        fields,
        events,
        retry,
        ..
    } = recorded(vec![
        Reply::status(503),
        Reply::real().header("x-request-id", "0b7e"),
    ])
    .await;
    assert_eq!(events, [RETRY], "expected one event per retry");
    assert_eq!(retry["message"], "retrying");
    assert_eq!(retry["http.response.status_code"], "503");
    assert_eq!((&*retry["error.kind"], &*retry["attempts"]), ("server", "1"));
    assert!(retry["delay_ms"].parse::<u64>().unwrap() >= 200);
    assert!(!fields.contains_key("error.kind"), "{fields:?}");
    assert_eq!(fields["http.response.status_code"], "200");
    assert_eq!(fields["attempts"], "2");
    assert_eq!(fields["request_id"], "0b7e");
    assert!(
        fields["duration_ms"].parse::<u64>().unwrap() >= 200,
        "expected a delay before the second attempt"
    );
}

#[tokio::test]
async fn calls_without_retries_have_no_events() {
    let Recorded { events, .. } = recorded(vec![Reply::real()]).await;
    assert_eq!(events, [""; 0]);
}

#[tokio::test]
async fn failed_calls_have_one_span() {
    let reply = Reply::status(403)
        .header("request-id", "77")
        .body("sentinel-body");
    let Recorded { fields, events, .. } = recorded(vec![reply]).await;
    assert_eq!(events, [""; 0], "the last attempt must not log a retry");
    assert_eq!(fields["http.response.status_code"], "403");
    assert_eq!(fields["error.kind"], "forbidden");
    assert_eq!(fields["attempts"], "1");
}

#[tokio::test]
async fn invalid_calls_have_one_span() {
    let Recorded { fields, .. } = recorded_of(vec![], |call| call.room_name("not a sentinel")).await;
    assert_eq!(fields["error.kind"], "invalid-request");
    assert_eq!(fields["attempts"], "0");
    assert!(!fields.contains_key("http.response.status_code"), "{fields:?}");
}

#[tokio::test]
async fn mismatched_tokens_are_recorded_as_errors() {
    let token = token_of(&json!({}), &json!({ "r": "elsewhere" }));
    let reply = Reply::status(200).json(&json!({ "token": token.expose() }));
    let Recorded { fields, .. } = recorded_of(vec![reply], |call| call.fail_on_mismatch()).await;
    assert_eq!(fields["error.kind"], "mismatch");
    assert_eq!(fields["http.response.status_code"], "200");
    assert_eq!(fields["attempts"], "1");
}
