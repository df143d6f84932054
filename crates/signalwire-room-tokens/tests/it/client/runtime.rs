//! Tests for calls without an async runtime, or in a runtime without time or I/O.

use futures_util::FutureExt as _;
use signalwire_room_tokens::{Client, ErrorKind, RoomTokenRequest};
use tokio::runtime::{Builder, Runtime};

use crate::support::{client, mock};

#[test]
fn calls_without_a_runtime_are_an_error() {
    let client = Client::new("myspace", "project", "PT").unwrap();
    let error = client
        .room_token("r")
        .create()
        .now_or_never()
        .expect("the call must complete immediately")
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("no tokio runtime"), "{error}");

    let many = client.create_many([RoomTokenRequest::new("r")]);
    let results = many
        .collect()
        .now_or_never()
        .expect("the calls must complete immediately");
    let kinds: Vec<_> = results
        .into_iter()
        .map(|result| result.unwrap_err().kind())
        .collect();
    assert_eq!(kinds, [ErrorKind::Configuration]);
}

#[test]
fn calls_in_a_runtime_without_time_or_io_are_an_error() {
    let complete = Builder::new_multi_thread().enable_all().build().unwrap();
    let mock = complete.block_on(mock());
    let client = client(&mock);
    let kinds: [fn(&mut Builder) -> &mut Builder; 3] =
        [|builder| builder, Builder::enable_time, Builder::enable_io];
    for set_up in kinds {
        let lacking: Runtime = set_up(&mut Builder::new_current_thread()).build().unwrap();
        let error = lacking
            .block_on(client.room_token("r").max_retries(0).create())
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
        assert!(error.to_string().contains("`enable_all`"), "{error}");
    }
    assert_eq!(mock.requests().len(), 0);
    complete.block_on(client.room_token("r").create()).unwrap();
}
