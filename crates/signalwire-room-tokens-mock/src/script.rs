//! Scripted replies.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use crate::received::ReceivedRequest;
use crate::reply::{Break, Delivery, Reply, Stage};
use crate::sync::lock;

type ReplyFn = dyn Fn(&ReceivedRequest) -> Option<Reply> + Send + Sync;

/// The replies to send: queued replies first (one per request), then the replies chosen by an optional function, then
/// the normal responses.
#[derive(Default)]
pub(crate) struct Script {
    queue: Mutex<VecDeque<Reply>>,
    function: Mutex<Option<Arc<ReplyFn>>>,
}

impl Script {
    pub(crate) fn extend(&self, replies: impl IntoIterator<Item = Reply>) {
        lock(&self.queue).extend(replies);
    }

    pub(crate) fn set_function(
        &self,
        function: impl Fn(&ReceivedRequest) -> Option<Reply> + Send + Sync + 'static,
    ) {
        *lock(&self.function) = Some(Arc::new(function));
    }

    pub(crate) fn clear(&self) {
        lock(&self.queue).clear();
        *lock(&self.function) = None;
    }

    pub(crate) fn remaining(&self) -> usize {
        lock(&self.queue).len()
    }

    /// Removes the next reply from the queue and returns its fault, but only if the fault ends the connection before
    /// the request is read.
    pub(crate) fn take_unread(&self) -> Option<Break> {
        let mut queue = lock(&self.queue);
        match queue.front()?.delivery {
            Delivery::Broken(how, Stage::Request) => {
                queue.pop_front();
                Some(how)
            }
            _ => None,
        }
    }

    /// Returns the reply to `request`.
    pub(crate) fn next(&self, request: &ReceivedRequest) -> Reply {
        if let Some(reply) = lock(&self.queue).pop_front() {
            return reply;
        }
        // Release the lock before calling the function, which may change the script.
        let function = lock(&self.function).clone();
        function
            .and_then(|function| function(request))
            .unwrap_or_else(Reply::real)
    }
}
