//! State shared by all connections of a server.

use std::collections::VecDeque;
use std::sync::Mutex;

use crate::clock::Clock;
use crate::endpoint::Endpoint;
use crate::random::Random;
use crate::received::ReceivedRequest;
use crate::script::Script;
use crate::sync::lock;

/// State shared by all connections of a server.
pub(crate) struct Shared {
    pub(crate) endpoint: Endpoint,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) script: Script,
    pub(crate) received: Mutex<VecDeque<ReceivedRequest>>,
    pub(crate) max_recorded_requests: usize,
}

impl Shared {
    /// Records `request`, discarding the oldest requests if the limit is exceeded.
    pub(crate) fn record(&self, request: ReceivedRequest) {
        let mut received = lock(&self.received);
        received.push_back(request);
        while received.len() > self.max_recorded_requests {
            received.pop_front();
        }
    }
}
