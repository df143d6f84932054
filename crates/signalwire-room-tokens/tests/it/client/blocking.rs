//! Tests for the blocking client.

use std::thread;
use std::time::Duration;

use serde_json::json;
use signalwire_room_tokens::blocking::Client;
use signalwire_room_tokens::{ErrorKind, LintId, RoomTokenRequest};
use signalwire_room_tokens_mock::Reply;
use signalwire_room_tokens_mock::blocking::MockServer;

fn mock() -> MockServer {
    MockServer::start().unwrap()
}

fn client(mock: &MockServer) -> Client {
    Client::new(mock.base_url(), mock.project_id(), mock.api_token()).unwrap()
}

#[test]
fn the_blocking_client_has_the_same_setters_and_options() {
    let mock = mock();
    let client = client(&mock);
    assert_eq!(client.space().base_url(), mock.base_url());
    let call = client
        .room_token("r")
        .user_name("Ada")
        .extra("confetti", 1)
        .timeout(Duration::from_secs(20))
        .attempt_timeout(Duration::from_secs(20))
        .max_retries(1)
        .fail_on_mismatch();
    assert_eq!(call.validate(), Ok(()));
    assert!(call.clone().room_name("not one").validate().is_err());
    assert_eq!(call.lint()[0].id(), LintId::NoJoinUntil);
    mock.script([Reply::status(503), Reply::status(422).body("no confetti")]);
    let error = call.create().unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Rejected, 2));
    assert_eq!(
        mock.requests()[1].json().unwrap(),
        json!({ "room_name": "r", "user_name": "Ada", "confetti": 1 })
    );
    let token = client.call(RoomTokenRequest::new("r")).create().unwrap();
    assert!(mock.verify(token.expose()).is_some());
}

#[test]
fn requests_are_validated_before_they_are_sent() {
    let mock = mock();
    let error = client(&mock).room_token("a b").create().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(mock.requests().is_empty());
}

#[test]
fn many_results_are_in_request_order() {
    let mock = mock();
    let client = client(&mock);
    let requests = || (0..5).map(|number| RoomTokenRequest::new("r").user_name(format!("{number}")));
    let expected: Vec<_> = (0..5).map(|number| Some(number.to_string())).collect();
    let collected = client.create_many(requests()).concurrency(2).collect().unwrap();
    let names: Vec<_> = collected
        .into_iter()
        .map(|token| token.unwrap().claims().unwrap().user_name)
        .collect();
    assert_eq!(names, expected);
    let mut names = Vec::new();
    client
        .create_many(requests())
        .for_each(|token| names.push(token.unwrap().claims().unwrap().user_name))
        .unwrap();
    assert_eq!(names, expected);
}

#[test]
fn unordered_results_have_the_request_index() {
    let mock = mock();
    mock.script_fn(|request| {
        let is_first = request.json()?["user_name"] == "0";
        is_first.then(|| Reply::real().delay(Duration::from_secs(1)))
    });
    let requests = (0..5).map(|number| RoomTokenRequest::new("r").user_name(format!("{number}")));
    let mut indices = Vec::new();
    client(&mock)
        .create_many(requests)
        .for_each_unordered(|index, token| {
            let claims = token.unwrap().claims().unwrap();
            assert_eq!(claims.user_name, Some(index.to_string()));
            indices.push(index);
        })
        .unwrap();
    assert_eq!(indices.len(), 5);
    assert_eq!(indices[4], 0, "the slow request must finish last: {indices:?}");
}

#[test]
fn calls_can_be_made_while_iterating_over_results() {
    let mock = mock();
    let client = client(&mock);
    let mut more = Vec::new();
    client
        .create_many((0..3).map(|_| RoomTokenRequest::new("r")))
        .for_each(|token| more.push(token.and_then(|_| client.room_token("other").create())))
        .unwrap();
    assert_eq!(more.len(), 3);
    assert!(more.iter().all(Result::is_ok), "{more:?}");
    assert_eq!(mock.requests().len(), 6);
}

/// The second and third responses arrive while the first result is being processed, which takes longer than
/// the attempt timeout.
#[test]
fn slow_processing_does_not_time_out_other_requests() {
    let mock = mock();
    // Hold back the first response until all requests have been sent, because only requests in flight make
    // progress while a result is being processed.
    mock.script_fn(|request| {
        let is_first = request.json()?["user_name"] == "0";
        let delay = Duration::from_millis(if is_first { 500 } else { 1_000 });
        Some(Reply::real().delay(delay))
    });
    let mut tokens = 0;
    let many = client(&mock)
        .create_many((0..3).map(|number| RoomTokenRequest::new("r").user_name(format!("{number}"))))
        .attempt_timeout(Duration::from_secs(2));
    many.for_each(|result| {
        result.unwrap();
        tokens += 1;
        if tokens == 1 {
            thread::sleep(Duration::from_millis(2500));
        }
    })
    .unwrap();
    assert_eq!((tokens, mock.requests().len()), (3, 3));
}

#[test]
fn threads_can_share_a_client() {
    let mock = mock();
    let client = client(&mock);
    thread::scope(|scope| {
        for number in 0..8 {
            let client = &client;
            scope.spawn(move || {
                let name = format!("{number}");
                let token = client.room_token("r").user_name(&name).create().unwrap();
                assert_eq!(token.claims().unwrap().user_name, Some(name));
            });
        }
    });
    assert_eq!(mock.requests().len(), 8);
}

#[test]
fn use_within_an_async_runtime_is_an_error() {
    let mock = mock();
    let outside = client(&mock);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let errors = [
            Client::new(mock.base_url(), "p", "t").map(drop),
            Client::builder()
                .space("s")
                .project_id("p")
                .api_token("t")
                .build_blocking()
                .map(drop),
            outside.room_token("r").create().map(drop),
            outside
                .create_many([RoomTokenRequest::new("r")])
                .collect()
                .map(drop),
            outside.create_many([RoomTokenRequest::new("r")]).for_each(drop),
        ];
        for result in errors {
            let error = result.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration);
            assert!(error.to_string().contains("within an async runtime"), "{error}");
        }
        // Dropping the client within a runtime must not panic.
        drop(outside);
    });
    assert!(mock.requests().is_empty());
}

#[test]
fn debug_output_matches_the_async_client() {
    let client = Client::new("myspace", "project", "PTsentinel").unwrap();
    let text = format!("{client:?} {:?}", client.room_token("r"));
    assert!(text.contains("myspace") && !text.contains("sentinel"), "{text}");
}
