//! The server: a listener, its connections, and what tests see of them.

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

/// A pause after a failed accept, which is most often a lack of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(10);

/// How many connections may wait to be accepted: a crowd that comes at once shall not have to come again.
const BACKLOG: u32 = 4096;

/// What the server and its connections have in common.
pub(crate) struct Shared {
    pub(crate) endpoint: Endpoint,
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) script: Script,
    pub(crate) received: Mutex<VecDeque<ReceivedRequest>>,
    pub(crate) max_recorded_requests: usize,
}

impl Shared {
    /// Keeps `request`, and of all of them the newest.
    pub(crate) fn record(&self, request: ReceivedRequest) {
        let mut received = lock(&self.received);
        received.push_back(request);
        while received.len() > self.max_recorded_requests {
            received.pop_front();
        }
    }
}

/// A running stand-in for the room-token endpoint, on a loopback port of its own.
///
/// It stops when it is dropped: its connections end and its port becomes free as soon as the runtime gets to
/// it. [`shutdown`](Self::shutdown) waits for that.
pub struct MockServer {
    shared: Arc<Shared>,
    addr: SocketAddr,
    /// Dropping it ends the accept loop.
    stop: Option<oneshot::Sender<()>>,
    stopped: oneshot::Receiver<()>,
}

impl MockServer {
    /// Starts a server with made-up credentials on a free port.
    ///
    /// # Errors
    ///
    /// When no loopback port can be bound.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// A server that is set up before it starts.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::new()
    }

    /// Binds `port`, within a runtime; the future serves until the server is stopped.
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

    /// The address that the server listens on.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// `http://` and the address, without a path: what stands for `https://example.signalwire.com`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// The project id that is accepted.
    #[must_use]
    pub fn project_id(&self) -> &str {
        &self.shared.endpoint.credentials.project_id
    }

    /// The API token that is accepted.
    #[must_use]
    pub fn api_token(&self) -> &str {
        &self.shared.endpoint.credentials.api_token
    }

    /// The requests that have been read, oldest first, whatever was answered.
    #[must_use]
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        lock(&self.shared.received).iter().cloned().collect()
    }

    /// Forgets the requests read so far.
    pub fn clear_requests(&self) {
        lock(&self.shared.received).clear();
    }

    /// Appends replies to the script; each request takes one. After the last one the endpoint is real again.
    pub fn script(&self, replies: impl IntoIterator<Item = Reply>) {
        self.shared.script.extend(replies);
    }

    /// Asks `function` for the reply to each request for which no reply is left in the script; `None` is the
    /// real answer.
    ///
    /// The request has been read by then, so that [`Stage::Request`](crate::Stage::Request) means the same as
    /// [`Stage::Answer`](crate::Stage::Answer).
    pub fn script_fn(&self, function: impl Fn(&ReceivedRequest) -> Option<Reply> + Send + Sync + 'static) {
        self.shared.script.set_function(function);
    }

    /// Forgets all that is scripted.
    pub fn clear_script(&self) {
        self.shared.script.clear();
    }

    /// How many scripted replies no request has taken yet.
    #[must_use]
    pub fn remaining_replies(&self) -> usize {
        self.shared.script.remaining()
    }

    /// The claims of `token` if it is a token that this server has minted, unchanged.
    #[must_use]
    pub fn verify(&self, token: &str) -> Option<Value> {
        self.shared.endpoint.minter.verify(token)
    }

    /// Stops the server and waits until its connections have ended and its port is free.
    pub async fn shutdown(mut self) {
        self.stop();
        // The sender is dropped at the latest when the runtime drops the accept loop, which is the end as
        // well.
        let _ = (&mut self.stopped).await;
    }

    pub(crate) fn stop(&mut self) {
        self.stop = None;
    }
}

impl fmt::Debug for MockServer {
    // By hand: the API token is a secret, in a test's output as well.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServer")
            .field("addr", &self.addr)
            .field("credentials", &self.shared.endpoint.credentials)
            .field("requests", &lock(&self.shared.received).len())
            .field("remaining_replies", &self.remaining_replies())
            .finish()
    }
}

/// Accepts connections until `stop` is dropped at the other end, then ends them all.
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
    // Nobody waits after a plain drop.
    let _ = stopped.send(());
}

fn listen(port: u16) -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    // Elsewhere, it would let others take the port as well.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind((Ipv4Addr::LOCALHOST, port).into())?;
    socket.listen(BACKLOG)
}
