//! Many tokens at a time.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::StreamExt as _;
use signalwire_room_tokens::{ErrorKind, RoomTokenRequest};
use signalwire_room_tokens_mock::{MockServer, Reply, Stage};

use crate::support::{builder, client, in_time, mock};

fn requests(count: usize) -> impl Iterator<Item = RoomTokenRequest> + Clone + Send {
    (0..count).map(|number| RoomTokenRequest::new("r").user_name(format!("{number}")))
}

#[tokio::test]
async fn results_come_in_the_order_of_the_requests() {
    let mock = mock().await;
    // Every third is slow, so that later ones are done before.
    mock.script_fn(|request| {
        let number: u64 = request.json()?["user_name"].as_str()?.parse().ok()?;
        let delay = if number.is_multiple_of(3) { 60 } else { 0 };
        Some(Reply::real().delay(Duration::from_millis(delay)))
    });
    let tokens = in_time(client(&mock).create_many(requests(30)).concurrency(8).collect()).await;
    assert_eq!(tokens.len(), 30);
    for (number, token) in tokens.into_iter().enumerate() {
        let claims = token.unwrap().claims().unwrap();
        assert_eq!(claims.user_name, Some(number.to_string()));
    }
    assert_eq!(mock.requests().len(), 30);
}

#[tokio::test]
async fn each_result_is_its_own() {
    let mock = mock().await;
    mock.script_fn(|request| (request.json()?["user_name"] == "2").then(|| Reply::status(403).body("no")));
    let many = requests(3).chain([RoomTokenRequest::new("not valid")]);
    let results = in_time(client(&mock).create_many(many).collect()).await;
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
    assert_eq!(mock.requests().len(), 3, "the invalid one is not sent");
}

/// What has been taken from the iterator and not been yielded is under way, or done and waiting for its turn.
#[tokio::test]
async fn no_more_are_taken_than_may_be_under_way() {
    for concurrency in [0, 1, 3] {
        let mock = mock().await;
        let taken = Arc::new(AtomicUsize::new(0));
        let count = taken.clone();
        let counted = requests(12).inspect(move |_| _ = count.fetch_add(1, Ordering::SeqCst));
        let many = client(&mock).create_many(counted).concurrency(concurrency);
        let mut stream = Box::pin(many.stream());
        assert_eq!(
            taken.load(Ordering::SeqCst),
            0,
            "nothing happens before it is asked for"
        );
        for yielded in 0..12 {
            in_time(stream.next()).await.unwrap().unwrap();
            assert!(taken.load(Ordering::SeqCst) <= yielded + concurrency.max(1));
        }
        assert!(in_time(stream.next()).await.is_none());
    }
}

#[tokio::test]
async fn as_many_are_under_way_as_allowed() {
    let mock = mock().await;
    mock.script_fn(|_| Some(Reply::real().hang_at(Stage::Answer)));
    let all = client(&mock).create_many(requests(9)).concurrency(3).collect();
    let three_arrive = async {
        while mock.requests().len() < 3 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::select! {
        _ = all => panic!("nothing was answered"),
        () = in_time(three_arrive) => {}
    }
}

#[tokio::test]
async fn retries_come_out_of_one_budget() {
    for budget in [0, 3] {
        let mock = mock().await;
        mock.script_fn(|_| Some(Reply::status(503)));
        let many = client(&mock).create_many(requests(10)).retry_budget(budget);
        let results = in_time(many.collect()).await;
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
async fn the_clients_limit_of_retries_holds_beside_the_budget() {
    let mock = mock().await;
    mock.script_fn(|_| Some(Reply::status(503)));
    let client = builder(&mock).max_retries(1).build().unwrap();
    let results = in_time(client.create_many(requests(2)).retry_budget(100).collect()).await;
    assert!(
        results
            .iter()
            .all(|result| result.as_ref().unwrap_err().attempts() == 2)
    );
    assert_eq!(mock.requests().len(), 4);
}

#[tokio::test]
async fn one_deadline_holds_for_all() {
    let mock = mock().await;
    mock.script_fn(|_| Some(Reply::real().hang_at(Stage::Answer)));
    let many = client(&mock)
        .create_many(requests(6))
        .concurrency(2)
        .timeout(Duration::from_millis(300));
    let results = in_time(many.collect()).await;
    assert_eq!(results.len(), 6);
    for result in results {
        assert_eq!(result.unwrap_err().kind(), ErrorKind::Timeout);
    }
}

#[tokio::test]
async fn nothing_is_sent_when_the_time_is_over() {
    let mock = mock().await;
    let client = client(&mock);
    // With connections that are open, on which a request could go out at once.
    in_time(client.create_many(requests(8)).collect()).await;
    let before = mock.requests().len();

    let late = client.create_many(requests(100)).timeout(Duration::ZERO);
    let mut errors: Vec<_> = in_time(late.collect())
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
            (error.kind(), error.attempts()),
            (ErrorKind::Timeout, 0),
            "{error}"
        );
    }
    assert_eq!(mock.requests().len(), before);
}

#[tokio::test]
async fn attempts_of_many_are_limited_as_told() {
    let mock = mock().await;
    mock.script_fn(|_| Some(Reply::status(503)));
    let many = client(&mock).create_many(requests(2)).max_retries(0);
    for result in in_time(many.collect()).await {
        assert_eq!(result.unwrap_err().attempts(), 1);
    }
    mock.script_fn(|_| Some(Reply::real().hang_at(Stage::Answer)));
    let many = client(&mock).create_many(requests(2)).max_retries(0);
    let many = many.attempt_timeout(Duration::from_millis(50));
    for result in in_time(many.collect()).await {
        let error = result.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    }
}

#[tokio::test]
async fn a_calls_own_deadline_holds_within_that_of_all() {
    let mock = mock().await;
    mock.script([Reply::real().hang_at(Stage::Answer)]);
    let client = builder(&mock).timeout(Duration::from_secs(2)).build().unwrap();
    let results = in_time(client.create_many(requests(3)).concurrency(1).collect()).await;
    let kinds: Vec<_> = results
        .iter()
        .map(|result| result.as_ref().err().map(|error| error.kind()))
        .collect();
    assert_eq!(kinds, [Some(ErrorKind::Timeout), None, None]);
}

#[tokio::test]
async fn the_switches_of_a_call_are_there() {
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
        "`t` cannot be compared"
    );
}

#[tokio::test]
async fn any_number_may_be_under_way() {
    let mock = mock().await;
    let many = client(&mock).create_many(requests(20)).concurrency(usize::MAX);
    let results = in_time(many.timeout(Duration::MAX).retry_budget(usize::MAX).collect()).await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 20);
}

#[tokio::test]
async fn none_at_all_are_none() {
    let mock = mock().await;
    assert!(client(&mock).create_many([]).collect().await.is_empty());
}

/// The first request is slow, the others are not.
async fn mock_with_a_slow_first() -> MockServer {
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
    let mock = mock_with_a_slow_first().await;
    let many = client(&mock).create_many(requests(30)).concurrency(8);
    let mut results = pin!(many.stream_unordered());
    let mut indices = Vec::new();
    while indices.len() < 29 {
        let (index, result) = in_time(results.next()).await.unwrap();
        let claims = result.unwrap().claims().unwrap();
        assert_eq!(
            claims.user_name,
            Some(index.to_string()),
            "the index of its request"
        );
        indices.push(index);
    }
    indices.sort_unstable();
    assert_eq!(indices, (1..30).collect::<Vec<_>>());
}

#[tokio::test]
async fn collecting_keeps_all_places_in_flight_busy() {
    let mock = mock_with_a_slow_first().await;
    let client = builder(&mock).max_retries(0).build().unwrap();
    let many = client.create_many(requests(30)).concurrency(2);
    let results = in_time(many.timeout(Duration::from_secs(3)).collect()).await;
    let failed: Vec<_> = (0..30).filter(|index| results[*index].is_err()).collect();
    assert_eq!(failed, [0], "the others do not wait until the time is over");
}

#[tokio::test]
async fn no_request_is_started_after_the_credentials_were_rejected() {
    for (status, kind) in [(401, ErrorKind::Unauthorized), (403, ErrorKind::Forbidden)] {
        for concurrency in [1, 4] {
            let mock = mock().await;
            mock.script_fn(move |_| Some(Reply::status(status)));
            let many = client(&mock).create_many(requests(50)).concurrency(concurrency);
            let results = in_time(many.collect()).await;
            let sent = mock.requests().len();
            assert!(sent <= concurrency, "{sent} were sent");
            assert_eq!(results.len(), 50);
            let errors: Vec<_> = results.into_iter().map(Result::unwrap_err).collect();
            assert_eq!(errors[0].kind(), kind);
            let rest: Vec<_> = errors.iter().filter(|error| error.kind() != kind).collect();
            assert_eq!(rest.len(), 50 - sent);
            for error in rest {
                assert_eq!(error.kind(), ErrorKind::NotSent);
                assert_eq!((error.attempts(), error.status()), (0, None));
                assert!(!error.is_retryable());
                let said = format!("the request was not sent: an earlier request of the batch got {status}");
                assert_eq!(error.to_string(), said);
            }
        }
    }
}

#[tokio::test]
async fn the_streams_stop_as_well() {
    let mock = mock().await;
    mock.script_fn(|_| Some(Reply::status(401)));
    let client = client(&mock);
    let many = || client.create_many(requests(20)).concurrency(1);
    let ordered: Vec<_> = in_time(many().stream().collect()).await;
    assert_eq!((ordered.len(), mock.requests().len()), (20, 1));
    let unordered: Vec<_> = in_time(many().stream_unordered().collect()).await;
    assert_eq!(
        (unordered.len(), mock.requests().len()),
        (20, 2),
        "each batch asks anew"
    );
}

#[tokio::test]
async fn no_retry_is_started_after_the_credentials_were_rejected() {
    let mock = mock().await;
    // The first is to be tried again; while it waits, the second is rejected.
    mock.script_fn(|request| {
        let is_first = request.json()?["user_name"] == "0";
        Some(if is_first {
            Reply::status(503).header("retry-after", "2")
        } else {
            Reply::status(401).delay(Duration::from_millis(50))
        })
    });
    let results = in_time(client(&mock).create_many(requests(2)).collect()).await;
    let kinds: Vec<_> = results
        .iter()
        .map(|result| result.as_ref().unwrap_err().kind())
        .collect();
    assert_eq!(kinds, [ErrorKind::Server, ErrorKind::Unauthorized]);
    assert_eq!(mock.requests().len(), 2);
}

#[tokio::test]
async fn other_failures_stop_nothing() {
    let mock = mock().await;
    mock.script_fn(|_| Some(Reply::status(422)));
    let many = client(&mock).create_many(requests(5)).concurrency(1);
    let results = in_time(many.collect()).await;
    assert!(
        results
            .iter()
            .all(|result| result.as_ref().unwrap_err().kind() == ErrorKind::Rejected)
    );
    assert_eq!(mock.requests().len(), 5);
}

#[tokio::test]
async fn each_token_knows_its_call() {
    let mock = mock().await;
    let results = in_time(client(&mock).create_many(requests(3)).collect()).await;
    for token in results {
        assert_eq!(token.unwrap().call_info().unwrap().attempts(), 1);
    }
}
