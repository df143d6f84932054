//! Where calls run.

use futures_util::FutureExt as _;
use signalwire_room_tokens::{Client, ErrorKind, RoomTokenRequest};

#[test]
fn without_a_runtime_a_call_is_an_error_and_no_panic() {
    let client = Client::new("myspace", "project", "PT").unwrap();
    let error = client
        .room_token("r")
        .create()
        .now_or_never()
        .expect("at once")
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("no tokio runtime"), "{error}");

    let many = client.create_many([RoomTokenRequest::new("r")]);
    let results = many.collect().now_or_never().expect("at once");
    let kinds: Vec<_> = results
        .into_iter()
        .map(|result| result.unwrap_err().kind())
        .collect();
    assert_eq!(kinds, [ErrorKind::Configuration]);
}
