//! Memory stays flat, whatever a server sends. A binary of its own, since the allocator that counts is everybody's.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers as well"
)]

use std::time::Duration;

use peak_alloc::PeakAlloc;
use signalwire_room_tokens::{Client, ErrorKind, RoomTokenRequest};
use signalwire_room_tokens_mock::{MockServer, Reply};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const MIB: usize = 1 << 20;

/// What one call may take at most, the mock's share included: the client's 64 KiB, and buffers on both sides.
const BOUND: usize = MIB;

/// Answers of any size, and what each ends in.
fn answers() -> Vec<(&'static str, Reply, ErrorKind)> {
    let compressed = |reply: Reply| reply.header("content-encoding", "gzip").body(GZIP_BEGINNING);
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
            "an endless refusal",
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
            "no end of informational answers",
            Reply::endless_informational(103),
            ErrorKind::Timeout,
        ),
    ]
}

/// How every body compressed by gzip begins. Nothing is ever unpacked, so what it would unpack to does not matter.
const GZIP_BEGINNING: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];

/// One test for all, one after the other: what another test allocates at the same time would count as well.
#[test]
fn memory_stays_flat() {
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
        // What is made once is not what this is about.
        client.room_token("r").create().await.unwrap();
        for (what, reply, kind) in answers() {
            answer_is_bounded(&mock, &client, what, reply, kind).await;
        }
        huge_answer_is_bounded(&mock, &client).await;
        nothing_piles_up(&mock, &client).await;
        long_iterators_are_not_collected(&mock, &client).await;
    });
}

async fn answer_is_bounded(mock: &MockServer, client: &Client, what: &str, reply: Reply, kind: ErrorKind) {
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

/// The mock holds the body itself; what the client adds to it is small beside it.
async fn huge_answer_is_bounded(mock: &MockServer, client: &Client) {
    let size = 64 * MIB;
    mock.script([Reply::status(200).body(vec![b' '; size])]);
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let error = client.room_token("r").max_retries(0).create().await.unwrap_err();
    let peak = ALLOCATOR.peak_usage() - before;
    assert!(error.to_string().contains("larger than 64 KiB"), "{error}");
    // Once as the reply's body and once more as the message: the mock's own.
    assert!(peak < 2 * size + BOUND, "{peak} bytes");
}

async fn nothing_piles_up(mock: &MockServer, client: &Client) {
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

/// A million requests, of which the first few are asked for.
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
