//! The server's listener and connections, and the handle used by tests.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::connection;
use crate::received::ReceivedRequest;
use crate::reply::Reply;
use crate::shared::Shared;
use crate::sync::lock;

/// The pause after a failed accept, which usually means that no file descriptors are left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(10);

/// The listen backlog. It is large enough for many simultaneous connection attempts.
const BACKLOG: u32 = 4096;

/// A running mock of the room-token endpoint on its own loopback port.
///
/// Dropping it stops the server, but doesn't wait for the connections to close and the port to become free. To wait,
/// use [`shutdown`](Self::shutdown).
pub struct MockServer {
    shared: Arc<Shared>,
    addr: SocketAddr,
    /// Dropping the sender ends the accept loop.
    stop: Option<oneshot::Sender<()>>,
    stopped: oneshot::Receiver<()>,
}

impl MockServer {
    /// Binds `port`. The returned future serves requests until the server is stopped. Must be called within a
    /// Tokio runtime.
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

    /// Returns the server's socket address.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Returns the server's base URL, such as `http://127.0.0.1:12345`. Use it in place of
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

    /// Returns the recorded requests, oldest first. Includes requests that were rejected.
    #[must_use]
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        lock(&self.shared.received).iter().cloned().collect()
    }

    /// Clears the recorded requests.
    pub fn clear_requests(&self) {
        lock(&self.shared.received).clear();
    }

    /// Appends replies to the script. Each request consumes one. When none are left, the endpoint responds
    /// normally.
    pub fn script(&self, replies: impl IntoIterator<Item = Reply>) {
        self.shared.script.extend(replies);
    }

    /// Sets a function that chooses the reply to each request when the queue is empty. If it returns `None`,
    /// the endpoint responds normally.
    ///
    /// The function is called after the request has been read, so [`Stage::Request`](crate::Stage::Request)
    /// has the same effect as [`Stage::Answer`](crate::Stage::Answer).
    pub fn script_fn(&self, function: impl Fn(&ReceivedRequest) -> Option<Reply> + Send + Sync + 'static) {
        self.shared.script.set_function(function);
    }

    /// Clears the queued replies and the function.
    pub fn clear_script(&self) {
        self.shared.script.clear();
    }

    /// Returns the number of queued replies that have not been used.
    #[must_use]
    pub fn remaining_replies(&self) -> usize {
        self.shared.script.remaining()
    }

    /// Returns the claims of `token` if this server minted it. Returns `None` if the token was modified or
    /// comes from elsewhere.
    #[must_use]
    pub fn verify(&self, token: &str) -> Option<Value> {
        self.shared.endpoint.minter.verify(token)
    }

    /// Stops the server and waits until its connections have closed and its port is free.
    pub async fn shutdown(mut self) {
        self.stop();
        // An error means that the runtime dropped the accept loop, which also stops the server.
        let _ = (&mut self.stopped).await;
    }

    pub(crate) fn stop(&mut self) {
        self.stop = None;
    }
}

impl fmt::Debug for MockServer {
    // Implemented manually so that the API token doesn't appear in test output.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockServer")
            .field("addr", &self.addr)
            .field("credentials", &self.shared.endpoint.credentials)
            .field("requests", &lock(&self.shared.received).len())
            .field("remaining_replies", &self.remaining_replies())
            .finish()
    }
}

/// Accepts connections until the sender of `stop` is dropped, then closes all connections.
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
    // If the server was dropped, nothing waits for this signal.
    let _ = stopped.send(());
}

fn listen(port: u16) -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    // On Windows, this option would let other processes bind the same port.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind((Ipv4Addr::LOCALHOST, port).into())?;
    socket.listen(BACKLOG)
}
