//! `spec/config.yaml`: the operations, the source and the crates.

use crate::support::{OutputExt as _, Workspace, assert_success};

const CONFIG: &str = "spec/config.yaml";

#[test]
fn errors_name_the_file_and_the_key() {
    for (from, to, expected) in [
        (
            "- POST /api/video/room_tokens",
            "- POST rooms",
            "spec/config.yaml: operations[0]: ",
        ),
        (
            "    name: signalwire-room-tokens\n",
            "    name: a crate\n",
            "spec/config.yaml: crates.client.name: `a crate` is not a valid crate name",
        ),
        (
            "    operation: POST /api/video/room_tokens",
            "    operation: POST /api/video/rooms",
            "spec/config.yaml: crates.client.operation: `POST /api/video/rooms` is not listed in `operations`",
        ),
        (
            "    directory: crates/signalwire-room-tokens-mock\n",
            "    directories: []\n",
            "spec/config.yaml: crates.mock.directories: unknown field `directories`",
        ),
        (
            "source:",
            "sources:",
            "spec/config.yaml: sources: unknown field `sources`",
        ),
        (
            "operations:",
            "operations: [",
            "spec/config.yaml: is not valid YAML",
        ),
    ] {
        let workspace = Workspace::copy();
        workspace.replace(CONFIG, from, to);
        let output = workspace.xtask(["generate", "--check"]);
        assert_eq!(output.code(), 2, "{to}");
        let said = output.stderr();
        assert!(said.starts_with(&format!("error: {expected}")), "{said}");
    }
}

#[test]
fn the_configured_operations_are_imported_and_compared() {
    let document = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a: {get: {responses: {'200': {description: \
                    d}}}}\n  /b: {post: {responses: {'200': {description: d}}}}\n";
    let workspace = Workspace::copy();
    workspace.write(
        "old.yaml",
        &document.replace("responses:", "tags: [t], responses:"),
    );
    workspace.write("new.yaml", document);
    let compared = || {
        let output = workspace.xtask(["diff", "old.yaml", "new.yaml", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&output.stdout()).unwrap();
        let changes = report["changes"].as_array().unwrap().clone();
        let operations = changes.iter().filter_map(|change| change["operation"].as_str());
        operations.map(str::to_owned).collect::<Vec<_>>()
    };
    // Neither document contains the room-token operation.
    assert_eq!(compared(), ["GET /a", "POST /b"]);

    let config = workspace.read(CONFIG);
    workspace.write(CONFIG, &config.replace("POST /api/video/room_tokens", "POST /b"));
    assert_eq!(compared(), ["POST /b"]);
    assert_success(&workspace.xtask(["import", "--from", "new.yaml"]));
    let facts = workspace.read("spec/facts.yaml");
    assert!(facts.contains("  /b:\n") && !facts.contains("  /a:\n"), "{facts}");
}
