//! `cargo xtask import --all` and `generate`: a document with all of its operations and no overlay.

use std::path::Path;

use crate::support::{OutputExt as _, Workspace, assert_success};

/// A document in which two operations have the same ID, and a third one already has the ID that would be generated
/// next.
const DOCUMENT: &str = r##"
openapi: 3.1.0
info: {title: Example, version: "1", description: prose}
servers: [{url: "https://example.com"}]
paths:
  /tokens/b:
    post:
      operationId: create_token
      description: prose
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Token"}}}}
      responses: {"200": {description: prose}}
  /tokens/a:
    post:
      operationId: create_token
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {"200": {description: prose}}
  /tokens: {get: {operationId: create_token_2, responses: {"200": {description: prose}}}}
  /unnamed: {get: {responses: {"200": {description: prose}}}}
components:
  schemas:
    Token: {type: object, properties: {id: {type: [string, "null"], format: uuid}}}
    Unused: {type: string}
"##;

#[test]
fn all_operations_are_imported_as_published_and_generated_with_distinct_names() {
    let workspace = Workspace::empty();
    workspace.write("published.yaml", DOCUMENT);

    assert_success(&workspace.xtask([
        "import",
        "--from",
        "published.yaml",
        "--all",
        "--output",
        "facts.yaml",
    ]));
    let facts = workspace.read("facts.yaml");
    assert!(
        facts.contains("openapi: 3.1.0") || facts.contains("openapi: \"3.1.0\""),
        "{facts}"
    );
    assert_eq!(facts.matches("operationId: create_token\n").count(), 2, "{facts}");
    for path in ["/tokens/a:", "/tokens/b:", "/tokens:", "/unnamed:"] {
        assert!(facts.contains(&format!("\n  {path}\n")), "{path}: {facts}");
    }
    assert!(!facts.contains("prose") && !facts.contains("Unused"), "{facts}");

    let output = workspace.xtask(["generate", "--spec", "facts.yaml", "--out", "generated"]);
    assert_success(&output);
    let renamed: Vec<String> = output
        .stderr()
        .lines()
        .filter(|line| line.starts_with("renamed operation: "))
        .map(str::to_owned)
        .collect();
    assert_eq!(
        renamed,
        [
            "renamed operation: POST /tokens/b: `create_token` is also used by POST /tokens/a; generated as \
          `create_token_3`"
        ]
    );
    let client = workspace.read("generated/client.rs");
    for name in ["create_token", "create_token_2", "create_token_3", "get_unnamed"] {
        assert!(
            client.contains(&format!("pub fn {name}(&self)")),
            "{name}: {client}"
        );
    }
    // The modules in `constants.rs` have the same names as the methods.
    let constants = workspace.read("generated/constants.rs");
    assert!(constants.contains("pub mod create_token_3 {"), "{constants}");
}

#[test]
fn the_report_of_an_update_lists_renamed_operations() {
    let workspace = Workspace::copy();
    let path = "/api/video/room_tokens_again";
    workspace.replace(
        "spec/config.yaml",
        "operations:\n",
        &format!("operations:\n- GET {path}\n"),
    );
    let operation = "get: {operationId: create_room_token, responses: {'204': {description: ''}}}";
    let published = workspace
        .read("spec/facts.yaml")
        .replace("\npaths:\n", &format!("\npaths:\n  {path}: {{{operation}}}\n"));
    workspace.write("published.yaml", &published);
    let overlay = workspace.read("spec/overlay.yaml");
    let target = format!("$.paths['{path}'].get");
    workspace.write(
        "spec/overlay.yaml",
        &format!(
            "{overlay}\n- target: {target}\n  update: {{summary: Again, description: Again.}}\n\
             - target: {target}.responses['204']\n  update: {{description: Again.}}\n"
        ),
    );

    let output = workspace.xtask(["update", "--from", "published.yaml"]);

    assert_success(&output);
    let section = "\n## Renamed operations\n\n```text\nGET /api/video/room_tokens_again: `create_room_token` is also used \
                   by POST /api/video/room_tokens; generated as `create_room_token_2`\n```\n";
    assert!(output.stdout().contains(section), "{}", output.stdout());
}

#[test]
fn operations_and_all_operations_exclude_each_other() {
    let workspace = Workspace::empty();
    workspace.write("published.yaml", DOCUMENT);
    let output = workspace.xtask([
        "import",
        "--from",
        "published.yaml",
        "--all",
        "--operation",
        "create_token_2",
        "--output",
        "facts.yaml",
    ]);
    assert_eq!(output.code(), 2);
    assert!(output.stderr().contains("--all"), "{}", output.stderr());
    assert!(!workspace.path("facts.yaml").exists());
}

#[test]
fn a_document_without_operations_is_rejected() {
    let workspace = Workspace::empty();
    workspace.write(
        "published.yaml",
        "openapi: 3.1.0\ninfo: {title: Example, version: '1'}\npaths: {/a: {}}\n",
    );
    let output = workspace.xtask([
        "import",
        "--from",
        "published.yaml",
        "--all",
        "--output",
        "facts.yaml",
    ]);
    assert_eq!(output.code(), 2);
    assert!(
        output
            .stderr()
            .contains("published.yaml: the document has no operations"),
        "{}",
        output.stderr()
    );
    assert!(!workspace.path("facts.yaml").exists());
}

/// In this document, all schemas are connected by references.
#[test]
fn generated_files_grow_linearly_with_the_document() {
    let bytes = |count: usize| {
        let workspace = Workspace::empty();
        workspace.write("facts.yaml", &connected(count));
        assert_success(&workspace.xtask(["generate", "--spec", "facts.yaml", "--out", "generated"]));
        let is_generated = |path: &Path| path.components().any(|part| part.as_os_str() == "generated");
        let files = workspace.files();
        let sizes = files.iter().filter(|(path, _)| is_generated(path));
        sizes.map(|(_, content)| content.0.len()).sum::<usize>()
    };
    let (small, large) = (bytes(10), bytes(40));
    assert!(large > small && large < 5 * small, "{small} and {large} bytes");
}

/// Returns a document whose operations have bodies that refer to a ring of schemas.
fn connected(count: usize) -> String {
    let mut paths = String::new();
    let mut schemas = String::new();
    for index in 0..count {
        let next = (index + 1) % count;
        let body = format!(
            "{{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Item{index}'}}}}}}}}"
        );
        paths += &format!(
            "  /items/{index}: {{post: {{operationId: add_{index}, requestBody: {body}, responses: {{}}}}}}\n"
        );
        schemas += &format!(
            "    Item{index}: {{type: object, properties: {{next: {{$ref: '#/components/schemas/Item{next}'}}}}}}\n"
        );
    }
    format!(
        "openapi: 3.1.0\ninfo: {{title: Items, version: '1'}}\npaths:\n{paths}components:\n  schemas:\n{schemas}"
    )
}
