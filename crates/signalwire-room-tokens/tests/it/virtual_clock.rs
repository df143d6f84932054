//! A clock that stands still while anything is on its way, so that a test can wait for minutes and time the pauses.

use std::future::Future;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::task::yield_now;

/// How far the clock moves at a time, which is how exact times are.
pub(crate) const STEP: Duration = Duration::from_millis(10);

/// So many turns everybody gets before the kernel has its own, twice, and once more before the clock moves. A call on
/// loopback takes about 20.
const TURNS: usize = 40;

/// Runs a test on one thread and on a clock that only [`pass_time`] moves.
///
/// Tokio's paused clock leaps to the next timer whenever nobody has anything to do, and waiting for a socket counts as
/// nothing. It never does here, since there is always somebody who has: the one who moves the clock.
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
    let mut courier = Courier::new();
    loop {
        for _ in 0..2 {
            for _ in 0..TURNS {
                yield_now().await;
            }
            courier.go().await;
        }
        for _ in 0..TURNS {
            yield_now().await;
        }
        tokio::time::advance(STEP).await;
    }
}

/// A connection to oneself. What goes over loopback arrives in the order in which it was sent, so what was sent
/// before the courier left has arrived when the courier has, however busy the machine is.
struct Courier {
    there: TcpStream,
    here: TcpStream,
}

impl Courier {
    fn new() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let there = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (here, _) = listener.accept().unwrap();
        there.set_nodelay(true).unwrap();
        here.set_nonblocking(true).unwrap();
        Self { there, here }
    }

    /// Takes turns until it has arrived: whoever only waited would let the clock leap.
    async fn go(&mut self) {
        self.there.write_all(&[0]).unwrap();
        while let Err(error) = self.here.read_exact(&mut [0]) {
            assert_eq!(error.kind(), ErrorKind::WouldBlock, "{error}");
            yield_now().await;
        }
    }
}
