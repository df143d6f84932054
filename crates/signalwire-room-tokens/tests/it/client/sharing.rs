//! Tests that clones share a connection pool and that dropped calls leave the client usable.

use std::time::Duration;

use signalwire_room_tokens_mock::{Reply, Stage};
use tokio::task::JoinSet;

use crate::support::{builder, client, mock, with_timeout};

#[tokio::test]
async fn clones_share_a_connection_pool() {
    let mock = mock().await;
    let first = client(&mock);
    first.room_token("r").create().await.unwrap();
    // The mock server closes this connection on the next request. The clone's call fails only if it reuses
    // the connection, which requires a shared pool.
    mock.script([Reply::real().close_on_next_request()]);
    first.room_token("r").create().await.unwrap();
    let error = first.clone().room_token("r").max_retries(0).create().await;
    assert!(error.is_err(), "the clone must use the pooled connection");
}

#[tokio::test]
async fn dropped_calls_leave_the_client_usable() {
    let mock = mock().await;
    let client = client(&mock);
    for stage in [Stage::Request, Stage::Answer, Stage::Headers, Stage::Body] {
        mock.script([Reply::real().hang_at(stage)]);
        let call = client.room_token("r").create();
        assert!(
            tokio::time::timeout(Duration::from_millis(50), call)
                .await
                .is_err()
        );
        with_timeout(client.room_token("r").create()).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_from_many_tasks_get_their_own_tokens() {
    let mock = mock().await;
    let client = builder(&mock).build().unwrap();
    let mut calls = JoinSet::new();
    for number in 0..200 {
        let client = client.clone();
        calls.spawn(async move {
            let name = format!("user {number}");
            let token = client.room_token("r").user_name(&name).create().await.unwrap();
            (name, token)
        });
    }
    for (name, token) in calls.join_all().await {
        assert_eq!(token.claims().unwrap().user_name.unwrap(), name);
    }
    assert_eq!(mock.requests().len(), 200);
}

#[tokio::test]
async fn calls_may_outlive_their_client() {
    let mock = mock().await;
    let client = client(&mock);
    let call = tokio::spawn(client.room_token("a").create());
    drop(client);
    with_timeout(call).await.unwrap().unwrap();
}
