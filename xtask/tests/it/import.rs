//! `cargo xtask import`: from published documents to the checked-in facts.

use crate::support::{OutputExt as _, Workspace, assert_success, published};

const LATEST: &str = "2026-08-21-signalwire-rest.openapi-3.1.yaml";

/// A small published OpenAPI 3.1 document with prose, a second operation, and a limit that differs from the facts.
const DOCUMENT: &str = r##"
openapi: 3.1.0
info: {title: Example, version: "1", description: prose}
servers: [{url: "https://{space_name}.signalwire.com", variables: {space_name: {default: example}}}]
paths:
  /api/video/room_tokens:
    post:
      operationId: mint
      description: prose
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [room_name]
              properties:
                room_name: {type: string, maxLength: 80, description: prose}
                seconds: {type: [integer, "null"], exclusiveMinimum: 0}
      responses:
        "200": {description: prose}
  /api/other:
    get:
      responses:
        "200": {description: prose}
"##;

#[test]
fn the_checked_in_facts_match_the_latest_published_document() {
    let Some(published) = published(LATEST) else {
        return;
    };
    let workspace = Workspace::copy();
    let checked_in = workspace.files();
    workspace.write("spec/facts.yaml", "");

    assert_success(&workspace.xtask(["import", "--from", published.to_str().unwrap()]));

    assert_eq!(workspace.files(), checked_in);
}

#[test]
fn importing_the_facts_again_gives_the_facts() {
    let workspace = Workspace::copy();
    let facts = workspace.path("spec/facts.yaml");

    let output = workspace.xtask([
        "import",
        "--from",
        facts.to_str().unwrap(),
        "--output",
        "again.yaml",
    ]);

    assert_success(&output);
    assert_eq!(workspace.read("again.yaml"), workspace.read("spec/facts.yaml"));
}

#[test]
fn older_versions_of_the_document_are_imported() {
    for name in [
        "2026-01-22-video.openapi-3.0.yaml",
        "2026-02-11-video.openapi-3.0.yaml",
    ] {
        let Some(published) = published(name) else { return };
        let workspace = Workspace::copy();
        let output = workspace.xtask([
            "import",
            "--from",
            published.to_str().unwrap(),
            "--output",
            "old.yaml",
        ]);
        assert_success(&output);
        let facts = workspace.read("old.yaml");
        assert!(facts.contains("\n  /api/video/room_tokens:\n"), "{name}: {facts}");
    }
}

#[test]
fn a_document_is_imported_and_its_source_recorded() {
    let workspace = Workspace::copy();
    workspace.write("published.yaml", DOCUMENT);

    let output = workspace.xtask(["import", "--from", "published.yaml", "--commit", "abc123"]);

    assert_success(&output);
    let facts = workspace.read("spec/facts.yaml");
    assert!(facts.contains("openapi: \"3.1.0\""), "{facts}");
    assert!(facts.contains("exclusiveMinimum: 0"), "{facts}");
    assert!(!facts.contains("prose") && !facts.contains("other"), "{facts}");
    assert!(workspace.read("spec/source.yaml").contains("commit: abc123"));
    assert!(
        workspace
            .read("spec/README.md")
            .contains("| document | `published.yaml` |")
    );
}

#[test]
fn unsupported_documents_are_rejected_with_location_and_nothing_is_written() {
    let workspace = Workspace::copy();
    let before = workspace.files();
    let odd = DOCUMENT.replace("exclusiveMinimum: 0", "$dynamicRef: \"#x\"");
    let outside = tempfile::tempdir().unwrap();
    let odd_path = outside.path().join("odd.yaml");
    std::fs::write(&odd_path, odd).unwrap();

    let output = workspace.xtask(["import", "--from", odd_path.to_str().unwrap()]);

    assert_eq!(output.code(), 2);
    let said = output.stderr();
    assert!(said.contains("odd.yaml"), "{said}");
    assert!(said.contains("properties/seconds/$dynamicRef"), "{said}");
    assert_eq!(workspace.files(), before);
}

#[test]
fn invalid_documents_are_rejected() {
    let workspace = Workspace::copy();
    for (name, text) in [
        ("page.yaml", "<!doctype html><title>404</title>"),
        ("cut.yaml", &DOCUMENT[..DOCUMENT.len() / 2]),
        (
            "other.json",
            "{\"openapi\": \"3.0.3\", \"info\": {}, \"paths\": {}} {}",
        ),
        ("empty.yaml", ""),
    ] {
        workspace.write(name, text);
        let output = workspace.xtask(["import", "--from", name, "--output", "out.yaml"]);
        assert_eq!(output.code(), 2, "{name}: {}", output.stderr());
        assert!(output.stderr().contains(name), "{}", output.stderr());
        assert!(!workspace.path("out.yaml").exists(), "{name}");
    }
}
