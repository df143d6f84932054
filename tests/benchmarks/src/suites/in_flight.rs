//! Measures the cost of a call with many calls in flight.

use std::path::Path;

use anyhow::Result;
use bench_support::Outcome;

use crate::process::perform;
use crate::programs::Programs;
use crate::report::{Section, Table, bold, thousands};
use crate::server::{Protocol, Server};
use crate::sides::Side;

/// Numbers of calls in flight to measure.
const STEPS: [usize; 5] = [1, 10, 100, 1000, 10_000];
/// Number of tokens per time measurement.
const TOKENS: usize = 20_000;
/// Number of rounds. The table shows the best round.
const ROUNDS: usize = 5;

/// A client's cost with a given number of calls in flight.
struct Costs {
    cpu_us: f64,
    memory_kib: f64,
}

/// Measures both clients with both protocols and writes the section.
pub(crate) fn write() -> Result<()> {
    let programs = Programs::new()?;
    let server = programs.build("bench-server", &[])?;
    let plain = [Side::ours(&programs, &[])?, Side::reqwest(&programs, &[])?];
    let http2 = [
        Side::ours(&programs, &["http2"])?,
        Side::reqwest(&programs, &["http2"])?,
    ];
    let mut section = Section::begin()?.text(&format!("Times are the best of {ROUNDS} rounds."));
    for (protocol, sides) in [(Protocol::Http1, &plain), (Protocol::TlsHttp2, &http2)] {
        section = section.text(&format!("### {}", protocol.name()));
        let (table, per_call) = measure(&server, protocol, sides)?;
        section = section.table(&table).text(&per_call);
    }
    section.write("in-flight")
}

/// Returns the table, and a sentence about the memory per call in flight.
fn measure(server: &Path, protocol: Protocol, sides: &[Side; 2]) -> Result<(Table, String)> {
    let mut table = Table::new(&[
        "calls in flight",
        "this library: CPU µs per token",
        "this library: peak memory, MiB",
        "plain reqwest: CPU µs per token",
        "plain reqwest: peak memory, MiB",
    ]);
    let mut memory = Vec::new();
    for in_flight in STEPS {
        eprintln!("{}, {in_flight} in flight", protocol.name());
        let [ours, reqwest] = costs(server, protocol, sides, in_flight)?;
        let cells = |costs: &Costs| {
            [
                format!("{:.1}", costs.cpu_us),
                format!("{:.1}", costs.memory_kib / 1024.0),
            ]
        };
        let ours_bold = cells(&ours).map(|cell| bold(&cell));
        table.row(
            std::iter::once(thousands(in_flight as f64))
                .chain(ours_bold)
                .chain(cells(&reqwest)),
        );
        memory.push((in_flight as f64, ours.memory_kib, reqwest.memory_kib));
    }
    // Use the last two steps, where the fixed memory overhead is negligible.
    let slope = |of: fn(&(f64, f64, f64)) -> f64| match memory.as_slice() {
        [.., low, high] => (of(high) - of(low)) / (high.0 - low.0),
        _ => f64::NAN,
    };
    let per_call = format!(
        "Memory per additional call, between 1,000 and 10,000 calls in flight: {:.1} KiB for this library, {:.1} KiB for plain reqwest.",
        slope(|step| step.1),
        slope(|step| step.2)
    );
    Ok((table, per_call))
}

fn costs(server: &Path, protocol: Protocol, sides: &[Side; 2], in_flight: usize) -> Result<[Costs; 2]> {
    let mut best = [f64::INFINITY; 2];
    for _ in 0..ROUNDS {
        for (side, best) in sides.iter().zip(&mut best) {
            *best = best.min(cpu_us(server, protocol, side, in_flight)?);
        }
    }
    let [ours, reqwest] = sides;
    let [ours_cpu, reqwest_cpu] = best;
    Ok([
        Costs {
            cpu_us: ours_cpu,
            memory_kib: memory(server, protocol, ours, in_flight)?,
        },
        Costs {
            cpu_us: reqwest_cpu,
            memory_kib: memory(server, protocol, reqwest, in_flight)?,
        },
    ])
}

/// Returns the peak memory with all calls in flight. The server delays its responses until it has received
/// all requests.
fn memory(server: &Path, protocol: Protocol, side: &Side, in_flight: usize) -> Result<f64> {
    let server = Server::start(server, in_flight)?;
    let mut task = server.task(protocol, in_flight);
    (task.warm_up, task.in_flight) = (1, in_flight);
    Ok(perform::<Outcome>(&mut side.command(), &task)?.peak_memory_kib as f64)
}

/// Returns the CPU time per token on open connections.
fn cpu_us(server: &Path, protocol: Protocol, side: &Side, in_flight: usize) -> Result<f64> {
    let server = Server::start(server, 1)?;
    let mut task = server.task(protocol, TOKENS);
    task.warm_up = if protocol == Protocol::TlsHttp2 {
        1
    } else {
        in_flight
    };
    task.in_flight = in_flight;
    let outcome: Outcome = perform(&mut side.command(), &task)?;
    Ok(outcome.cpu_ns as f64 / outcome.tokens as f64 / 1e3)
}
