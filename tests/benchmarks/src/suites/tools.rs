//! The maintainers' tools, and a generator that others use.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::process::{cost, output, project};
use crate::report::{Section, Table, thousands};

/// Runs of which the best counts.
const ROUNDS: usize = 10;
const PEER_ROUNDS: usize = 3;

/// Measures the commands, and writes the section.
pub(crate) fn write() -> Result<()> {
    let debug = xtask(false)?;
    let release = xtask(true)?;
    let out = tempfile::tempdir()?;
    let mut table = Table::new(&["command", "debug build: ms", "release build: ms"]);
    for (name, arguments) in commands(out.path()) {
        eprintln!("running {name}");
        table.row([
            name,
            milliseconds(&debug, &arguments)?,
            milliseconds(&release, &arguments)?,
        ]);
    }
    let section = Section::begin()?
        .text(&format!(
            "Time of the process, without cargo; best of {ROUNDS} runs."
        ))
        .table(&table);
    match generators(&release, out.path())? {
        Some(table) => section.table(&table),
        None => section.text("openapi-generator was not there to compare with."),
    }
    .write("tools")
}

/// The command as cargo builds it.
fn xtask(is_release: bool) -> Result<PathBuf> {
    eprintln!("building xtask");
    let build = escargot::CargoBuild::new()
        .manifest_path(project().join("Cargo.toml"))
        .package("xtask")
        .bin("xtask");
    let build = if is_release { build.release() } else { build };
    Ok(build.run()?.path().to_owned())
}

/// What is run. A document to import, as SignalWire publishes it, is not part of this project.
fn commands(out: &Path) -> Vec<(String, Vec<String>)> {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect();
    let mut commands = vec![
        ("`generate --check`".to_owned(), words("generate --check")),
        (
            "`diff`, nothing changed".to_owned(),
            words("diff checked-in checked-in"),
        ),
    ];
    if let Ok(document) = std::env::var("BENCH_DOCUMENT") {
        let size = Path::new(&document)
            .metadata()
            .map_or(0.0, |metadata| metadata.len() as f64 / 1e6);
        let output = out.join("facts.yaml").display().to_string();
        let import = ["import", "--from", &document, "--output", &output].map(str::to_owned);
        let diff = ["diff", "checked-in", &document, "--fail-on", "never"].map(str::to_owned);
        commands.push((format!("`import`, a document of {size:.1} MB"), import.to_vec()));
        commands.push((format!("`diff`, with a document of {size:.1} MB"), diff.to_vec()));
    }
    commands
}

fn milliseconds(program: &Path, arguments: &[String]) -> Result<String> {
    let seconds = best(ROUNDS, || our_command(program, arguments))?;
    Ok(format!("{:.0}", seconds * 1e3))
}

fn our_command(program: &Path, arguments: &[String]) -> Command {
    let mut command = Command::new(program);
    // Cargo says with it which package it runs: at the moment, this one.
    command.args(arguments).env_remove("CARGO_MANIFEST_DIR");
    command
}

fn best(rounds: usize, command: impl Fn() -> Command) -> Result<f64> {
    let mut best = f64::INFINITY;
    for _ in 0..rounds {
        best = best.min(cost(&mut command())?.elapsed.as_secs_f64());
    }
    Ok(best)
}

/// The same document given to both generators, if the other is there: the program that `BENCH_OPENAPI_GENERATOR` names,
/// or `openapi-generator-cli`.
fn generators(xtask: &Path, out: &Path) -> Result<Option<Table>> {
    let peer =
        std::env::var("BENCH_OPENAPI_GENERATOR").unwrap_or_else(|_| "openapi-generator-cli".to_owned());
    let Ok(version) = output(Command::new(&peer).arg("version")) else {
        return Ok(None);
    };
    let document = project().join("spec/openapi.yaml").canonicalize()?;
    let (ours_out, peer_out) = (out.join("ours"), out.join("peer"));
    let ours = best(PEER_ROUNDS, || {
        let mut command = our_command(xtask, &["generate".to_owned(), "--spec".to_owned()]);
        command.arg(&document).arg("--out").arg(&ours_out);
        command
    })?;
    let theirs = best(PEER_ROUNDS, || {
        let mut command = Command::new(&peer);
        command
            .args(["generate", "-g", "rust", "-i"])
            .arg(&document)
            .arg("-o")
            .arg(&peer_out);
        command
    })?;
    let mut table = Table::new(&[
        "generator of Rust, from `spec/openapi.yaml`",
        "ms",
        "lines of Rust",
    ]);
    let version = version.lines().last().unwrap_or_default().to_owned();
    for (name, seconds, folder) in [
        (
            "`cargo xtask generate`, release build".to_owned(),
            ours,
            &ours_out,
        ),
        (
            format!("`openapi-generator-cli` {version}, `-g rust`"),
            theirs,
            &peer_out,
        ),
    ] {
        table.row([
            name,
            thousands(seconds * 1e3),
            thousands(lines_of_rust(folder)? as f64),
        ]);
    }
    Ok(Some(table))
}

fn lines_of_rust(folder: &Path) -> Result<usize> {
    let mut lines = 0;
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            lines += lines_of_rust(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            lines += std::fs::read_to_string(&path)?.lines().count();
        }
    }
    Ok(lines)
}
