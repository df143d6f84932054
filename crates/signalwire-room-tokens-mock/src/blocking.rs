//! A mock server for synchronous tests.

use std::io;
use std::ops::Deref;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use tokio::runtime;

use crate::server::Shared;

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
    server: crate::MockServer,
    thread: Option<JoinHandle<()>>,
}

impl MockServer {
    /// Starts a server with the default credentials on a free port.
    ///
    /// # Errors
    ///
    /// Returns an error if the thread cannot be started or no loopback port can be bound.
    pub fn start() -> io::Result<Self> {
        crate::MockServer::builder().start_blocking()
    }

    pub(crate) fn launch(port: u16, shared: Shared) -> io::Result<Self> {
        let (outcome, started) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("room-token mock".to_owned())
            .spawn(move || run(port, shared, &outcome))?;
        let server = started.recv().map_err(io::Error::other)??;
        Ok(Self {
            server,
            thread: Some(thread),
        })
    }
}

impl Deref for MockServer {
    type Target = crate::MockServer;

    fn deref(&self) -> &Self::Target {
        &self.server
    }
}

impl Drop for MockServer {
    fn drop(&mut self) {
        self.server.stop();
        if let Some(thread) = self.thread.take() {
            // That thread has already printed the panic message.
            let _ = thread.join();
        }
    }
}

/// Runs the server thread: reports whether startup succeeded, then serves requests until the server is
/// stopped.
fn run(port: u16, shared: Shared, outcome: &mpsc::Sender<io::Result<crate::MockServer>>) {
    let runtime = match runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return report(outcome, Err(error)),
    };
    runtime.block_on(async {
        match crate::MockServer::bind(port, shared) {
            Ok((server, serving)) => {
                report(outcome, Ok(server));
                serving.await;
            }
            Err(error) => report(outcome, Err(error)),
        }
    });
}

fn report(outcome: &mpsc::Sender<io::Result<crate::MockServer>>, result: io::Result<crate::MockServer>) {
    // The receiver waits for this message, so sending can't fail.
    let _ = outcome.send(result);
}
