//! The conclusion and plots in `BENCHMARKS.md`, generated from its tables.

mod bars;
mod lines;
mod svg;
mod tables;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};

use self::bars::Bar;
use self::lines::Line;
use self::svg::{DARK, LIGHT, Theme};
use self::tables::Grid;
use crate::process::project;
use crate::report::{self, ratio, thousands};
use crate::server::Protocol;
use crate::sides::{OURS, REQWEST};

/// The number of calls in flight shown in the throughput plot.
const IN_FLIGHT: &str = "64";
const PLAIN_REQWEST_PROGRAM: &str = "reqwest, serde_json, tokio";

/// The path and content of an output file.
type Output = (PathBuf, String);

/// Writes the plots to files, and the conclusion to `BENCHMARKS.md`.
pub(crate) fn write() -> Result<()> {
    for (path, content) in outputs()? {
        if let Some(directory) = path.parent() {
            fs::create_dir_all(directory)?;
        }
        fs::write(&path, content).with_context(|| format!("failed to write {}", path.display()))?;
    }
    Ok(())
}

/// Returns an error if the plots or the conclusion don't match the tables.
pub(crate) fn check() -> Result<()> {
    for (path, content) in outputs()? {
        let current = fs::read_to_string(&path).unwrap_or_default();
        ensure!(
            current == content,
            "{} doesn't match the tables; run the `plots` suite",
            path.display()
        );
    }
    Ok(())
}

fn outputs() -> Result<Vec<Output>> {
    let document = report::read()?;
    let mut outputs = vec![(
        report::path(),
        report::replaced(&document, "conclusion", &conclusion(&document)?)?,
    )];
    for (suffix, theme) in [("light", &LIGHT), ("dark", &DARK)] {
        for (name, svg) in [
            ("throughput", throughput(&document, theme)?),
            ("memory", memory(&document, theme)?),
            ("build", build(&document, theme)?),
        ] {
            let path = project().join(format!("docs/benchmarks/{name}-{suffix}.svg"));
            outputs.push((path, svg));
        }
    }
    Ok(outputs)
}

/// Compares this library with reqwest in one sentence.
fn conclusion(document: &str) -> Result<String> {
    let of = |grid: &Grid, rows: [&[String]; 2], column: &str| -> Result<String> {
        let [ours, reqwest] = rows;
        Ok(ratio(grid.number(ours, column)?, grid.number(reqwest, column)?))
    };
    let calls = Grid::read(document, "calls", None)?;
    let calls_rows = [calls.row(&[OURS])?, calls.row(&[REQWEST])?];
    let throughput = Grid::read(document, "throughput", Some(Protocol::Http1.name()))?;
    let throughput_rows = [
        throughput.row(&[OURS, IN_FLIGHT])?,
        throughput.row(&[REQWEST, IN_FLIGHT])?,
    ];
    let in_flight = Grid::read(document, "in-flight", Some(Protocol::Http1.name()))?;
    let most = in_flight
        .rows()
        .last()
        .context("the `in-flight` suite has no rows")?;
    let build = Grid::read(document, "dependencies", None)?;
    let build_rows = [build.row(&[OURS])?, build.row(&[PLAIN_REQWEST_PROGRAM])?];
    Ok(format!(
        "Compared with plain reqwest, this library executes **{}** times as many instructions per call, achieves **{}** times the throughput with {IN_FLIGHT} calls in flight, uses **{}** times as much memory with {} calls in flight, and takes **{}** times as much CPU time for a debug build.",
        of(&calls, calls_rows, "instructions per call")?,
        of(&throughput, throughput_rows, "tokens/s")?,
        ratio(
            in_flight.number(most, &memory_column(OURS))?,
            in_flight.number(most, &memory_column(REQWEST))?
        ),
        thousands(in_flight.number(most, "calls in flight")?),
        of(&build, build_rows, "debug: CPU s")?
    ))
}

fn memory_column(client: &str) -> String {
    format!("{client}: peak memory, MiB")
}

/// Plots tokens per second for each client.
fn throughput(document: &str, theme: &Theme) -> Result<String> {
    let grid = Grid::read(document, "throughput", Some(Protocol::Http1.name()))?;
    let mut bars = Vec::new();
    for row in grid.rows() {
        if grid.cell(row, "calls in flight")? == IN_FLIGHT {
            let value = grid.number(row, "tokens/s")?;
            bars.push(Bar::new(grid.name(row), value, thousands(value)));
        }
    }
    let title = format!("Tokens per second, {IN_FLIGHT} calls in flight");
    Ok(bars::plot(&title, "higher is better", &bars, theme))
}

/// Plots the CPU time of debug and release builds.
fn build(document: &str, theme: &Theme) -> Result<String> {
    let grid = Grid::read(document, "dependencies", None)?;
    let mut bars = Vec::new();
    for row in grid.rows() {
        let debug = grid.number(row, "debug: CPU s")?;
        let release = grid.number(row, "release: CPU s")?;
        bars.push(Bar::new(grid.name(row), debug, format!("{debug:.0} s, debug")));
        bars.push(Bar::continued(
            grid.name(row),
            release,
            format!("{release:.0} s, release"),
        ));
    }
    let title = "CPU time of a build from scratch";
    Ok(bars::plot(title, "lower is better", &bars, theme))
}

/// Plots the peak memory of both clients against the number of calls in flight.
fn memory(document: &str, theme: &Theme) -> Result<String> {
    let mut steps = Vec::new();
    let mut lines = Vec::new();
    for protocol in [Protocol::Http1, Protocol::TlsHttp2] {
        let grid = Grid::read(document, "in-flight", Some(protocol.name()))?;
        steps = grid.rows().map(|row| grid.name(row)).collect::<Vec<_>>();
        for client in [OURS, REQWEST] {
            let column = memory_column(client);
            let values = grid.rows().map(|row| grid.number(row, &column));
            let values = values.collect::<Result<Vec<_>>>()?;
            let last = values.last().copied().unwrap_or(f64::NAN);
            let step = steps.last().map_or("", String::as_str);
            lines.push(Line {
                name: format!("{client}, {}", protocol.name()),
                note: format!("{} MiB at {step}", thousands(last)),
                values,
                is_ours: client == OURS,
                is_dashed: protocol != Protocol::Http1,
            });
        }
    }
    let title = "Peak memory (MiB) by number of calls in flight";
    Ok(lines::plot(title, "lower is better", &steps, &lines, theme))
}
