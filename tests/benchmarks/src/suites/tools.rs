//! Measures the maintenance tools and compares them with other generators.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use serde_json::{Map, Value, json};

use super::commands::{best, lines_of_rust, our_command};
use super::whole_document;
use crate::process::{output, project};
use crate::report::{Section, Table, thousands};

/// Number of runs. The table shows the best one.
const ROUNDS: usize = 10;
const PEER_ROUNDS: usize = 3;

/// Measures the commands and writes the section.
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
        .text(&format!("Wall-clock time of the process, excluding Cargo; best of {ROUNDS} runs."))
        .table(&table);
    let growth = growth(&release, out.path())?;
    let section = section
        .text(&format!(
            "Growth with document size, release build. The documents are synthetic. For `diff`, a tenth of the schemas differ between the two documents; the Rust effect is measured only for the smallest, because the facts of the others exceed 256 KiB. The ratio is each time divided by the time for the next smaller document. Best of {ROUNDS} runs."
        ))
        .table(&growth);
    let section = match generators(&release, out.path())? {
        Some(table) => section.table(&table),
        None => section.text("openapi-generator is not included because it was not installed."),
    };
    match std::env::var("BENCH_DOCUMENT") {
        Ok(document) => section.table(&whole_document::table(&release, &document, out.path())?),
        Err(_) => section,
    }
    .write("tools")
}

/// Number of operations in the smallest synthetic document.
const UNIT: usize = 100;

/// Sizes of the synthetic documents, in multiples of [`UNIT`].
const SIZES: [usize; 4] = [1, 2, 4, 8];

/// Number of alternatives per operation in a synthetic document's union.
const ALTERNATIVES: usize = 10;

/// Benchmarks the commands on documents of increasing size.
fn growth(xtask: &Path, out: &Path) -> Result<Table> {
    let mut table = Table::new(&["command", "operations", "ms", "ratio"]);
    let names = ["`diff` with a tenth changed", "`generate`"];
    for (command, name) in names.into_iter().enumerate() {
        let mut smaller = None;
        for size in SIZES {
            eprintln!("measuring {name} at size {size}");
            let operations = size * UNIT;
            let [old, new] = [false, true].map(|is_changed| synthetic(operations, is_changed));
            let [old_path, new_path] =
                ["old.json", "new.json"].map(|name| out.join(name).display().to_string());
            std::fs::write(&old_path, old.to_string())?;
            std::fs::write(&new_path, new.to_string())?;
            let generated = out.join("grown").display().to_string();
            let arguments = if command == 0 {
                vec![
                    "diff",
                    &old_path,
                    &new_path,
                    "--fail-on",
                    "never",
                    "--format",
                    "json",
                ]
            } else {
                vec!["generate", "--spec", &old_path, "--out", &generated]
            };
            let arguments: Vec<String> = arguments.into_iter().map(str::to_owned).collect();
            let seconds = best(ROUNDS, || our_command(xtask, &arguments))?;
            let ratio = smaller.map_or_else(String::new, |smaller| format!("{:.1}", seconds / smaller));
            smaller = Some(seconds);
            table.row([
                name.to_owned(),
                thousands(operations as f64),
                thousands(seconds * 1e3),
                ratio,
            ]);
        }
    }
    Ok(table)
}

/// Returns a document with the given number of operations. Each operation has its own schema. All schemas
/// share a base and refer to each other, and all responses share a union.
fn synthetic(operations: usize, is_changed: bool) -> Value {
    let reference = |name: String| json!({ "$ref": format!("#/components/schemas/{name}") });
    let mut schemas = Map::new();
    let mut paths = Map::new();
    let base = json!({ "type": "object", "properties": { "id": { "type": "string" }, "at": { "type": "integer" } } });
    schemas.insert("Base".to_owned(), base);
    for index in 0..operations {
        let is_changed = is_changed && index.is_multiple_of(10);
        let mut properties = Map::new();
        for property in 0..10 {
            let limit = if is_changed { 20 } else { 10 };
            properties.insert(
                format!("property_{property}"),
                json!({ "type": "string", "maxLength": limit }),
            );
        }
        properties.insert(
            "next".to_owned(),
            reference(format!("Thing{}", (index * 7 + 1) % operations)),
        );
        let own = json!({ "type": "object", "properties": properties, "required": ["property_0"] });
        schemas.insert(
            format!("Thing{index}"),
            json!({ "allOf": [reference("Base".to_owned()), own] }),
        );
        let content = |name: String| json!({ "application/json": { "schema": reference(name) } });
        let operation = json!({
            "operationId": format!("operation_{index}"),
            "requestBody": { "content": content(format!("Thing{index}")) },
            "responses": { "200": { "description": "", "content": content("Any".to_owned()) } },
        });
        paths.insert(format!("/things/{index}"), json!({ "post": operation }));
    }
    let alternative = |index: usize| {
        let kind = json!({ "type": "string", "enum": [format!("kind_{index}")] });
        let value = if is_changed && index.is_multiple_of(10) {
            "integer"
        } else {
            "string"
        };
        json!({ "type": "object", "properties": { "kind": kind, "value": { "type": value } }, "required": ["kind"] })
    };
    let alternatives: Vec<Value> = (0..operations * ALTERNATIVES).map(alternative).collect();
    schemas.insert("Any".to_owned(), json!({ "oneOf": alternatives }));
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Things", "version": "1" },
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// Builds `cargo xtask` and returns the path to the executable.
fn xtask(is_release: bool) -> Result<PathBuf> {
    eprintln!("building xtask");
    let build = escargot::CargoBuild::new()
        .manifest_path(project().join("Cargo.toml"))
        .package("xtask")
        .bin("xtask");
    let build = if is_release { build.release() } else { build };
    Ok(build.run()?.path().to_owned())
}

/// Returns the names and arguments of the commands to measure. This project doesn't contain a published document, so
/// commands that need one are included only if `BENCH_DOCUMENT` is set.
fn commands(out: &Path) -> Vec<(String, Vec<String>)> {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect();
    let mut commands = vec![
        ("`generate --check`".to_owned(), words("generate --check")),
        (
            "`diff` of identical documents".to_owned(),
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
        commands.push((format!("`import` of a {size:.1} MB document"), import.to_vec()));
        commands.push((format!("`diff` with a {size:.1} MB document"), diff.to_vec()));
    }
    commands
}

fn milliseconds(program: &Path, arguments: &[String]) -> Result<String> {
    let seconds = best(ROUNDS, || our_command(program, arguments))?;
    Ok(format!("{:.0}", seconds * 1e3))
}

/// Runs both generators with the same document. The other generator is `openapi-generator-cli`, or the
/// program set in `BENCH_OPENAPI_GENERATOR`. Returns `None` if it is not installed.
fn generators(xtask: &Path, out: &Path) -> Result<Option<Table>> {
    let peer =
        std::env::var("BENCH_OPENAPI_GENERATOR").unwrap_or_else(|_| "openapi-generator-cli".to_owned());
    let Ok(version) = output(Command::new(&peer).arg("version")) else {
        return Ok(None);
    };
    let document = project().join("spec/facts.yaml").canonicalize()?;
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
    let mut table = Table::new(&["Rust generator, with `spec/facts.yaml`", "ms", "lines of Rust"]);
    let version = version.lines().last().unwrap_or_default().to_owned();
    for (name, seconds, directory) in [
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
            thousands(lines_of_rust(directory)? as f64),
        ]);
    }
    Ok(Some(table))
}
