//! `cargo xtask update`: failed and interrupted updates, and changes that prevent an update.

use std::process::Output;

use crate::support::{OutputExt as _, Workspace, assert_success};

const FACTS: &str = "spec/facts.yaml";
const OVERLAY: &str = "spec/overlay.yaml";
const RULES: &str = "crates/signalwire-room-tokens/src/generated/rules.rs";

/// Returns a workspace whose `published.yaml` is an edited copy of the facts.
fn publishing(from: &str, to: &str) -> Workspace {
    let workspace = Workspace::copy();
    workspace.write("published.yaml", &workspace.read(FACTS));
    workspace.replace("published.yaml", from, to);
    workspace
}

fn with_a_new_limit() -> Workspace {
    publishing("maxLength: 200\n", "maxLength: 300\n")
}

fn with_a_new_field() -> Workspace {
    publishing(
        "        user_name:\n",
        "        seat_label:\n          type: string\n        user_name:\n",
    )
}

fn update(workspace: &Workspace) -> Output {
    workspace.xtask(["update", "--from", "published.yaml"])
}

#[track_caller]
fn assert_up_to_date(workspace: &Workspace) {
    let before = workspace.files();
    let output = update(workspace);
    assert_success(&output);
    assert_eq!(output.stdout(), "# The checked-in API is up to date\n");
    assert_eq!(workspace.files(), before);
    assert_success(&workspace.xtask(["generate", "--check"]));
}

#[test]
fn nothing_is_written_if_the_report_cannot_be_written() {
    let workspace = with_a_new_limit();
    let before = workspace.files();
    let output = workspace.xtask([
        "update",
        "--from",
        "published.yaml",
        "--report",
        "missing/report.md",
    ]);
    assert_eq!(output.code(), 2);
    assert!(
        output
            .stderr()
            .starts_with("error: failed to write missing/report.md: "),
        "{}",
        output.stderr()
    );
    assert_eq!(workspace.files(), before);

    let output = update(&workspace);
    assert_success(&output);
    assert!(
        output.stdout().contains("additive changes"),
        "{}",
        output.stdout()
    );
    assert_up_to_date(&workspace);
}

#[test]
fn nothing_is_written_if_a_generated_file_cannot_be_written() {
    let workspace = with_a_new_limit();
    std::fs::remove_file(workspace.path(RULES)).unwrap();
    std::fs::create_dir(workspace.path(RULES)).unwrap();
    let before = workspace.files();
    let output = update(&workspace);
    assert_eq!(output.code(), 2);
    assert!(
        output.stderr().starts_with(&format!("error: {RULES}: ")),
        "{}",
        output.stderr()
    );
    assert_eq!(workspace.files(), before);
}

#[test]
fn an_interrupted_update_is_completed() {
    let workspace = with_a_new_limit();
    let facts = workspace.read(FACTS);
    let rules = workspace.read(RULES);
    let output = update(&workspace);
    assert_success(&output);
    let files = workspace.files();
    // The facts are written last, so all changes are reported again.
    assert!(output.stderr().contains("spec/facts.yaml: written\nUpdate to "));
    workspace.write(FACTS, &facts);
    workspace.write(RULES, &rules);
    let again = update(&workspace);
    assert_success(&again);
    assert_eq!(again.stdout(), output.stdout());
    assert_eq!(workspace.files(), files);

    // This is the state after `import`.
    workspace.write(RULES, &rules);
    let output = update(&workspace);
    assert_success(&output);
    assert!(
        output
            .stdout()
            .starts_with("# Regenerate the code for the unchanged API\n"),
        "{}",
        output.stdout()
    );
    assert_eq!(workspace.files(), files);
    assert_up_to_date(&workspace);
}

#[test]
fn failed_code_generation_is_reported_until_it_succeeds() {
    let workspace = with_a_new_field();
    let report = "- target: $.components.schemas.CreateRoomTokenRequest.properties.seat_label\n";
    let mut titles = Vec::new();
    for _ in 0..2 {
        let output = update(&workspace);
        assert_success(&output);
        assert!(output.stdout().contains(report), "{}", output.stdout());
        assert_eq!(workspace.read(FACTS), workspace.read("published.yaml"));
        titles.push(output.stdout().lines().next().unwrap().to_owned());
    }
    assert_eq!(
        titles,
        [
            "# Update to the published API: additive changes; code generation failed",
            "# The checked-in API is up to date, but code generation failed",
        ]
    );

    let overlay = workspace.read(OVERLAY);
    let action = format!("{report}  update: {{description: A seat.}}\n");
    workspace.write(OVERLAY, &format!("{overlay}\n{action}"));
    assert_success(&update(&workspace));
    let setters = workspace.read("crates/signalwire-room-tokens/src/generated/setters.rs");
    assert!(setters.contains("pub fn seat_label("), "{setters}");
    assert_up_to_date(&workspace);
}

#[test]
fn a_moved_or_removed_operation_is_reported_and_changes_nothing() {
    let id = "      operationId: create_room_token\n";
    let moved = "  /api/video/v2/room_tokens:\n";
    let other = "  /other:\n";
    for (path, new_id, change) in [
        (moved, id, "`api-path-changed`"),
        (other, "", "`api-path-removed-without-deprecation`"),
    ] {
        let workspace = publishing("  /api/video/room_tokens:\n", path);
        workspace.replace("published.yaml", id, new_id);
        let before = workspace.files();

        let output = update(&workspace);
        assert_eq!(output.code(), 2);
        let said = output.stderr();
        let expected =
            "error: published.yaml: no operation matches `POST /api/video/room_tokens`; similar operations: ";
        assert!(said.starts_with(expected), "{said}");
        for words in [
            "`spec/facts.yaml` was not changed",
            "`operations` in `spec/config.yaml`",
        ] {
            assert!(said.contains(words), "{said}");
        }
        let report = output.stdout();
        let title = "# A configured operation is missing from the published API\n";
        assert!(report.starts_with(title) && report.contains(change), "{report}");
        assert_eq!(workspace.files(), before);

        let arguments = ["update", "--from", "published.yaml", "--report", "report.md"];
        assert_eq!(workspace.xtask(arguments).code(), 2);
        assert_eq!(workspace.read("report.md"), report);
    }
}

#[test]
fn an_operation_that_never_existed_is_reported_with_the_other_changes() {
    let workspace = with_a_new_limit();
    workspace.replace(
        "spec/config.yaml",
        "\noperations:\n",
        "\noperations:\n- GET /api/video/nope\n",
    );
    let before = workspace.files();
    let output = update(&workspace);
    assert_eq!(output.code(), 2);
    let expected = "error: published.yaml: no operation matches `GET /api/video/nope`; similar operations: ";
    assert!(output.stderr().starts_with(expected), "{}", output.stderr());
    assert!(
        output.stdout().contains("request-property-max-length-increased"),
        "{}",
        output.stdout()
    );
    assert_eq!(workspace.files(), before);
}
