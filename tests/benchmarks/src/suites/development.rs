//! Measures development times: the first `cargo xtask` in a fresh clone, and test runs after a small change.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::machine;
use crate::process::{Cost, cost, project};
use crate::report::{Section, Table};

/// Files to change, each with the package whose tests are run.
const CHANGES: [(&str, &str); 3] = [
    (
        "crates/signalwire-room-tokens/src/lib.rs",
        "signalwire-room-tokens",
    ),
    (
        "crates/signalwire-room-tokens-cli/src/main.rs",
        "signalwire-room-tokens-cli",
    ),
    ("xtask/diff/src/lib.rs", "xtask-diff"),
];
/// Number of slowest crates to list.
const SLOWEST: usize = 6;

/// Measures builds and tests, and writes the section.
pub(crate) fn write() -> Result<()> {
    let section = Section::begin()?.text(&format!(
        "One run each. Load average at the start: {}.",
        machine::load()?
    ));
    section
        .table(&first_xtask()?)
        .table(&tests()?)
        .write("development")
}

/// Measures the first `cargo xtask` run, including the build.
fn first_xtask() -> Result<Table> {
    let target = tempfile::tempdir()?;
    eprintln!("building xtask from scratch");
    let mut table = Table::new(&["`cargo xtask generate --check`", "s", "CPU s"]);
    let build = ["build", "--package", "xtask", "--timings"];
    table.row(row(
        "build from scratch",
        cost(&mut cargo(&build, target.path()))?,
    ));
    let mut units = units(target.path())?;
    units.sort_by(|a, b| b.duration.total_cmp(&a.duration));
    for unit in units.iter().take(SLOWEST) {
        table.row([
            format!("including `{}` {}{}", unit.name, unit.version, unit.target),
            format!("{:.1}", unit.duration),
            "–".to_owned(),
        ]);
    }
    let check = ["xtask", "generate", "--check"];
    table.row(row("run", cost(&mut cargo(&check, target.path()))?));
    Ok(table)
}

/// One compiler invocation, as reported by `cargo build --timings`.
#[derive(Deserialize)]
struct Unit {
    name: String,
    version: String,
    /// The target name, or an empty string for a library.
    target: String,
    /// The duration in seconds.
    duration: f64,
}

fn units(target: &Path) -> Result<Vec<Unit>> {
    let report = target.join("cargo-timings/cargo-timing.html");
    let page = fs::read_to_string(&report).with_context(|| format!("failed to read {}", report.display()))?;
    let data = page
        .split_once("const UNIT_DATA = ")
        .context("Cargo's timing report does not contain `const UNIT_DATA = `")?
        .1;
    let mut units = serde_json::Deserializer::from_str(data).into_iter();
    Ok(units.next().context("Cargo's timing report is empty")??)
}

/// Measures all tests from scratch. Then, for each change, measures the changed package's tests and a build
/// of all tests.
fn tests() -> Result<Table> {
    let target = tempfile::tempdir()?;
    let all = ["test", "--workspace", "--quiet"];
    let mut table = Table::new(&["tests", "build: s", "CPU s", "run: s", "CPU s"]);
    eprintln!("running all tests from scratch");
    table.row(both("all, from scratch", &all, target.path())?);
    for (file, package) in CHANGES {
        eprintln!("running tests after changing {file}");
        let one = ["test", "--package", package, "--quiet"];
        // Build the package on its own first, because its features differ from those in a workspace build.
        cost(cargo(&one, target.path()).arg("--no-run"))?;
        touch(file)?;
        table.row(both(
            &format!("`{package}`, incremental rebuild"),
            &one,
            target.path(),
        )?);
        let build = cost(cargo(&all, target.path()).arg("--no-run"))?;
        let mut cells = row(&format!("all, after changing `{package}`"), build);
        cells.extend(["as above".to_owned(), "–".to_owned()]);
        table.row(cells);
    }
    Ok(table)
}

/// Measures building the tests and then running them.
fn both(name: &str, command: &[&str], target: &Path) -> Result<Vec<String>> {
    let build = cost(cargo(command, target).arg("--no-run"))?;
    let run = cost(&mut cargo(command, target))?;
    let mut cells = row(name, build);
    cells.extend(seconds(run));
    Ok(cells)
}

fn row(name: &str, cost: Cost) -> Vec<String> {
    let mut cells = vec![name.to_owned()];
    cells.extend(seconds(cost));
    cells
}

fn seconds(cost: Cost) -> [String; 2] {
    [cost.elapsed, cost.cpu].map(|time| format!("{:.1}", time.as_secs_f64()))
}

/// Updates a file's modification time so that Cargo rebuilds it.
fn touch(file: &str) -> Result<()> {
    let path = project().join(file);
    File::options()
        .append(true)
        .open(&path)
        .and_then(|file| file.set_modified(SystemTime::now()))
        .with_context(|| format!("failed to touch {}", path.display()))
}

fn cargo(arguments: &[&str], target: &Path) -> Command {
    let mut command = Command::new("cargo");
    command
        .args(arguments)
        .current_dir(project())
        .env("CARGO_TARGET_DIR", target)
        // Cargo sets this variable to the benchmark package's directory.
        .env_remove("CARGO_MANIFEST_DIR");
    command
}
