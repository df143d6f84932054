//! A mock server for synchronous tests.

use std::io;
use std::ops::Deref;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use tokio::runtime;

use crate::builder::Builder;
use crate::server;

/// A [`MockServer`](crate::MockServer) that runs on its own thread. Dereferences to the async server.
///
/// Dropping it blocks until its connections have closed and its port is free.
///
/// ```
/// let server = signalwire_room_tokens_mock::blocking::MockServer::start()?;
/// assert!(server.base_url().starts_with("http://127.0.0.1:"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct MockServer {
    server: server::MockServer,
    thread: Option<JoinHandle<()>>,
}

impl MockServer {
    /// Starts a server with the default credentials on a free port.
    ///
    /// # Errors
    ///
    /// Returns an error if the thread cannot be started or no loopback port can be bound.
    pub fn start() -> io::Result<Self> {
        server::MockServer::builder().start_blocking()
    }
}

impl Builder {
    /// Starts the server on its own thread, for synchronous tests.
    ///
    /// # Errors
    ///
    /// Returns an error if the thread cannot be started or the port cannot be bound.
    pub fn start_blocking(self) -> io::Result<MockServer> {
        let (outcome, started) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("room-token mock".to_owned())
            .spawn(move || run(self, &outcome))?;
        let server = started.recv().map_err(io::Error::other)??;
        Ok(MockServer {
            server,
            thread: Some(thread),
        })
    }
}

impl Deref for MockServer {
    type Target = server::MockServer;

    fn deref(&self) -> &Self::Target {
        &self.server
    }
}

impl Drop for MockServer {
    fn drop(&mut self) {
        self.server.stop();
        if let Some(thread) = self.thread.take() {
            // The thread has already printed the panic message.
            let _ = thread.join();
        }
    }
}

/// Runs the server thread: reports whether startup succeeded, then serves requests until the server is
/// stopped.
fn run(builder: Builder, outcome: &mpsc::Sender<io::Result<server::MockServer>>) {
    let runtime = match runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return report(outcome, Err(error)),
    };
    runtime.block_on(async {
        match builder.bind() {
            Ok((server, serving)) => {
                report(outcome, Ok(server));
                serving.await;
            }
            Err(error) => report(outcome, Err(error)),
        }
    });
}

fn report(outcome: &mpsc::Sender<io::Result<server::MockServer>>, result: io::Result<server::MockServer>) {
    // The receiver waits for this message, so sending can't fail.
    let _ = outcome.send(result);
}
