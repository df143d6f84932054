//! Tests that memory use is bounded regardless of server responses. This is a separate binary because it
//! replaces the global allocator.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests and their helpers fail by panicking"
)]

use std::time::Duration;

use peak_alloc::PeakAlloc;
use signalwire_room_tokens::{Client, ErrorKind, RoomTokenRequest};
use signalwire_room_tokens_mock::{MockServer, Reply};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const MIB: usize = 1 << 20;

/// Maximum memory use of one call: the client's 64 KiB limit, plus the client's and the mock server's
/// buffers.
const BOUND: usize = MIB;

/// Returns large or endless responses and the expected error kinds.
fn large_responses() -> Vec<(&'static str, Reply, ErrorKind)> {
    let compressed = |reply: Reply| reply.header("content-encoding", "gzip").body(GZIP_HEADER);
    vec![
        (
            "an endless body",
            Reply::status(200).endless_body(),
            ErrorKind::UnexpectedResponse,
        ),
        (
            "endless chunks",
            Reply::status(200).endless_chunks(),
            ErrorKind::UnexpectedResponse,
        ),
        (
            "an endless error",
            Reply::status(500).body("oh").endless_body(),
            ErrorKind::Server,
        ),
        (
            "an endless rejection",
            Reply::status(422).body("no").endless_chunks(),
            ErrorKind::Rejected,
        ),
        (
            "an endless redirect",
            Reply::redirect(302, "/").endless_chunks(),
            ErrorKind::UnexpectedResponse,
        ),
        (
            "an endless compressed body",
            compressed(Reply::status(200)).endless_body(),
            ErrorKind::UnexpectedResponse,
        ),
        (
            "endless informational responses",
            Reply::endless_informational(103),
            ErrorKind::Timeout,
        ),
    ]
}

/// A gzip header. The client never decompresses the stream, so its content doesn't matter.
const GZIP_HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];

/// This is a single test because concurrent tests would count each other's allocations.
#[test]
fn memory_use_is_bounded() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mock = MockServer::builder()
            .max_recorded_requests(1)
            .start()
            .await
            .unwrap();
        let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token()).unwrap();
        // The first call also makes one-time allocations.
        client.room_token("r").create().await.unwrap();
        for (what, reply, kind) in large_responses() {
            response_memory_is_bounded(&mock, &client, what, reply, kind).await;
        }
        huge_response_memory_is_bounded(&mock, &client).await;
        memory_does_not_accumulate(&mock, &client).await;
        long_iterators_are_not_collected(&mock, &client).await;
    });
}

async fn response_memory_is_bounded(
    mock: &MockServer,
    client: &Client,
    what: &str,
    reply: Reply,
    kind: ErrorKind,
) {
    mock.script([reply]);
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let call = client
        .room_token("r")
        .max_retries(0)
        .timeout(Duration::from_secs(1));
    let error = call.create().await.unwrap_err();
    let taken = ALLOCATOR.peak_usage() - before;
    assert_eq!(error.kind(), kind, "{what}: {error}");
    assert!(taken < BOUND, "{what} took {taken} bytes");
}

/// Checks memory use with a huge response. The mock server allocates most of that memory.
async fn huge_response_memory_is_bounded(mock: &MockServer, client: &Client) {
    let size = 64 * MIB;
    mock.script([Reply::status(200).body(vec![b' '; size])]);
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let error = client.room_token("r").max_retries(0).create().await.unwrap_err();
    let peak = ALLOCATOR.peak_usage() - before;
    assert!(error.to_string().contains("larger than 64 KiB"), "{error}");
    // The mock server holds two copies of the body: one in the reply and one in the encoded message.
    assert!(peak < 2 * size + BOUND, "{peak} bytes");
}

async fn memory_does_not_accumulate(mock: &MockServer, client: &Client) {
    let usage_after = async |rounds: usize| {
        for _ in 0..rounds {
            mock.script([Reply::status(500).body("oh").endless_chunks()]);
            let failed = client.room_token("r").max_retries(0).create().await;
            failed.unwrap_err();
            client.room_token("r").create().await.unwrap();
        }
        ALLOCATOR.current_usage()
    };
    let (early, late) = (usage_after(20).await, usage_after(40).await);
    assert!(late < early + BOUND / 4, "from {early} to {late} bytes");
}

/// Checks that an iterator of a million requests is consumed lazily.
async fn long_iterators_are_not_collected(mock: &MockServer, client: &Client) {
    use futures_util::StreamExt as _;

    mock.clear_script();
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let requests = (0..1_000_000).map(|number| RoomTokenRequest::new("r").user_name(format!("{number}")));
    let first: Vec<_> = client.create_many(requests).stream().take(5).collect().await;
    assert!(first.iter().all(Result::is_ok));
    let taken = ALLOCATOR.peak_usage() - before;
    assert!(taken < 4 * BOUND, "{taken} bytes");
}
