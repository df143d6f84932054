//! Tests that a client remains usable after a call is dropped at any await point.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use futures_util::StreamExt as _;
use signalwire_room_tokens::{Client, RoomTokenRequest};
use signalwire_room_tokens_mock::{MockServer, Reply, Stage};

use crate::support::{client, mock};
use crate::virtual_clock::on_a_virtual_clock;

/// Polls a future at most `polls` times and then drops it. Returns `true` if it completed.
async fn completes_within(polls: usize, run: impl Future) -> bool {
    let mut run = pin!(run);
    let mut left = polls;
    poll_fn(|context| {
        left -= 1;
        match run.as_mut().poll(context) {
            Poll::Ready(_) => Poll::Ready(true),
            Poll::Pending if left == 0 => Poll::Ready(false),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Drops one call at its first await point, another at its second, and so on until a call completes. Checks
/// after each dropped call that the next call gets its own token. Returns the number of await points.
async fn drop_at_every_await_point<F: Future>(
    warm: bool,
    replies: &[Reply],
    call: impl Fn(Client) -> F,
) -> usize {
    let mock = mock().await;
    for points in 0..1000 {
        let client = client(&mock);
        if warm {
            assert_gets_its_own_token(&client, &mock, "before").await;
        }
        mock.script(replies.iter().cloned());
        let ended = completes_within(points + 1, call(client.clone())).await;
        mock.clear_script();
        assert_gets_its_own_token(&client, &mock, &format!("after {points}")).await;
        if ended {
            return points;
        }
    }
    panic!("the call did not complete");
}

async fn assert_gets_its_own_token(client: &Client, mock: &MockServer, name: &str) {
    let token = client.room_token("r").user_name(name).create().await.unwrap();
    assert_eq!(mock.verify(token.expose()).unwrap()["u"], name);
}

#[test]
fn calls_can_be_dropped_at_any_await_point() {
    let slow = Reply::real().drip(150, Duration::from_millis(50));
    let cases = [
        (1, vec![]),
        (3, vec![slow.clone()]),
        (3, vec![Reply::status(503), slow]),
        (2, vec![Reply::real().close_at(Stage::Body)]),
        (1, vec![Reply::status(200).body("x").endless_chunks()]),
    ];
    for (at_least, replies) in cases {
        for warm in [false, true] {
            let points = on_a_virtual_clock(drop_at_every_await_point(warm, &replies, |client| async move {
                client.room_token("dropped").user_name("dropped").create().await
            }));
            assert!(points >= at_least, "{points} points in {replies:?}");
        }
    }
}

#[test]
fn batches_can_be_dropped_at_any_await_point() {
    let replies = [
        Reply::status(503),
        Reply::real(),
        Reply::real().reset_at(Stage::Headers),
    ];
    let points = on_a_virtual_clock(drop_at_every_await_point(false, &replies, |client| async move {
        let requests = (0..4).map(|_| RoomTokenRequest::new("dropped").user_name("dropped"));
        let mut results = pin!(client.create_many(requests).concurrency(3).stream());
        while results.next().await.is_some() {}
    }));
    assert!(points >= 4, "{points}");
}
