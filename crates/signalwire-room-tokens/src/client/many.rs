//! Many tokens at a time, under one deadline and one budget of retries.

use std::time::Duration;

use futures_util::stream::{self, Stream, StreamExt as _};

use super::call::{CallOptions, option_setters};
use super::outgoing::Outgoing;
use super::retry::{Limits, RetryBudget};
use super::{Client, Time};
use crate::defaults;
use crate::error::Error;
use crate::request::RoomTokenRequest;
use crate::token::RoomToken;

/// Many tokens about to be asked for; made by [`Client::create_many`].
///
/// Results come in the order of the requests, each its own `Result`. Requests are taken from the iterator only as
/// there is room for them, so it may be long.
///
/// ```
/// # use signalwire_room_tokens::{Client, RoomTokenRequest};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let mock = signalwire_room_tokens_mock::MockServer::start().await?;
/// # let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token())?;
/// let class = RoomTokenRequest::new("math-101");
/// let names = ["Ada", "Emmy", "Sofia"];
/// let requests = names.map(|name| class.clone().user_name(name));
///
/// let tokens = client.create_many(requests).concurrency(2).collect().await;
/// assert!(tokens.iter().all(Result::is_ok));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before `collect` or `stream`"]
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

    /// How many requests are under way at a time, at least 1; [`defaults::CONCURRENCY`].
    pub fn concurrency(mut self, concurrency: usize) -> Self {
        self.concurrency = concurrency.max(1);
        self
    }

    /// How long all of it may take; [`defaults::BATCH_TIMEOUT`]. What is not done by then fails.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How many retries all requests may take together; [`defaults::RETRY_BUDGET`]. It keeps a failing server from
    /// getting a multiple of the load.
    pub fn retry_budget(mut self, retries: usize) -> Self {
        self.retry_budget = retries;
        self
    }

    /// The results as they become ready, in the order of the requests. The time allowed counts from here.
    pub fn stream(self) -> impl Stream<Item = Result<RoomToken, Error>> {
        let Self {
            client,
            requests,
            concurrency,
            timeout,
            retry_budget,
            options,
        } = self;
        let time = Time::of(timeout);
        let limits = Limits {
            budget: Some(RetryBudget::new(retry_budget)),
            ..client.limits(options)
        };
        let send = move |request| {
            let outgoing = Outgoing::new(request, options);
            let call_time = Time::of(client.shared.timeout).within(time);
            client.clone().send_within(outgoing, limits.clone(), call_time)
        };
        stream::iter(requests).map(send).buffered(concurrency)
    }

    /// All results, in the order of the requests.
    pub async fn collect(self) -> Vec<Result<RoomToken, Error>> {
        self.stream().collect().await
    }
}
