//! Time and memory measurements.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use nix::time::{ClockId, clock_gettime};

use crate::protocol::Outcome;

/// Measures elapsed time and CPU time from the end of the warm-up.
pub struct Stopwatch {
    started: Instant,
    cpu: Duration,
}

impl Stopwatch {
    /// Starts both clocks.
    ///
    /// # Errors
    ///
    /// Returns an error if the system doesn't support CPU time clocks for processes.
    pub fn start() -> anyhow::Result<Self> {
        Ok(Self {
            started: Instant::now(),
            cpu: cpu_time()?,
        })
    }

    /// Stops both clocks and returns the measurements. The latencies may be in any order, and there may be
    /// none.
    ///
    /// # Errors
    ///
    /// Returns an error under the same conditions as [`start`](Self::start), or if the peak memory use can't
    /// be read.
    pub fn stop(
        self,
        tokens: usize,
        token_bytes: usize,
        latencies: Vec<Duration>,
    ) -> anyhow::Result<Outcome> {
        let (elapsed, cpu) = (self.started.elapsed(), cpu_time()? - self.cpu);
        let mut latencies = latencies;
        latencies.sort_unstable();
        Ok(Outcome {
            tokens,
            token_bytes,
            elapsed_ns: nanoseconds(elapsed),
            cpu_ns: nanoseconds(cpu),
            p50_ns: percentile(&latencies, 50),
            p99_ns: percentile(&latencies, 99),
            peak_memory_kib: peak_memory_kib()?,
        })
    }
}

fn cpu_time() -> anyhow::Result<Duration> {
    Ok(clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID)?.into())
}

/// Converts a duration to nanoseconds, saturating at `u64::MAX`.
#[must_use]
pub fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

fn percentile(sorted: &[Duration], percent: usize) -> u64 {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().map_or(0, nanoseconds)
}

/// Returns the peak resident memory of this process, as reported by Linux.
fn peak_memory_kib() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    status
        .lines()
        .find_map(|line| {
            line.strip_prefix("VmHWM:")?
                .trim()
                .strip_suffix(" kB")?
                .parse()
                .ok()
        })
        .context("/proc/self/status has no `VmHWM` line")
}
