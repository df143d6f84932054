//! Tests for retry timing, using a virtual clock.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use futures_util::future::join_all;
use signalwire_room_tokens::{Error, ErrorKind, RoomToken, RoomTokenRequest};
use signalwire_room_tokens_mock::{MockServer, Reply, Stage};
use tokio::time::Instant;

use crate::support::{builder, mock};
use crate::virtual_clock::{STEP, on_a_virtual_clock};

/// Tolerance for measured times.
const SLACK: Duration = STEP.saturating_mul(3);

const fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// Arrival times of requests, by user name.
#[derive(Clone, Default)]
struct Arrivals(Arc<Mutex<BTreeMap<String, Vec<Instant>>>>);

impl Arrivals {
    /// Records every request sent to the mock server and responds with `reply`.
    fn record(mock: &MockServer, reply: impl Fn() -> Reply + Send + Sync + 'static) -> Self {
        let arrivals = Self::default();
        let recorded = arrivals.clone();
        mock.script_fn(move |request| {
            let name = request.json()?["user_name"].as_str()?.to_owned();
            recorded
                .0
                .lock()
                .unwrap()
                .entry(name)
                .or_default()
                .push(Instant::now());
            Some(reply())
        });
        arrivals
    }

    /// Returns the delays between each user's requests.
    fn pauses(&self) -> Vec<Vec<Duration>> {
        let arrivals = self.0.lock().unwrap();
        let pauses = |times: &Vec<Instant>| times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        arrivals.values().map(pauses).collect()
    }
}

#[track_caller]
fn assert_within(time: Duration, range: Range<Duration>) {
    assert!(
        (range.start..range.end + SLACK).contains(&time),
        "{time:?} is not in {range:?}"
    );
}

#[test]
fn delays_double_up_to_a_limit_and_are_jittered() {
    on_a_virtual_clock(async {
        let mock = mock().await;
        let arrivals = Arrivals::record(&mock, || Reply::status(503));
        let client = builder(&mock).timeout(Duration::from_secs(600)).build().unwrap();
        let calls = (0..50).map(|number| {
            client
                .room_token("r")
                .user_name(format!("{number}"))
                .max_retries(7)
                .create()
        });
        for outcome in join_all(calls).await {
            assert_eq!(outcome.unwrap_err().attempts(), 8);
        }
        let pauses = arrivals.pauses();
        assert_eq!(pauses.len(), 50);
        for (nth, shortest) in [200, 400, 800, 1600, 3200, 5000, 5000]
            .map(millis)
            .into_iter()
            .enumerate()
        {
            let nth: Vec<_> = pauses.iter().map(|pauses| pauses[nth]).collect();
            for pause in &nth {
                assert_within(*pause, shortest..shortest * 2);
            }
            // The chance that 50 random delays all fall within half the range is about one in 10^13.
            let (least, most) = (nth.iter().min().unwrap(), nth.iter().max().unwrap());
            assert!(
                *most - *least > shortest / 2,
                "{least:?} to {most:?} is too narrow"
            );
        }
    });
}

/// Makes a call whose first response has the given `Retry-After`. Returns the result and the delay before the
/// retry.
fn call_with_retry_after(value: &str) -> (Result<RoomToken, Error>, Option<Duration>) {
    on_a_virtual_clock(async {
        let mock = mock().await;
        let arrivals = Arrivals::record(&mock, Reply::real);
        let first = Instant::now();
        mock.script([Reply::status(503).header("retry-after", value)]);
        let outcome = builder(&mock)
            .build()
            .unwrap()
            .room_token("r")
            .user_name("Ada")
            .create()
            .await;
        // The first request gets the queued reply, so its arrival isn't recorded, but it is sent immediately.
        let second = arrivals
            .0
            .lock()
            .unwrap()
            .get("Ada")
            .map(|times| times[0] - first);
        (outcome, second)
    })
}

#[test]
fn retry_after_lengthens_a_delay_and_never_shortens_it() {
    let in_7_seconds = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(7));
    let usual = || millis(200)..millis(400);
    let cases = [
        ("0", usual()),
        ("7", millis(7000)..millis(7000)),
        ("29", millis(29_000)..millis(29_000)),
        // HTTP dates have a resolution of one second, and some time has passed, so 0 to 7 seconds remain.
        (&in_7_seconds, millis(200)..millis(7000)),
        ("Sun, 06 Nov 1994 08:49:37 GMT", usual()),
        ("-1", usual()),
        ("nan", usual()),
        ("1e300", usual()),
        ("", usual()),
        ("soon", usual()),
    ];
    for (value, expected) in cases {
        let (outcome, pause) = call_with_retry_after(value);
        outcome.unwrap_or_else(|error| panic!("{value}: {error}"));
        assert_within(pause.expect("expected a second request"), expected);
    }
}

#[test]
fn a_retry_after_beyond_the_deadline_prevents_a_retry() {
    let tomorrow = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(86_400));
    let far = [
        "30",
        "31",
        "86400",
        "18446744073709551615",
        "99999999999999999999",
    ];
    for value in far.into_iter().chain([&*tomorrow]) {
        let (outcome, pause) = call_with_retry_after(value);
        let error = outcome.unwrap_err();
        assert_eq!((error.attempts(), pause), (1, None), "{value}");
        assert!(error.elapsed() < SLACK, "{value}: {:?}", error.elapsed());
    }
}

/// Makes a call with the given timeout to a server that always returns `reply`. Returns the error and the
/// elapsed time.
async fn call_server(timeout: Duration, reply: Reply) -> (Error, Duration) {
    let mock = mock().await;
    mock.script_fn(move |_| Some(reply.clone()));
    let client = builder(&mock).timeout(timeout).build().unwrap();
    let started = Instant::now();
    let error = client.room_token("r").create().await.unwrap_err();
    (error, started.elapsed())
}

#[test]
fn the_deadline_includes_all_attempts() {
    let second = Duration::from_secs(1);
    let hanging_replies = [
        Reply::real().hang_at(Stage::Answer),
        Reply::real().hang_at(Stage::Headers),
        Reply::real().hang_at(Stage::Body),
        Reply::real().drip(1, second),
        Reply::real().drip_body(1, second),
        Reply::endless_informational(103).delay(100 * second),
    ];
    let calls = hanging_replies.map(|reply| call_server(30 * second, reply));
    for (error, took) in on_a_virtual_clock(join_all(calls)) {
        assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
        // Two attempts of 10 seconds each, two delays, and a third attempt that ends at the deadline.
        assert_eq!(error.attempts(), 3, "{error}");
        assert_within(took, 30 * second..30 * second);
        assert_within(error.elapsed(), 30 * second..30 * second);
    }
}

#[test]
fn delays_end_before_the_deadline() {
    let timeouts = [150, 500, 1000, 2000].map(millis);
    let calls = timeouts.map(|timeout| call_server(timeout, Reply::status(503)));
    for ((error, took), timeout) in on_a_virtual_clock(join_all(calls)).into_iter().zip(timeouts) {
        assert_eq!(
            error.kind(),
            ErrorKind::Server,
            "expected the last response, not a timeout"
        );
        assert!(took < timeout + SLACK, "{took:?} of {timeout:?}");
        assert!(error.attempts() <= 4);
    }
}

#[test]
fn the_retry_budget_applies_if_all_requests_fail() {
    on_a_virtual_clock(async {
        let mock = mock().await;
        let arrivals = Arrivals::record(&mock, || Reply::status(503));
        let requests = (0..300).map(|number| RoomTokenRequest::new("r").user_name(format!("{number}")));
        let results = builder(&mock)
            .build()
            .unwrap()
            .create_many(requests)
            .collect()
            .await;
        assert_eq!(results.len(), 300);
        assert!(results.iter().all(Result::is_err));
        // The requests share 50 retries, and each one is retried at most 3 times.
        assert_eq!(mock.requests().len(), 350);
        assert!(arrivals.pauses().iter().all(|pauses| pauses.len() <= 3));
    });
}
