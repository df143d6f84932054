//! Batches: many concurrent calls that share a deadline and a retry budget.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::stream::{self, Stream, StreamExt as _};
use tokio::time::Instant;

use super::batch::Batch;
use super::handle::Client;
use super::options::{CallOptions, deadline, option_setters};
use crate::defaults;
use crate::error::Error;
use crate::request::RoomTokenRequest;
use crate::token::RoomToken;

/// A batch that creates many tokens concurrently. Returned by [`Client::create_many`].
///
/// `C` is the client type, either async or [blocking](crate::blocking).
///
/// Each request has its own `Result`. The iterator of requests is consumed lazily, so it can be long. There are three
/// ways to get the results:
///
/// - [`collect`](Self::collect) returns all results at the end, in the order of the requests.
/// - [`stream`](Self::stream) yields the results in the order of the requests. A slow request delays the results of
///   later requests.
/// - [`stream_unordered`](Self::stream_unordered) yields each result as soon as it is available, with the index of its
///   request.
///
/// After a response with status 401 or 403, no more requests or retries are sent. Requests that were not sent fail with
/// the kind [`ErrorKind::NotSent`](crate::ErrorKind::NotSent).
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
#[must_use = "nothing is sent until the results are requested, for example with `collect`"]
pub struct CreateMany<I, C = Client> {
    pub(crate) client: C,
    requests: I,
    concurrency: usize,
    timeout: Duration,
    retry_budget: usize,
    /// The options for each call.
    options: CallOptions,
}

impl<I, C> CreateMany<I, C> {
    option_setters!();

    /// Sets the maximum number of requests in flight. Defaults to 16 ([`defaults::CONCURRENCY`]); 0 counts as 1.
    pub fn concurrency(mut self, concurrency: usize) -> Self {
        self.concurrency = concurrency.max(1);
        self
    }

    /// Sets the timeout for the whole batch, measured from the call to `collect`, `stream` or `stream_unordered`.
    /// Defaults to 2 minutes ([`defaults::BATCH_TIMEOUT`]).
    ///
    /// Requests that are not finished by then fail with [`ErrorKind::Timeout`](crate::ErrorKind::Timeout). The client's
    /// [`timeout`](super::ClientBuilder::timeout) also applies to each request.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the number of retries shared by all requests in the batch. Defaults to 50 ([`defaults::RETRY_BUDGET`]).
    /// This limits the additional load on a failing server.
    pub fn retry_budget(mut self, retries: usize) -> Self {
        self.retry_budget = retries;
        self
    }

    /// Replaces the client.
    #[cfg(feature = "blocking")]
    pub(crate) fn with_client<D>(self, client: D) -> CreateMany<I, D> {
        CreateMany {
            client,
            requests: self.requests,
            concurrency: self.concurrency,
            timeout: self.timeout,
            retry_budget: self.retry_budget,
            options: self.options,
        }
    }
}

impl<I: Iterator<Item = RoomTokenRequest>> CreateMany<I> {
    /// Returns a stream of the results in the order of the requests. A result that is available before those of earlier
    /// requests is held back and counts as in flight until it is yielded.
    pub fn stream(self) -> impl Stream<Item = Result<RoomToken, Error>> {
        let concurrency = self.concurrency;
        stream::iter(self.calls())
            .buffered(concurrency)
            .map(|(_, result)| result)
    }

    /// Returns a stream that yields each result as soon as it is available, with the zero-based index of its request.
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

    /// Returns a future for each request. The batch timeout starts when this method is called.
    fn calls(self) -> impl Iterator<Item = impl Future<Output = (usize, Result<RoomToken, Error>)>> {
        let deadline = deadline(Instant::now(), self.timeout);
        let options = CallOptions {
            batch: Some(Arc::new(Batch::new(deadline, self.retry_budget))),
            ..self.options
        };
        let client = self.client;
        self.requests.enumerate().map(move |(index, request)| {
            let call = client.clone().send(request, options.clone());
            call.map(move |result| (index, result))
        })
    }
}

impl Client {
    /// Starts a batch that creates many tokens concurrently; see [`CreateMany`].
    pub fn create_many<I>(&self, requests: I) -> CreateMany<I::IntoIter>
    where
        I: IntoIterator<Item = RoomTokenRequest>,
    {
        CreateMany {
            client: self.clone(),
            requests: requests.into_iter(),
            concurrency: defaults::CONCURRENCY,
            timeout: defaults::BATCH_TIMEOUT,
            retry_budget: defaults::RETRY_BUDGET,
            options: self.options(),
        }
    }
}
