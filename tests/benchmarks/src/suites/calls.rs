//! Measures instructions and allocations per call.

use std::path::Path;

use anyhow::Result;

use crate::baselines::Baselines;
use crate::counts::{Counts, counts};
use crate::programs::Programs;
use crate::report::{Section, Table, ratio, thousands};
use crate::server::{Protocol, Server};
use crate::sides::{OURS, REQWEST, Side};

/// Number of calls in the short and the long run.
const CALLS: (usize, usize) = (200, 1200);

/// Measures the cost of a call for all clients, records baselines for this library and reqwest, and writes the section.
pub(crate) fn write() -> Result<()> {
    let programs = Programs::new()?;
    let server = programs.build("bench-server", &[])?;
    let (ours, reqwest) = both(&programs, &server)?;
    let others = [
        ("generated client alone", "side-progenitor"),
        ("prebuilt bytes written to a socket", "side-socket"),
        ("`signalwire-sdk` (Rust)", "side-signalwire-sdk"),
    ];
    let mut measured = vec![(OURS, ours), (REQWEST, reqwest)];
    let with_timeout = Side::reqwest_with_timeout(&programs, &[])?;
    measured.push((with_timeout.name, count(&server, &with_timeout)?));
    for (name, package) in others {
        let side = Side::rust(&programs, name, package, &[])?;
        measured.push((name, count(&server, &side)?));
    }
    Baselines::update(|baselines| {
        baselines.calls.insert("ours".to_owned(), ours);
        baselines.calls.insert("reqwest".to_owned(), reqwest);
    })?;
    Section::begin()?.table(&table(&measured, reqwest)).write("calls")
}

/// Measures the cost of a call for this library and for reqwest.
pub(crate) fn both(programs: &Programs, server: &Path) -> Result<(Counts, Counts)> {
    let ours = count(server, &Side::ours(programs, &[])?)?;
    let reqwest = count(server, &Side::reqwest(programs, &[])?)?;
    Ok((ours, reqwest))
}

fn count(server: &Path, side: &Side) -> Result<Counts> {
    let server = Server::start(server, 1)?;
    eprintln!("counting {}", side.name);
    counts(CALLS.0, CALLS.1, |wrapper, calls| {
        let mut command = side.command_under(wrapper);
        command.arg(serde_json::to_string(&server.task(Protocol::Http1, calls))?);
        Ok(command)
    })
}

fn table(measured: &[(&str, Counts)], reqwest: Counts) -> Table {
    let mut table = Table::new(&[
        "client",
        "instructions per call",
        "relative to reqwest",
        "allocations per call",
        "bytes allocated per call",
    ]);
    for (name, counts) in measured {
        table.row([
            (*name).to_owned(),
            thousands(counts.instructions),
            ratio(counts.instructions, reqwest.instructions),
            format!("{:.1}", counts.allocations),
            thousands(counts.allocated_bytes),
        ]);
    }
    table
}
