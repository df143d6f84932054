//! Tests for creating multiple tokens.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::StreamExt as _;
use signalwire_room_tokens::{ErrorKind, RoomTokenRequest};
use signalwire_room_tokens_mock::{MockServer, Reply, Stage};

use crate::support::{builder, client, mock, with_timeout};

fn requests(count: usize) -> impl Iterator<Item = RoomTokenRequest> + Clone + Send {
    (0..count).map(|number| RoomTokenRequest::new("r").user_name(format!("{number}")))
}

#[tokio::test]
async fn results_are_in_request_order() {
    let mock = mock().await;
    // Every third response is slow, so later requests finish first.
    mock.script_fn(|request| {
        let number: u64 = request.json()?["user_name"].as_str()?.parse().ok()?;
        let delay = if number.is_multiple_of(3) { 60 } else { 0 };
        Some(Reply::real().delay(Duration::from_millis(delay)))
    });
    let tokens = with_timeout(client(&mock).create_many(requests(30)).concurrency(8).collect()).await;
    assert_eq!(tokens.len(), 30);
    for (number, token) in tokens.into_iter().enumerate() {
        let claims = token.unwrap().claims().unwrap();
        assert_eq!(claims.user_name, Some(number.to_string()));
    }
    assert_eq!(mock.requests().len(), 30);
}

#[tokio::test]
async fn results_are_independent() {
    let mock = mock().await;
    mock.script_fn(|request| (request.json()?["user_name"] == "2").then(|| Reply::status(403).body("no")));
    let many = requests(3).chain([RoomTokenRequest::new("not valid")]);
    let results = with_timeout(client(&mock).create_many(many).collect()).await;
    let kinds: Vec<_> = results
        .iter()
        .map(|result| result.as_ref().err().map(|error| error.kind()))
        .collect();
    assert_eq!(
        kinds,
        [
            None,
            None,
            Some(ErrorKind::Forbidden),
            Some(ErrorKind::InvalidRequest)
        ]
    );
    assert_eq!(mock.requests().len(), 3, "the invalid request must not be sent");
}

/// Requests that have been taken from the iterator but whose results have not been yielded are either in
/// flight or waiting to be sent.
#[tokio::test]
async fn requests_are_taken_lazily() {
    for concurrency in [0, 1, 3] {
        let mock = mock().await;
        let taken = Arc::new(AtomicUsize::new(0));
        let count = taken.clone();
        let counted = requests(12).inspect(move |_| _ = count.fetch_add(1, Ordering::SeqCst));
        let many = client(&mock).create_many(counted).concurrency(concurrency);
        let mut stream = Box::pin(many.stream());
        assert_eq!(taken.load(Ordering::SeqCst), 0, "requests must be taken lazily");
        for yielded in 0..12 {
            with_timeout(stream.next()).await.unwrap().unwrap();
            assert!(taken.load(Ordering::SeqCst) <= yielded + concurrency.max(1));
        }
        assert!(with_timeout(stream.next()).await.is_none());
    }
}

#[tokio::test]
async fn concurrency_is_fully_used() {
    let mock = mock().await;
    mock.script_fn(|_| Some(Reply::real().hang_at(Stage::Answer)));
    let all = client(&mock).create_many(requests(9)).concurrency(3).collect();
    let three_arrive = async {
        while mock.requests().len() < 3 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::select! {
        _ = all => panic!("the server must not respond"),
        () = with_timeout(three_arrive) => {}
    }
}

#[tokio::test]
async fn retries_share_a_budget() {
    for budget in [0, 3] {
        let mock = mock().await;
        mock.script_fn(|_| Some(Reply::status(503)));
        let many = client(&mock).create_many(requests(10)).retry_budget(budget);
        let results = with_timeout(many.collect()).await;
        assert!(results.iter().all(Result::is_err));
        assert_eq!(mock.requests().len(), 10 + budget);
        let attempts: u32 = results
            .iter()
            .map(|result| result.as_ref().unwrap_err().attempts())
            .sum();
        assert_eq!(attempts as usize, 10 + budget);
    }
}

#[tokio::test]
async fn the_client_retry_limit_applies_in_addition_to_the_budget() {
    let mock = mock().await;
    mock.script_fn(|_| Some(Reply::status(503)));
    let client = builder(&mock).max_retries(1).build().unwrap();
    let results = with_timeout(client.create_many(requests(2)).retry_budget(100).collect()).await;
    assert!(
        results
            .iter()
            .all(|result| result.as_ref().unwrap_err().attempts() == 2)
    );
    assert_eq!(mock.requests().len(), 4);
}

#[tokio::test]
async fn the_deadline_applies_to_the_whole_batch() {
    let mock = mock().await;
    mock.script_fn(|_| Some(Reply::real().hang_at(Stage::Answer)));
    let many = client(&mock)
        .create_many(requests(6))
        .concurrency(2)
        .timeout(Duration::from_millis(300));
    let results = with_timeout(many.collect()).await;
    assert_eq!(results.len(), 6);
    for result in results {
        assert_eq!(result.unwrap_err().kind(), ErrorKind::Timeout);
    }
}

#[tokio::test]
async fn no_request_is_sent_after_the_deadline() {
    let mock = mock().await;
    let client = client(&mock);
    // Open connections first, so that later requests could be sent immediately.
    with_timeout(client.create_many(requests(8)).collect()).await;
    let before = mock.requests().len();

    let late = client.create_many(requests(100)).timeout(Duration::ZERO);
    let mut errors: Vec<_> = with_timeout(late.collect())
        .await
        .into_iter()
        .map(Result::unwrap_err)
        .collect();
    errors.push(
        client
            .room_token("r")
            .timeout(Duration::ZERO)
            .create()
            .await
            .unwrap_err(),
    );
    for error in errors {
        assert_eq!(
            (error.kind(), error.attempts(), error.is_retryable()),
            (ErrorKind::Timeout, 0, true),
            "{error}"
        );
    }
    assert_eq!(mock.requests().len(), before);
}

#[tokio::test]
async fn batches_have_retry_and_attempt_limits() {
    let mock = mock().await;
    mock.script_fn(|_| Some(Reply::status(503)));
    let many = client(&mock).create_many(requests(2)).max_retries(0);
    for result in with_timeout(many.collect()).await {
        assert_eq!(result.unwrap_err().attempts(), 1);
    }
    mock.script_fn(|_| Some(Reply::real().hang_at(Stage::Answer)));
    let many = client(&mock).create_many(requests(2)).max_retries(0);
    let many = many.attempt_timeout(Duration::from_millis(50));
    for result in with_timeout(many.collect()).await {
        let error = result.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    }
}

#[tokio::test]
async fn the_client_timeout_applies_to_each_call_of_a_batch() {
    let mock = mock().await;
    mock.script([Reply::real().hang_at(Stage::Answer)]);
    let client = builder(&mock).timeout(Duration::from_secs(2)).build().unwrap();
    let results = with_timeout(client.create_many(requests(3)).concurrency(1).collect()).await;
    let kinds: Vec<_> = results
        .iter()
        .map(|result| result.as_ref().err().map(|error| error.kind()))
        .collect();
    assert_eq!(kinds, [Some(ErrorKind::Timeout), None, None]);
}

#[tokio::test]
async fn batches_can_skip_validation_and_fail_on_mismatch() {
    let mock = mock().await;
    mock.script_fn(|_| Some(Reply::status(200).body(r#"{"token":"t"}"#)));
    let invalid = || [RoomTokenRequest::new("not valid")];
    let results = client(&mock)
        .create_many(invalid())
        .skip_validation()
        .collect()
        .await;
    assert!(results[0].is_ok());
    let results = client(&mock)
        .create_many(requests(1))
        .fail_on_mismatch()
        .collect()
        .await;
    assert_eq!(
        results[0].as_ref().unwrap_err().kind(),
        ErrorKind::UnexpectedResponse,
        "`t` has no claims to compare"
    );
}

#[tokio::test]
async fn unlimited_concurrency_is_allowed() {
    let mock = mock().await;
    let many = client(&mock).create_many(requests(20)).concurrency(usize::MAX);
    let results = with_timeout(many.timeout(Duration::MAX).retry_budget(usize::MAX).collect()).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 20);
}

#[tokio::test]
async fn an_empty_batch_has_no_results() {
    let mock = mock().await;
    assert!(client(&mock).create_many([]).collect().await.is_empty());
}

/// Returns a mock server that never responds to the first request.
async fn mock_with_a_hanging_first_request() -> MockServer {
    let mock = mock().await;
    mock.script_fn(|request| {
        let is_first = request.json()?["user_name"] == "0";
        Some(if is_first {
            Reply::real().hang_at(Stage::Answer)
        } else {
            Reply::real()
        })
    });
    mock
}

#[tokio::test]
async fn unordered_results_do_not_wait_for_a_slow_one() {
    let mock = mock_with_a_hanging_first_request().await;
    let many = client(&mock).create_many(requests(30)).concurrency(8);
    let mut results = pin!(many.stream_unordered());
    let mut indices = Vec::new();
    while indices.len() < 29 {
        let (index, result) = with_timeout(results.next()).await.unwrap();
        let claims = result.unwrap().claims().unwrap();
        assert_eq!(
            claims.user_name,
            Some(index.to_string()),
            "the index must match the request"
        );
        indices.push(index);
    }
    indices.sort_unstable();
    assert_eq!(indices, (1..30).collect::<Vec<_>>());
}

#[tokio::test]
async fn collecting_does_not_wait_for_a_slow_request() {
    let mock = mock_with_a_hanging_first_request().await;
    let client = builder(&mock).max_retries(0).build().unwrap();
    let many = client.create_many(requests(30)).concurrency(2);
    let results = with_timeout(many.timeout(Duration::from_secs(3)).collect()).await;
    let failed: Vec<_> = (0..30).filter(|index| results[*index].is_err()).collect();
    assert_eq!(failed, [0], "other requests must not wait for the deadline");
}

#[tokio::test]
async fn no_request_is_started_after_the_credentials_are_rejected() {
    for (status, kind) in [(401, ErrorKind::Unauthorized), (403, ErrorKind::Forbidden)] {
        for concurrency in [1, 4] {
            let mock = mock().await;
            mock.script_fn(move |_| Some(Reply::status(status)));
            let many = client(&mock).create_many(requests(50)).concurrency(concurrency);
            let results = with_timeout(many.collect()).await;
            let sent = mock.requests().len();
            assert!(sent <= concurrency, "{sent} requests were sent");
            assert_eq!(results.len(), 50);
            let errors: Vec<_> = results.into_iter().map(Result::unwrap_err).collect();
            assert_eq!(errors[0].kind(), kind);
            let rest: Vec<_> = errors.iter().filter(|error| error.kind() != kind).collect();
            assert_eq!(rest.len(), 50 - sent);
            for error in rest {
                assert_eq!(error.kind(), ErrorKind::NotSent);
                assert_eq!((error.attempts(), error.status()), (0, None));
                assert!(!error.is_retryable());
                let expected = format!(
                    "the request was not sent: an earlier request in the batch failed with status {status}"
                );
                assert_eq!(error.to_string(), expected);
            }
        }
    }
}

#[tokio::test]
async fn streams_stop_after_rejected_credentials() {
    let mock = mock().await;
    mock.script_fn(|_| Some(Reply::status(401)));
    let client = client(&mock);
    let many = || client.create_many(requests(20)).concurrency(1);
    let ordered: Vec<_> = with_timeout(many().stream().collect()).await;
    assert_eq!((ordered.len(), mock.requests().len()), (20, 1));
    let unordered: Vec<_> = with_timeout(many().stream_unordered().collect()).await;
    assert_eq!(
        (unordered.len(), mock.requests().len()),
        (20, 2),
        "each batch must send a request"
    );
}

#[tokio::test]
async fn no_retry_is_started_after_the_credentials_are_rejected() {
    let mock = mock().await;
    // The first request is waiting for its retry when the second one is rejected.
    mock.script_fn(|request| {
        let is_first = request.json()?["user_name"] == "0";
        Some(if is_first {
            Reply::status(503).header("retry-after", "2")
        } else {
            Reply::status(401).delay(Duration::from_millis(50))
        })
    });
    let results = with_timeout(client(&mock).create_many(requests(2)).collect()).await;
    let kinds: Vec<_> = results
        .iter()
        .map(|result| result.as_ref().unwrap_err().kind())
        .collect();
    assert_eq!(kinds, [ErrorKind::Server, ErrorKind::Unauthorized]);
    assert_eq!(mock.requests().len(), 2);
}

#[tokio::test]
async fn other_failures_do_not_stop_a_batch() {
    let mock = mock().await;
    mock.script_fn(|_| Some(Reply::status(422)));
    let many = client(&mock).create_many(requests(5)).concurrency(1);
    let results = with_timeout(many.collect()).await;
    assert!(
        results
            .iter()
            .all(|result| result.as_ref().unwrap_err().kind() == ErrorKind::Rejected)
    );
    assert_eq!(mock.requests().len(), 5);
}

#[tokio::test]
async fn tokens_of_a_batch_have_call_info() {
    let mock = mock().await;
    let results = with_timeout(client(&mock).create_many(requests(3)).collect()).await;
    for token in results {
        assert_eq!(token.unwrap().call_info().unwrap().attempts(), 1);
    }
}
