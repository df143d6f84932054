//! `cargo xtask generate`: up-to-date, stale and invalid files, and custom paths.

use crate::support::{OutputExt as _, Workspace, assert_success};

const FACTS: &str = "spec/facts.yaml";
const OVERLAY: &str = "spec/overlay.yaml";
const CLIENT: &str = "crates/signalwire-room-tokens-api/src/generated/client.rs";
const FIX: &str = "cargo xtask generate";

#[test]
fn checked_in_files_are_up_to_date() {
    let workspace = Workspace::copy();
    let before = workspace.files();
    let output = workspace.xtask(["generate", "--check"]);
    assert_success(&output);
    assert_eq!(workspace.files(), before, "--check must not write anything");
}

#[test]
fn generating_again_changes_nothing() {
    let workspace = Workspace::copy();
    let before = workspace.files();
    assert_success(&workspace.xtask(["generate"]));
    assert_eq!(workspace.files(), before);
}

#[test]
fn missing_files_are_restored() {
    let workspace = Workspace::copy();
    let before = workspace.files();
    std::fs::remove_file(workspace.path(CLIENT)).unwrap();
    std::fs::remove_file(workspace.path("spec/openapi.yaml")).unwrap();

    let output = workspace.xtask(["generate", "--check"]);
    assert_eq!(output.code(), 1);
    let said = output.stdout() + &output.stderr();
    assert!(
        said.contains(CLIENT) && said.contains("spec/openapi.yaml"),
        "all files must be listed: {said}"
    );

    assert_success(&workspace.xtask(["generate"]));
    assert_eq!(workspace.files(), before);
}

#[test]
fn one_changed_byte_of_generated_code_is_stale() {
    let workspace = Workspace::copy();
    let text = workspace.read(CLIENT);
    let (at, _) = text
        .char_indices()
        .filter(|(_, c)| c.is_ascii_lowercase())
        .nth(5000)
        .unwrap();
    let mut changed = text.into_bytes();
    changed[at] = changed[at].to_ascii_uppercase();
    std::fs::write(workspace.path(CLIENT), changed).unwrap();

    let output = workspace.xtask(["generate", "--check"]);

    assert_eq!(output.code(), 1);
    let said = output.stdout() + &output.stderr();
    assert!(said.contains(CLIENT), "{said}");
    assert!(
        said.contains("\n-") && said.contains("\n+") && said.contains("@@"),
        "expected a unified diff: {said}"
    );
    assert!(said.contains(FIX), "{said}");
}

#[test]
fn one_changed_limit_of_the_facts_is_stale() {
    let workspace = Workspace::copy();
    workspace.replace(FACTS, "maxLength: 200\n", "maxLength: 201\n");

    let output = workspace.xtask(["generate", "--check"]);

    assert_eq!(output.code(), 1);
    let said = output.stdout() + &output.stderr();
    assert!(said.contains("-") && said.contains("201"), "{said}");
    for stale in [
        "spec/openapi.yaml",
        "constants.rs",
        "create_room_token.schema.json",
    ] {
        assert!(said.contains(stale), "{stale}: {said}");
    }
}

#[test]
fn files_that_are_not_generated_are_orphaned() {
    let workspace = Workspace::copy();
    let orphan = "crates/signalwire-room-tokens-api/src/generated/left_over.rs";
    workspace.write(orphan, "");
    let output = workspace.xtask(["generate", "--check"]);
    assert_eq!(output.code(), 1);
    assert!((output.stdout() + &output.stderr()).contains("left_over.rs"));
}

#[test]
fn unreadable_inputs_are_errors_and_nothing_is_written() {
    let cases = [
        (FACTS, "not: [valid"),
        (FACTS, "- a list\n"),
        (FACTS, "swagger: \"2.0\"\n"),
        (
            OVERLAY,
            "overlay: 1.0.0\ninfo: {title: x, version: \"1\"}\nactions: [{target: \"$.nothing.here\", update: {}}]",
        ),
        (OVERLAY, "\u{0}"),
    ];
    for (name, text) in cases {
        let workspace = Workspace::copy();
        workspace.write(name, text);
        let before = workspace.files();
        for arguments in [&["generate"][..], &["generate", "--check"]] {
            let output = workspace.xtask(arguments);
            assert_eq!(
                output.code(),
                2,
                "{arguments:?} with {text:?}: {}",
                output.stderr()
            );
            assert!(output.stderr().contains(name), "{text:?}: {}", output.stderr());
            assert!(!output.stderr().contains("panicked"), "{}", output.stderr());
        }
        assert_eq!(workspace.files(), before, "{text:?}");
    }
}

#[test]
fn nothing_is_written_if_one_file_cannot_be_written() {
    let rules = "crates/signalwire-room-tokens/src/generated/rules.rs";
    let workspace = Workspace::copy();
    workspace.replace(FACTS, "maxLength: 200\n", "maxLength: 201\n");
    std::fs::remove_file(workspace.path(rules)).unwrap();
    std::fs::create_dir(workspace.path(rules)).unwrap();
    let before = workspace.files();

    let output = workspace.xtask(["generate"]);

    assert_eq!(output.code(), 2);
    assert!(
        output.stderr().starts_with(&format!("error: {rules}: ")),
        "{}",
        output.stderr()
    );
    assert_eq!(workspace.files(), before);
}

#[test]
fn undescribed_fields_are_reported() {
    let workspace = Workspace::copy();
    workspace.replace(
        FACTS,
        "        user_name:\n",
        "        nick_name:\n          type: string\n        user_name:\n",
    );
    let output = workspace.xtask(["generate", "--check"]);
    assert_eq!(output.code(), 2);
    assert!(output.stderr().contains("nick_name"), "{}", output.stderr());
}

#[test]
fn corrections_made_upstream_are_reported() {
    let workspace = Workspace::copy();
    workspace.replace(
        FACTS,
        "      - room.stream\n",
        "      - room.stream\n      - room.stream.start\n",
    );
    let output = workspace.xtask(["generate", "--check"]);
    assert_eq!(output.code(), 2);
    assert!(output.stderr().contains(OVERLAY), "{}", output.stderr());
}

#[test]
fn other_documents_need_no_descriptions() {
    let workspace = Workspace::copy();
    let before = workspace.files();
    let spec = tempfile::tempdir().unwrap();
    let facts = spec.path().join("pets.yaml");
    std::fs::write(&facts, PETS).unwrap();
    let out = spec.path().join("out");

    let arguments = [
        "generate",
        "--spec",
        facts.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
    ];
    assert_success(&workspace.xtask(arguments));

    let client = std::fs::read_to_string(out.join("client.rs")).unwrap();
    assert!(client.contains("pub fn list_pets"), "{client}");
    assert_success(&workspace.xtask(arguments.into_iter().chain(["--check"])));
    assert_eq!(workspace.files(), before);
}

/// A document with several operations, parameters and two error types, which progenitor doesn't support on its own.
const PETS: &str = r##"
openapi: 3.0.3
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      operationId: list_pets
      parameters: [{name: limit, in: query, schema: {type: integer, maximum: 100}}]
      responses:
        "200":
          description: ""
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}
        "400":
          description: ""
          content: {application/json: {schema: {$ref: "#/components/schemas/BadRequest"}}}
        "404":
          description: ""
          content: {application/json: {schema: {$ref: "#/components/schemas/NotFound"}}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string, minLength: 1}}}
    BadRequest: {type: object, properties: {error: {type: string}}}
    NotFound: {type: object, properties: {missing: {type: string}}}
"##;

#[test]
fn the_ergonomic_crate_is_checked_as_well() {
    const GENERATED: &str = "crates/signalwire-room-tokens/src/generated";
    let workspace = Workspace::copy();
    let before = workspace.files();
    workspace.replace(
        &format!("{GENERATED}/setters.rs"),
        "pub(crate) use field_setters;",
        "",
    );
    std::fs::remove_file(workspace.path(&format!("{GENERATED}/rules.rs"))).unwrap();
    workspace.write(&format!("{GENERATED}/more.rs"), "");

    let output = workspace.xtask(["generate", "--check"]);
    assert_eq!(output.code(), 1);
    for line in ["setters.rs: stale", "rules.rs: missing", "more.rs: orphaned"] {
        assert!(output.stderr().contains(&format!("{GENERATED}/{line}")), "{line}");
    }

    assert_success(&workspace.xtask(["generate"]));
    assert_eq!(workspace.files(), before);
}

#[test]
fn a_new_field_is_reported_with_the_action_to_add() {
    let workspace = Workspace::copy();
    workspace.replace(
        FACTS,
        "        user_name:\n",
        "        seat_label:\n          type: string\n        user_name:\n",
    );
    let output = workspace.xtask(["generate"]);
    assert_eq!(output.code(), 2);
    let said = output.stderr();
    let (_, actions) = said.split_once("\n- target:").expect("an action");
    let actions = actions.replace("description: \"\"", "description: A sentence.");
    let overlay = workspace.read(OVERLAY);
    workspace.write(OVERLAY, &format!("{overlay}\n- target:{actions}"));
    assert_success(&workspace.xtask(["generate"]));
    let setters = workspace.read("crates/signalwire-room-tokens/src/generated/setters.rs");
    assert!(
        setters.contains("/// A sentence.\n        pub fn seat_label("),
        "{setters}"
    );
}
