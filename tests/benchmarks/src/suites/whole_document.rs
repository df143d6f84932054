//! Compares Rust generators on a whole published document: time, code size, and whether the code compiles.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::commands::{best, lines_of_rust, our_command};
use crate::process::{output, project};
use crate::report::{Table, thousands};

/// Number of runs. The table shows the best one.
const ROUNDS: usize = 3;

/// A third-party generator that writes a crate.
struct Generator {
    name: &'static str,
    /// The program on the `PATH`, and the environment variable that overrides it.
    program: (&'static str, &'static str),
    /// The argument that prints the version.
    version: &'static str,
    /// The arguments, with `DOCUMENT` and `DIRECTORY` to be replaced.
    arguments: &'static str,
}

const OTHERS: [Generator; 3] = [
    Generator {
        name: "progenitor alone, `cargo-progenitor`",
        program: ("cargo-progenitor", "BENCH_PROGENITOR"),
        // The program has no option that prints its version.
        version: "--help",
        arguments: "progenitor --input DOCUMENT --output DIRECTORY --name generated --version 0.1.0",
    },
    Generator {
        name: "`oas3-gen`, `client-mod --workspace`",
        program: ("oas3-gen", "BENCH_OAS3_GEN"),
        version: "--version",
        arguments: "generate client-mod --input DOCUMENT --output DIRECTORY --workspace",
    },
    Generator {
        name: "`openapi-generator-cli`, `-g rust --skip-validate-spec`",
        program: ("openapi-generator-cli", "BENCH_OPENAPI_GENERATOR"),
        version: "version",
        arguments: "generate -g rust --skip-validate-spec -i DOCUMENT -o DIRECTORY",
    },
];

/// Runs all installed generators on a document and compiles the code that they generate.
pub(super) fn table(xtask: &Path, document: &str, out: &Path) -> Result<Table> {
    let mut table = Table::new(&[
        "Rust generator, with a whole published document",
        "s",
        "lines of Rust",
        "`cargo check`",
    ]);
    table.row(ours(xtask, document, out)?);
    for generator in &OTHERS {
        if let Some(row) = generator.row(document, out)? {
            table.row(row);
        }
    }
    Ok(table)
}

/// Measures `cargo xtask` and compiles the code that it generates.
fn ours(xtask: &Path, document: &str, out: &Path) -> Result<[String; 4]> {
    eprintln!("generating a whole document");
    let facts = out.join("whole.yaml").display().to_string();
    let directory = out.join("whole");
    let generated = directory.display().to_string();
    let import = ["import", "--from", document, "--all", "--output", &facts].map(str::to_owned);
    let generate = ["generate", "--spec", &facts, "--out", &generated].map(str::to_owned);
    let seconds =
        best(ROUNDS, || our_command(xtask, &import))? + best(ROUNDS, || our_command(xtask, &generate))?;
    let lines = lines_of_rust(&directory)?;
    let mut check = Command::new(project().join(".ci/whole-document"));
    check.arg(document).env_remove("CARGO_MANIFEST_DIR");
    Ok(row(
        "`cargo xtask import --all` and `generate`, release build".to_owned(),
        seconds,
        lines,
        compiles(&mut check)?,
    ))
}

impl Generator {
    /// Measures the generator and compiles the code that it generates. Returns `None` if it is not installed.
    fn row(&self, document: &str, out: &Path) -> Result<Option<[String; 4]>> {
        let (program, variable) = self.program;
        let program = std::env::var(variable).unwrap_or_else(|_| program.to_owned());
        let Ok(version) = output(Command::new(&program).arg(self.version)) else {
            eprintln!("skipping {}, which is not installed", self.name);
            return Ok(None);
        };
        eprintln!("generating a whole document with {}", self.name);
        let number = version
            .split_whitespace()
            .rfind(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        let name = [self.name]
            .into_iter()
            .chain(number)
            .collect::<Vec<_>>()
            .join(" ");
        let directory = out.join(self.program.0);
        let generate = || {
            let mut command = Command::new(&program);
            command.args(self.arguments.split(' ').map(|argument| match argument {
                "DOCUMENT" => document.as_ref(),
                "DIRECTORY" => directory.as_os_str(),
                argument => argument.as_ref(),
            }));
            command
        };
        let Ok(seconds) = best(ROUNDS, generate) else {
            return Ok(Some([
                name,
                "–".to_owned(),
                "0".to_owned(),
                "not generated".to_owned(),
            ]));
        };
        let mut check = Command::new("cargo");
        check
            .args(["check", "--manifest-path"])
            .arg(directory.join("Cargo.toml"))
            .env("CARGO_TARGET_DIR", out.join("target"));
        let lines = lines_of_rust(&directory)?;
        Ok(Some(row(name, seconds, lines, compiles(&mut check)?)))
    }
}

fn row(name: String, seconds: f64, lines: usize, compiles: String) -> [String; 4] {
    [name, format!("{seconds:.1}"), thousands(lines as f64), compiles]
}

/// Runs a command that compiles code. Returns `passes`, or the number of errors that Cargo reports.
fn compiles(command: &mut Command) -> Result<String> {
    let result = command.output().context("cannot start the check")?;
    if result.status.success() {
        return Ok("passes".to_owned());
    }
    let text = String::from_utf8_lossy(&result.stderr);
    let count = text
        .rsplit_once("due to ")
        .and_then(|(_, rest)| rest.split(' ').next());
    let count = count.with_context(|| format!("Cargo did not report the number of errors: {text}"))?;
    Ok(format!("errors: {count}"))
}
