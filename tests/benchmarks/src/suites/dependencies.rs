//! Measures how much a dependency on the library adds: crates, build time and binary size.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::machine;
use crate::process::{Cost, cost, directory, output};
use crate::report::{Section, Table, ratio};
use crate::sides::OURS;

/// Short programs in `hello/` that mint a token.
const PROGRAMS: [(&str, &str); 4] = [
    (OURS, "hello-ours"),
    ("reqwest, serde_json, tokio", "hello-reqwest"),
    ("`signalwire-sdk` (Rust)", "hello-signalwire-sdk"),
    ("`livekit-api`", "hello-livekit-api"),
];
/// Optional features and other dependencies, each measured as an addition to the default features.
const ADDITIONS: [(&str, &str); 8] = [
    ("feature `http2`", "signalwire-room-tokens/http2"),
    ("feature `blocking`", "signalwire-room-tokens/blocking"),
    ("feature `tracing`", "signalwire-room-tokens/tracing"),
    ("feature `rustls-aws-lc`", "signalwire-room-tokens/rustls-aws-lc"),
    ("feature `native-tls`", "signalwire-room-tokens/native-tls"),
    (
        "`schemars` for the generated types",
        "signalwire-room-tokens-api/schemars",
    ),
    ("`regress` for patterns", "regress"),
    ("`chrono` with default features", "chrono"),
];
/// Number of rounds of cold builds. Each round builds every program, and the table shows the best round.
const COLD_ROUNDS: usize = 1;
const REBUILDS: usize = 5;
/// Cargo arguments for a release build without symbols.
const STRIPPED: [&str; 3] = ["--release", "--config", "profile.release.strip=true"];

/// The build cost of one program.
struct Built {
    crates: usize,
    debug_cpu: f64,
    release_cpu: f64,
    rebuild: f64,
    bytes: u64,
}

/// Builds all programs and writes the section.
pub(crate) fn write() -> Result<()> {
    output(cargo("fetch").arg("--locked"))?;
    let section = Section::begin()?.text(&format!(
        "Rounds: {COLD_ROUNDS} for cold builds, {REBUILDS} for rebuilds after changing one constant; the best is shown. Load average at \
         the start: {}.",
        machine::load()?
    ));
    let mut built: Vec<(&str, Built)> = Vec::new();
    for round in 0..COLD_ROUNDS {
        for (index, (name, package)) in PROGRAMS.iter().enumerate() {
            eprintln!("building {package}, round {} of {COLD_ROUNDS}", round + 1);
            let now = build(package)?;
            match built.get_mut(index) {
                Some((_, best)) => *best = Built::best(best, &now),
                None => built.push((*name, now)),
            }
        }
    }
    let ours = built.first().map_or(f64::NAN, |(_, ours)| ours.debug_cpu);
    section
        .table(&table(&built))
        .text("Additional cost of optional features and other dependencies:")
        .table(&additions(ours)?)
        .write("dependencies")
}

fn build(package: &str) -> Result<Built> {
    let target = tempfile::tempdir()?;
    let debug = build_into(target.path(), package, &[], None)?;
    let mut rebuild = f64::INFINITY;
    for change in 0..REBUILDS {
        let cost = build_into(target.path(), package, &[], Some(&format!("room-{change}")))?;
        rebuild = rebuild.min(cost.elapsed.as_secs_f64());
    }
    let release = build_into(target.path(), package, &STRIPPED, None)?;
    Ok(Built {
        crates: crates(package, &[])?.len(),
        debug_cpu: debug.cpu.as_secs_f64(),
        release_cpu: release.cpu.as_secs_f64(),
        rebuild,
        bytes: target.path().join("release").join(package).metadata()?.len(),
    })
}

fn build_into(target: &Path, package: &str, arguments: &[&str], room_name: Option<&str>) -> Result<Cost> {
    let mut command = cargo("build");
    command.args(["--locked", "--package", package]).args(arguments);
    command.env("CARGO_TARGET_DIR", target);
    if let Some(room_name) = room_name {
        command.env("BENCH_ROOM_NAME", room_name);
    }
    cost(&mut command)
}

impl Built {
    fn best(&self, other: &Self) -> Self {
        Self {
            debug_cpu: self.debug_cpu.min(other.debug_cpu),
            release_cpu: self.release_cpu.min(other.release_cpu),
            rebuild: self.rebuild.min(other.rebuild),
            ..*other
        }
    }
}

/// Returns the crates compiled into a package's program, excluding the package itself. Different versions of
/// a crate are counted separately.
fn crates(package: &str, features: &[&str]) -> Result<BTreeSet<String>> {
    let mut command = cargo("tree");
    command.args([
        "--locked",
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--package",
        package,
    ]);
    if !features.is_empty() {
        command.arg("--features").arg(features.join(","));
    }
    let tree = output(&mut command)?;
    let crates = tree.lines().skip(1).filter(|line| !line.is_empty());
    // Each line has the form `name v1.2.3 (path or note)`.
    Ok(crates
        .map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "))
        .collect())
}

/// Measures how much each of [`ADDITIONS`] adds to the program with default features, whose debug build takes
/// `default_cpu` seconds of CPU time.
fn additions(default_cpu: f64) -> Result<Table> {
    let default = crates("hello-ours", &[])?;
    let mut table = Table::new(&["with", "additional crates", "additional CPU s, debug"]);
    for (name, feature) in ADDITIONS {
        eprintln!("building hello-ours with {feature}");
        let more_crates = crates("hello-ours", &[feature])?.difference(&default).count();
        let target = tempfile::tempdir()?;
        let built = build_into(target.path(), "hello-ours", &["--features", feature], None)?;
        let more = built.cpu.as_secs_f64() - default_cpu;
        table.row([name.to_owned(), more_crates.to_string(), format!("{more:+.1}")]);
    }
    Ok(table)
}

fn table(built: &[(&str, Built)]) -> Table {
    let mut table = Table::new(&[
        "program",
        "crates",
        "debug: CPU s",
        "relative to reqwest",
        "release: CPU s",
        "relative to reqwest",
        "rebuild: s",
        "stripped: MB",
    ]);
    let [_, (_, reqwest), ..] = built else {
        return table;
    };
    for (name, built) in built {
        table.row([
            (*name).to_owned(),
            built.crates.to_string(),
            format!("{:.1}", built.debug_cpu),
            ratio(built.debug_cpu, reqwest.debug_cpu),
            format!("{:.1}", built.release_cpu),
            ratio(built.release_cpu, reqwest.release_cpu),
            format!("{:.2}", built.rebuild),
            format!("{:.1}", built.bytes as f64 / 1e6),
        ]);
    }
    table
}

fn cargo(subcommand: &str) -> Command {
    let mut command = Command::new("cargo");
    command
        .arg(subcommand)
        .arg("--manifest-path")
        .arg(directory().join("Cargo.toml"));
    command
}
