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
            "    directory: crates/signalwire-room-tokens-mock\n",
            "    directory: /crates/signalwire-room-tokens-mock\n",
            "spec/config.yaml: crates.mock.directory: `/crates/signalwire-room-tokens-mock` is not a valid crate directory",
        ),
        (
            "    directory: crates/signalwire-room-tokens\n",
            "    directory: crates/../../signalwire-room-tokens\n",
            "spec/config.yaml: crates.client.directory: `crates/../../signalwire-room-tokens` is not a valid crate directory",
        ),
        (
            "    directory: crates/signalwire-room-tokens-api\n",
            "    directory: ''\n",
            "spec/config.yaml: crates.api.directory: `` is not a valid crate directory: expected a relative path",
        ),
        (
            "    directory: crates/signalwire-room-tokens-mock\n",
            "    directory: crates/./signalwire-room-tokens-api/\n",
            "spec/config.yaml: crates.mock.directory: `crates/./signalwire-room-tokens-api/` is also the directory of \
             `crates.api`",
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

#[test]
fn the_facts_must_contain_exactly_the_configured_operations() {
    let expect = |workspace: &Workspace, expected: &str| {
        let before = workspace.files();
        for arguments in [&["generate"][..], &["generate", "--check"]] {
            let output = workspace.xtask(arguments);
            assert_eq!(output.code(), 2, "{arguments:?}");
            assert_eq!(output.stderr(), format!("error: {expected}\n"));
        }
        assert_eq!(workspace.files(), before);
    };
    let import = "run `cargo xtask import` or `cargo xtask update`";

    let workspace = Workspace::copy();
    workspace.replace(
        CONFIG,
        "\noperations:\n",
        "\noperations:\n- GET /api/video/nope\n",
    );
    expect(
        &workspace,
        &format!(
            "spec/config.yaml: operations[0]: `GET /api/video/nope` is not in spec/facts.yaml; to import it, {import}"
        ),
    );

    let workspace = Workspace::copy();
    let other = "  /other: {get: {responses: {'204': {description: ''}}}}\n";
    workspace.replace("spec/facts.yaml", "\npaths:\n", &format!("\npaths:\n{other}"));
    expect(
        &workspace,
        &format!(
            "spec/facts.yaml: at /paths/~1other/get: `GET /other` is not one of the `operations` in spec/config.yaml; \
             to remove it, {import}"
        ),
    );
    // The configuration doesn't apply to other documents.
    assert_success(&workspace.xtask(["generate", "--spec", "spec/facts.yaml", "--out", "out"]));
}

#[test]
fn each_operation_is_listed_once() {
    for (again, other) in [
        ("create_room_token", "POST /api/video/room_tokens"),
        ("POST /api/video/room_tokens", "POST /api/video/room_tokens"),
    ] {
        let workspace = Workspace::copy();
        workspace.replace(CONFIG, "room_tokens\n\n", &format!("room_tokens\n- {again}\n\n"));
        workspace.write("published.yaml", &workspace.read("spec/facts.yaml"));
        let before = workspace.files();
        for arguments in [
            &["generate"][..],
            &["import", "--from", "published.yaml"],
            &["update", "--from", "published.yaml"],
        ] {
            let output = workspace.xtask(arguments);
            assert_eq!(output.code(), 2, "{arguments:?}");
            let expected =
                format!("spec/config.yaml: operations[1]: `{again}` selects the same operation as `{other}`");
            assert!(output.stderr().contains(&expected), "{}", output.stderr());
        }
        assert_eq!(workspace.files(), before);
    }
}
