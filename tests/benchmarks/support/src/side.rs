//! The measurement loop shared by all Rust sides.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::bail;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};

use crate::measure::Stopwatch;
use crate::protocol::{self, Outcome, Task};

/// A measured async client.
pub trait Side: Sized {
    /// Creates the client.
    ///
    /// # Errors
    ///
    /// Returns an error if the client rejects the task's settings.
    fn connect(task: &Task) -> impl Future<Output = anyhow::Result<Self>>;

    /// Mints one token and returns its length in bytes.
    fn mint(&self) -> impl Future<Output = anyhow::Result<usize>>;

    /// Mints many tokens with the client's batch function and returns their total length in bytes.
    fn mint_many(&self, _tokens: usize, _in_flight: usize) -> impl Future<Output = anyhow::Result<usize>> {
        async { bail!("this client has no batch function") }
    }
}

/// Runs the driver's task with an async client on a single-threaded runtime, as a small server would.
///
/// # Errors
///
/// Returns an error if any call fails, since the measurement would then be meaningless.
pub fn run<S: Side>() -> anyhow::Result<()> {
    let task: Task = protocol::task()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let outcome = runtime.block_on(async {
        let side = S::connect(&task).await?;
        mint_all(&side, task.warm_up, &task).await?;
        let stopwatch = Stopwatch::start()?;
        let (bytes, latencies) = mint_all(&side, task.tokens, &task).await?;
        stopwatch.stop(task.tokens, bytes, latencies)
    })?;
    protocol::print_json(&outcome)
}

async fn mint_all<S: Side>(side: &S, tokens: usize, task: &Task) -> anyhow::Result<(usize, Vec<Duration>)> {
    let mut bytes = 0;
    let mut latencies = Vec::with_capacity(if task.latencies { tokens } else { 0 });
    if task.batch {
        bytes = side.mint_many(tokens, task.in_flight).await?;
    } else if task.in_flight > 1 {
        let mut calls = stream::iter(0..tokens)
            .map(|_| timed(side, task.latencies))
            .buffer_unordered(task.in_flight);
        while let Some((length, latency)) = calls.try_next().await? {
            bytes += length;
            latencies.extend(latency);
        }
    } else {
        for _ in 0..tokens {
            let (length, latency) = timed(side, task.latencies).await?;
            bytes += length;
            latencies.extend(latency);
        }
    }
    Ok((bytes, latencies))
}

async fn timed<S: Side>(side: &S, is_timed: bool) -> anyhow::Result<(usize, Option<Duration>)> {
    if !is_timed {
        return Ok((side.mint().await?, None));
    }
    let started = Instant::now();
    Ok((side.mint().await?, Some(started.elapsed())))
}

/// Runs the driver's task with a blocking client, using one thread per call in flight.
///
/// # Errors
///
/// Returns an error if any call fails.
pub fn run_blocking<C: Sync>(
    connect: impl FnOnce(&Task) -> anyhow::Result<C>,
    mint: impl Fn(&C) -> anyhow::Result<usize> + Sync,
) -> anyhow::Result<()> {
    let task: Task = protocol::task()?;
    let client = connect(&task)?;
    mint_on_threads(task.warm_up, task.in_flight, || mint(&client))?;
    protocol::print_json(&measure_blocking(&task, || mint(&client))?)
}

fn measure_blocking(task: &Task, mint: impl Fn() -> anyhow::Result<usize> + Sync) -> anyhow::Result<Outcome> {
    let stopwatch = Stopwatch::start()?;
    let (bytes, latencies) = mint_on_threads(task.tokens, task.in_flight, mint)?;
    stopwatch.stop(task.tokens, bytes, latencies)
}

fn mint_on_threads(
    tokens: usize,
    threads: usize,
    mint: impl Fn() -> anyhow::Result<usize> + Sync,
) -> anyhow::Result<(usize, Vec<Duration>)> {
    let started_calls = AtomicUsize::new(0);
    let work = || {
        let (mut bytes, mut latencies) = (0, Vec::new());
        while started_calls.fetch_add(1, Ordering::Relaxed) < tokens {
            let started = Instant::now();
            bytes += mint()?;
            latencies.push(started.elapsed());
        }
        anyhow::Ok((bytes, latencies))
    };
    if threads <= 1 {
        return work();
    }
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let (mut bytes, mut latencies) = (0, Vec::new());
        for thread in threads {
            let Ok(done) = thread.join() else {
                bail!("a thread panicked");
            };
            let (more_bytes, more_latencies) = done?;
            bytes += more_bytes;
            latencies.extend(more_latencies);
        }
        Ok((bytes, latencies))
    })
}
