//! The server: its listener, its connections, and the handle for tests.

use std::collections::VecDeque;
use std::fmt;
use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::builder::Builder;
use crate::clock::Clock;
use crate::connection;
use crate::endpoint::Endpoint;
use crate::random::Random;
use crate::received::ReceivedRequest;
use crate::reply::Reply;
use crate::script::Script;
use crate::sync::lock;

/// The pause after a failed accept, which is usually due to a lack of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(10);

/// The listen backlog, large enough for many clients that connect at the same time.
const BACKLOG: u32 = 4096;

/// State shared by the server and its connections.
pub(crate) struct Shared {
    pub(crate) endpoint: Endpoint,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) script: Script,
    pub(crate) received: Mutex<VecDeque<ReceivedRequest>>,
    pub(crate) max_recorded_requests: usize,
}

impl Shared {
    /// Records `request` and drops the oldest requests beyond the limit.
    pub(crate) fn record(&self, request: ReceivedRequest) {
        let mut received = lock(&self.received);
        received.push_back(request);
        while received.len() > self.max_recorded_requests {
            received.pop_front();
        }
    }
}

/// A running mock of the room-token endpoint, on its own loopback port.
///
/// Dropping the server stops it: the runtime then ends its connections and frees its port. Use
/// [`shutdown`](Self::shutdown) to wait for that.
pub struct MockServer {
    shared: Arc<Shared>,
    addr: SocketAddr,
    /// Dropping it ends the accept loop.
    stop: Option<oneshot::Sender<()>>,
    stopped: oneshot::Receiver<()>,
}

impl MockServer {
    /// Starts a server with the default credentials on a free port.
    ///
    /// # Errors
    ///
    /// Returns an error if no loopback port can be bound.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Creates a builder to configure a server.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// Binds `port`; must be called within a runtime. The returned future serves until the server is stopped.
    pub(crate) fn bind(
        port: u16,
        shared: Shared,
    ) -> io::Result<(Self, impl Future<Output = ()> + Send + 'static)> {
        let listener = listen(port)?;
        let addr = listener.local_addr()?;
        let shared = Arc::new(shared);
        let (stop, stop_signal) = oneshot::channel();
        let (stopped_signal, stopped) = oneshot::channel();
        let serving = accept(listener, Arc::clone(&shared), stop_signal, stopped_signal);
        Ok((
            Self {
                shared,
                addr,
                stop: Some(stop),
                stopped,
            },
            serving,
        ))
    }

    /// Returns the socket address of the server.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Returns the base URL, `http://` and the socket address without a path, to use instead of
    /// `https://example.signalwire.com`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Returns the accepted project ID.
    #[must_use]
    pub fn project_id(&self) -> &str {
        &self.shared.endpoint.credentials.project_id
    }

    /// Returns the accepted API token.
    #[must_use]
    pub fn api_token(&self) -> &str {
        &self.shared.endpoint.credentials.api_token
    }

    /// Returns the recorded requests, oldest first, regardless of their responses.
    #[must_use]
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        lock(&self.shared.received).iter().cloned().collect()
    }

    /// Clears the recorded requests.
    pub fn clear_requests(&self) {
        lock(&self.shared.received).clear();
    }

    /// Appends replies to the script. Each request consumes one; when none is left, the endpoint responds
    /// normally again.
    pub fn script(&self, replies: impl IntoIterator<Item = Reply>) {
        self.shared.script.extend(replies);
    }

    /// Sets a function that returns the reply to each request when the script's queue is empty; `None`
    /// selects the normal response.
    ///
    /// The function is called after the request has been read, so [`Stage::Request`](crate::Stage::Request)
    /// has the same effect as [`Stage::Answer`](crate::Stage::Answer).
    pub fn script_fn(&self, function: impl Fn(&ReceivedRequest) -> Option<Reply> + Send + Sync + 'static) {
        self.shared.script.set_function(function);
    }

    /// Clears the queue of scripted replies and the function.
    pub fn clear_script(&self) {
        self.shared.script.clear();
    }

    /// Returns the number of scripted replies that have not been used yet.
    #[must_use]
    pub fn remaining_replies(&self) -> usize {
        self.shared.script.remaining()
    }

    /// Returns the claims of `token` if this server minted it and it is unchanged, otherwise `None`.
    #[must_use]
    pub fn verify(&self, token: &str) -> Option<Value> {
        self.shared.endpoint.minter.verify(token)
    }

    /// Stops the server and waits until its connections have ended and its port is free.
    pub async fn shutdown(mut self) {
        self.stop();
        // An error means that the runtime has dropped the accept loop, which also stops the server.
        let _ = (&mut self.stopped).await;
    }

    pub(crate) fn stop(&mut self) {
        self.stop = None;
    }
}

impl fmt::Debug for MockServer {
    // Implemented manually so that test output doesn't contain the API token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServer")
            .field("addr", &self.addr)
            .field("credentials", &self.shared.endpoint.credentials)
            .field("requests", &lock(&self.shared.received).len())
            .field("remaining_replies", &self.remaining_replies())
            .finish()
    }
}

/// Accepts connections until the sender of `stop` is dropped, then ends all of them.
async fn accept(
    listener: TcpListener,
    shared: Arc<Shared>,
    mut stop: oneshot::Receiver<()>,
    stopped: oneshot::Sender<()>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = &mut stop => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection::serve(stream, Arc::clone(&shared)));
                }
                Err(_) => sleep(ACCEPT_PAUSE).await,
            },
        }
    }
    drop(listener);
    connections.shutdown().await;
    // Nothing waits for this signal if the server was dropped.
    let _ = stopped.send(());
}

fn listen(port: u16) -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    // On other systems, this option would let other processes bind the same port.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind((Ipv4Addr::LOCALHOST, port).into())?;
    socket.listen(BACKLOG)
}
