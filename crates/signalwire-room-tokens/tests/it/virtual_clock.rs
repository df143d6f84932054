//! A virtual clock that stands still while I/O is pending, so that tests can cover minutes and measure
//! pauses.

use std::future::Future;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::task::yield_now;

/// The clock's resolution.
pub(crate) const STEP: Duration = Duration::from_millis(10);

/// The number of scheduler turns before each loopback round trip, twice, and before the clock advances. A
/// call over loopback takes about 20.
const TURNS: usize = 40;

/// Runs a test on one thread and on a clock that only [`pass_time`] advances.
///
/// Tokio's paused clock jumps to the next timer when all tasks are idle, even if they wait for a socket. The
/// task that advances the clock is never idle, which prevents these jumps.
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

/// A loopback connection to the same process. Loopback delivers data in order, so once a byte has arrived,
/// all data sent before it has arrived as well, regardless of the system load.
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

    /// Sends a byte and yields until it arrives. Waiting for the socket instead would let the clock jump.
    async fn go(&mut self) {
        self.there.write_all(&[0]).unwrap();
        while let Err(error) = self.here.read_exact(&mut [0]) {
            assert_eq!(error.kind(), ErrorKind::WouldBlock, "{error}");
            yield_now().await;
        }
    }
}
