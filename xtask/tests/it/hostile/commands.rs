//! Runs the commands that read documents, within limits on time and memory.

use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::support::{OutputExt as _, Workspace, xtask_binary};

/// The CPU time limit, in seconds. CPU time doesn't depend on the machine's load. An optimized build takes a tenth of
/// the time.
const MAX_SECONDS: u32 = 60;

/// The address space limit, in KiB. A 64 MiB document uses most of it.
const MAX_KIB: u32 = 6 << 20;

pub(super) const FACTS: &str = "spec/facts.yaml";

/// Returns all commands that read a document, each with `file` as one of its inputs.
pub(super) fn readers_of_documents(file: &str) -> Vec<Vec<&str>> {
    vec![
        vec!["import", "--from", file, "--output", "out.yaml"],
        vec!["generate", "--spec", file, "--out", "out"],
        vec!["diff", file, FACTS],
        vec!["diff", FACTS, file],
        vec!["diff", "checked-in", file],
    ]
}

/// Returns all commands that read a file, each with `file` as one of its inputs.
pub(super) fn readers(file: &str) -> Vec<Vec<&str>> {
    let mut readers = readers_of_documents(file);
    readers.push(vec!["generate", "--overlay", file, "--out", "out"]);
    readers.push(vec!["diff", FACTS, FACTS, "--ignore", file]);
    readers
}

/// Runs a command within the limits, and asserts that it exits normally and prints a message if it fails.
#[track_caller]
pub(super) fn run(workspace: &Workspace, arguments: &[&str]) -> Output {
    let mut command = Command::new("sh");
    command
        .args([
            "-c",
            &format!("ulimit -t {MAX_SECONDS} && ulimit -v {MAX_KIB} && exec \"$@\""),
        ])
        .arg("sh")
        .arg(xtask_binary())
        .args(arguments)
        .current_dir(workspace.path("."))
        .env("CARGO_MANIFEST_DIR", workspace.path("xtask"));
    let output = command.output().unwrap();
    let said = output.stderr();
    assert!(
        output.status.code().is_some_and(|code| code <= 2),
        "{arguments:?}: {}: {said}",
        output.status
    );
    assert!(!said.contains("panicked"), "{arguments:?}: {said}");
    if output.code() == 2 {
        assert!(said.starts_with("error: "), "{arguments:?}: {said}");
    }
    assert!(said.len() < 64 << 10, "{arguments:?}: {} bytes", said.len());
    output
}

/// Asserts that a command rejects the file and names it in the error message.
#[track_caller]
pub(super) fn assert_rejected(workspace: &Workspace, arguments: &[&str], file: &str) {
    let output = run(workspace, arguments);
    assert_eq!(output.code(), 2, "{arguments:?}");
    assert!(
        output.stderr().contains(file),
        "{arguments:?}: {}",
        output.stderr()
    );
}

/// Returns a document whose room-token operation uses the schema `S0` in its request and response.
pub(super) fn document(schemas: impl IntoIterator<Item = (String, Value)>) -> Value {
    let content = json!({ "application/json": { "schema": reference(0) } });
    json!({
        "openapi": "3.0.3",
        "info": { "title": "T", "version": "1" },
        "servers": [{ "url": "https://example.com" }],
        "paths": { "/api/video/room_tokens": { "post": {
            "operationId": "o",
            "requestBody": { "content": content },
            "responses": { "200": { "description": "d", "content": content } }
        } } },
        "components": { "schemas": Value::Object(schemas.into_iter().collect()) }
    })
}

/// Returns a reference to a schema.
pub(super) fn reference(index: usize) -> Value {
    json!({ "$ref": format!("#/components/schemas/S{index}") })
}
