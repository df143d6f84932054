//! Measures tokens per second, CPU time and latency, compared with other clients.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, ensure};
use bench_support::Outcome;

use crate::machine;
use crate::process::perform;
use crate::programs::Programs;
use crate::report::{Section, Table, grouped, ratio, thousands};
use crate::server::{Protocol, Server};
use crate::sides::{OURS, REQWEST, Side};

const TOKENS: usize = 10_000;
/// Number of rounds. Each round runs all clients. The table shows each client's best round to exclude random
/// delays.
const ROUNDS: usize = 5;
/// Number of calls in flight in the concurrent modes.
const IN_FLIGHT: usize = 64;

/// A measurement mode: sequential calls, concurrent calls or a batch.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mode {
    Sequential,
    Concurrent,
    Batch,
}

/// The best values of several outcomes.
#[derive(Clone, Copy)]
struct Best {
    per_second: f64,
    cpu_us: f64,
    p50_us: f64,
    p99_us: f64,
}

/// Measures all clients with all protocols and writes the section.
pub(crate) fn write() -> Result<()> {
    let programs = Programs::new()?;
    let server = programs.build("bench-server", &[])?;
    let plain = ours_and_reqwest(&programs, &[])?;
    let http2 = ours_and_reqwest(&programs, &["http2"])?;
    let sdk = Side::rust(&programs, "`signalwire-sdk` (Rust)", "side-signalwire-sdk", &[])?;
    let (python, node) = (Side::python(), Side::node());
    let over_http1 = plain.iter().chain([&sdk]).chain(&python).chain(&node).collect();
    let over_tls = plain.iter().chain(&node).collect();
    let mut section = Section::begin()?.text(&format!(
        "Best of {ROUNDS} rounds of {} tokens. Load average at the start: {}.",
        thousands(TOKENS as f64),
        machine::load()?
    ));
    for (protocol, sides) in [
        (Protocol::Http1, over_http1),
        (Protocol::TlsHttp1, over_tls),
        (Protocol::TlsHttp2, http2.iter().collect::<Vec<_>>()),
    ] {
        let measured = measure(&server, protocol, &sides)?;
        section = section
            .text(&format!("### {}", protocol.name()))
            .table(&table(&sides, &measured));
    }
    let [ours, ..] = &http2;
    section.text(&bursts(&server, ours)?).write("throughput")
}

fn ours_and_reqwest(programs: &Programs, features: &[&str]) -> Result<[Side; 3]> {
    Ok([
        Side::ours(programs, features)?,
        Side::reqwest(programs, features)?,
        Side::reqwest_with_timeout(programs, features)?,
    ])
}

type Measured = BTreeMap<(&'static str, Mode), Best>;

fn measure(server: &Path, protocol: Protocol, sides: &[&Side]) -> Result<Measured> {
    let mut measured = Measured::new();
    for round in 1..=ROUNDS {
        eprintln!("{}, round {round} of {ROUNDS}", protocol.name());
        let server = Server::start(server, 1)?;
        for mode in [Mode::Sequential, Mode::Concurrent, Mode::Batch] {
            for side in sides
                .iter()
                .filter(|side| mode != Mode::Batch || side.has_batches())
            {
                let outcome = outcome(&server, protocol, side, mode)?;
                let best = measured.entry((side.name, mode)).or_insert(Best::WORST);
                *best = best.or(&outcome);
            }
        }
    }
    Ok(measured)
}

fn outcome(server: &Server, protocol: Protocol, side: &Side, mode: Mode) -> Result<Outcome> {
    let mut task = server.task(protocol, TOKENS);
    task.warm_up = TOKENS / 10;
    task.in_flight = if mode == Mode::Sequential { 1 } else { IN_FLIGHT };
    task.batch = mode == Mode::Batch;
    task.latencies = true;
    let mut command = side.command();
    command.env("NODE_EXTRA_CA_CERTS", &task.ca_file);
    let outcome: Outcome = perform(&mut command, &task)?;
    ensure!(outcome.tokens == TOKENS, "{} did not mint all tokens", side.name);
    Ok(outcome)
}

impl Best {
    const WORST: Self = Self {
        per_second: 0.0,
        cpu_us: f64::INFINITY,
        p50_us: f64::INFINITY,
        p99_us: f64::INFINITY,
    };

    fn or(self, outcome: &Outcome) -> Self {
        let tokens = outcome.tokens as f64;
        Self {
            per_second: self.per_second.max(tokens / outcome.elapsed_ns as f64 * 1e9),
            cpu_us: self.cpu_us.min(outcome.cpu_ns as f64 / tokens / 1e3),
            p50_us: self.p50_us.min(outcome.p50_ns as f64 / 1e3),
            p99_us: self.p99_us.min(outcome.p99_ns as f64 / 1e3),
        }
    }
}

fn table(sides: &[&Side], measured: &Measured) -> Table {
    let mut table = Table::new(&[
        "client",
        "calls in flight",
        "tokens/s",
        "relative to reqwest",
        "CPU µs per token",
        "relative to reqwest",
        "p50 µs",
        "p99 µs",
    ]);
    for mode in [Mode::Sequential, Mode::Concurrent, Mode::Batch] {
        let Some(reqwest) = measured.get(&(REQWEST, mode)) else {
            continue;
        };
        for side in sides {
            if let Some(best) = measured.get(&(side.name, mode)) {
                table.row(row(side, mode, best, reqwest));
            }
        }
    }
    table
}

fn row(side: &Side, mode: Mode, best: &Best, reqwest: &Best) -> [String; 8] {
    let in_flight = match mode {
        Mode::Sequential => "1".to_owned(),
        Mode::Concurrent => IN_FLIGHT.to_string(),
        Mode::Batch if side.name == OURS => format!("{IN_FLIGHT}, `create_many`"),
        Mode::Batch => format!("{IN_FLIGHT}, `buffered`"),
    };
    // The latency of individual calls is not measured in batches.
    let latency = |us: f64| {
        if us > 0.0 { thousands(us) } else { "–".to_owned() }
    };
    [
        side.name.to_owned(),
        in_flight,
        thousands(best.per_second),
        ratio(best.per_second, reqwest.per_second),
        grouped(best.cpu_us, 1),
        ratio(best.cpu_us, reqwest.cpu_us),
        latency(best.p50_us),
        latency(best.p99_us),
    ]
}

/// Counts the HTTP/2 connections opened by concurrent calls. Returns a sentence with the counts.
fn bursts(program: &Path, ours: &Side) -> Result<String> {
    let connections = |warm_up| -> Result<usize> {
        let server = Server::start(program, 1)?;
        let mut task = server.task(Protocol::TlsHttp2, 1000);
        (task.warm_up, task.in_flight) = (warm_up, IN_FLIGHT);
        perform::<Outcome>(&mut ours.command(), &task)?;
        Ok(server.stop()?.connections)
    };
    Ok(format!(
        "HTTP/2 connections that this library opens for 1,000 calls, with {IN_FLIGHT} in flight at a time: {} if a call was made beforehand, {} otherwise.",
        connections(1)?,
        connections(0)?
    ))
}
