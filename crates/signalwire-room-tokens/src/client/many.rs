//! Many tokens, several at a time, under one deadline and one retry budget.

use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::stream::{self, Stream, StreamExt as _};

use super::call::{CallOptions, option_setters};
use super::outgoing::Outgoing;
use super::retry::{Batch, Limits};
use super::{Client, Time};
use crate::defaults;
use crate::error::Error;
use crate::request::RoomTokenRequest;
use crate::token::RoomToken;

/// Many tokens about to be asked for; made by [`Client::create_many`].
///
/// Each request has its own `Result`. Requests are taken from the iterator only as there is room for them, so it may
/// be long. There are three ways to get the results:
///
/// - [`collect`](Self::collect): all results at the end, in the order of the requests.
/// - [`stream`](Self::stream): each result when it and all before it are there, in the order of the requests. A slow
///   request holds up those after it.
/// - [`stream_unordered`](Self::stream_unordered): each result as soon as it is there, with the index of its request.
///
/// Once a request has got 401 or 403, no other request and no retry is started: the requests that were not sent end
/// in [`ErrorKind::NotSent`](crate::ErrorKind::NotSent).
///
/// ```
/// # use std::time::Duration;
/// # use signalwire_room_tokens::{Client, RoomTokenRequest};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let mock = signalwire_room_tokens_mock::MockServer::start().await?;
/// # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
/// use std::pin::pin;
/// use futures_util::StreamExt;
///
/// let class = RoomTokenRequest::new("math-101").valid_for(Duration::from_secs(90 * 60));
/// let names = ["Ada", "Emmy", "Sofia"];
/// let requests = names.map(|name| class.clone().user_name(name));
///
/// let mut results = pin!(client.create_many(requests).stream_unordered());
/// while let Some((index, result)) = results.next().await {
///     println!("{}: {}", names[index], result?.expose());
/// }
/// # for sent in mock.requests() {
/// #     let sent: signalwire_room_tokens::RoomTokenRequest = serde_json::from_slice(sent.body())?;
/// #     assert_eq!(sent.lint(), []);
/// # }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before `collect`, `stream` or `stream_unordered`"]
pub struct CreateMany<I> {
    client: Client,
    requests: I,
    concurrency: usize,
    timeout: Duration,
    retry_budget: usize,
    pub(crate) options: CallOptions,
}

impl<I: Iterator<Item = RoomTokenRequest>> CreateMany<I> {
    pub(super) fn new(client: Client, requests: I) -> Self {
        Self {
            client,
            requests,
            concurrency: defaults::CONCURRENCY,
            timeout: defaults::BATCH_TIMEOUT,
            retry_budget: defaults::RETRY_BUDGET,
            options: CallOptions::default(),
        }
    }

    option_setters!(options);

    /// Sets the number of requests in flight, at least 1. Defaults to 16 ([`defaults::CONCURRENCY`]).
    pub fn concurrency(mut self, concurrency: usize) -> Self {
        self.concurrency = concurrency.max(1);
        self
    }

    /// Sets the time for the whole batch, counted from the call of `collect`, `stream` or `stream_unordered`. Defaults
    /// to 2 minutes ([`defaults::BATCH_TIMEOUT`]).
    ///
    /// Requests that are not done by then end in [`ErrorKind::Timeout`](crate::ErrorKind::Timeout). Each request also
    /// has the client's own [`timeout`](super::ClientBuilder::timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the number of retries that all requests share. Defaults to 50 ([`defaults::RETRY_BUDGET`]). It keeps a
    /// failing server from getting a multiple of the load.
    pub fn retry_budget(mut self, retries: usize) -> Self {
        self.retry_budget = retries;
        self
    }

    /// Returns the results in the order of the requests. A result that is there before those of earlier requests waits
    /// for them, and takes one of the places in flight while it does.
    pub fn stream(self) -> impl Stream<Item = Result<RoomToken, Error>> {
        let concurrency = self.concurrency;
        stream::iter(self.calls())
            .buffered(concurrency)
            .map(|(_, result)| result)
    }

    /// Returns each result as soon as it is there, with the index of its request, counted from 0.
    pub fn stream_unordered(self) -> impl Stream<Item = (usize, Result<RoomToken, Error>)> {
        let concurrency = self.concurrency;
        stream::iter(self.calls()).buffer_unordered(concurrency)
    }

    /// Returns all results, in the order of the requests.
    pub async fn collect(self) -> Vec<Result<RoomToken, Error>> {
        let mut results: Vec<_> = self.stream_unordered().collect().await;
        results.sort_unstable_by_key(|(index, _)| *index);
        results.into_iter().map(|(_, result)| result).collect()
    }

    /// A future for each request. The time allowed counts from here.
    fn calls(self) -> impl Iterator<Item = impl Future<Output = (usize, Result<RoomToken, Error>)>> {
        let Self {
            client,
            requests,
            timeout,
            retry_budget,
            options,
            ..
        } = self;
        let time = Time::of(timeout);
        let limits = Limits {
            batch: Some(Batch::new(retry_budget)),
            ..client.limits(options)
        };
        requests.enumerate().map(move |(index, request)| {
            let outgoing = Outgoing::new(request, options);
            let call_time = Time::of(client.shared.timeout).within(time);
            let call = client.clone().send_within(outgoing, limits.clone(), call_time);
            call.map(move |result| (index, result))
        })
    }
}
