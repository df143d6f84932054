//! A clock that stands still while anything is on its way, so that a test can wait for minutes and time the pauses.

use std::future::Future;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::task::yield_now;

/// How far the clock moves at a time, which is how exact times are.
pub(crate) const STEP: Duration = Duration::from_millis(10);

/// So many turns everybody gets before the clock moves. A call on loopback takes about 20.
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
    loop {
        for _ in 0..TURNS {
            yield_now().await;
        }
        // The kernel's turn, should it not have handed over yet what was sent.
        std::thread::sleep(Duration::from_micros(50));
        for _ in 0..TURNS {
            yield_now().await;
        }
        tokio::time::advance(STEP).await;
    }
}
