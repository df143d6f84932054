//! A virtual clock that pauses while I/O is pending. Tests can use it to simulate minutes and measure delays.

use std::future::Future;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::task::yield_now;

/// Resolution of the clock.
pub(crate) const STEP: Duration = Duration::from_millis(20);

/// Number of yields to the scheduler before each of the two loopback round trips and before the clock advances. A call
/// over loopback takes about 20 yields.
const TURNS: usize = 40;

/// Runs a test on a single thread with a clock that only [`pass_time`] advances.
///
/// Tokio's paused clock jumps to the next timer whenever all tasks are idle, even if they are waiting for a
/// socket. The task that advances the clock is never idle, which prevents such jumps.
pub(crate) fn on_a_virtual_clock<T>(test: impl Future<Output = T>) -> T {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.spawn(pass_time());
    runtime.block_on(test)
}

async fn pass_time() {
    let mut probe = LoopbackProbe::new();
    loop {
        for _ in 0..2 {
            for _ in 0..TURNS {
                yield_now().await;
            }
            probe.go().await;
        }
        for _ in 0..TURNS {
            yield_now().await;
        }
        tokio::time::advance(STEP).await;
    }
}

/// A loopback connection from this process to itself. Data sent over loopback arrives in order, so once the
/// probe's byte arrives, all data sent earlier has arrived too, regardless of the system load.
struct LoopbackProbe {
    there: TcpStream,
    here: TcpStream,
}

impl LoopbackProbe {
    fn new() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let there = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (here, _) = listener.accept().unwrap();
        there.set_nodelay(true).unwrap();
        here.set_nonblocking(true).unwrap();
        Self { there, here }
    }

    /// Sends a byte and yields until it arrives. Waiting for the socket would leave the task idle and let the
    /// clock jump.
    async fn go(&mut self) {
        self.there.write_all(&[0]).unwrap();
        while let Err(error) = self.here.read_exact(&mut [0]) {
            assert_eq!(error.kind(), ErrorKind::WouldBlock, "{error}");
            yield_now().await;
        }
    }
}
