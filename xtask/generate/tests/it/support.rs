//! Test documents and the code generated from them.

use std::path::{Path, PathBuf};

use serde_json::Value;
use xtask_generate::files::Files;
use xtask_generate::overlay::Overlay;
use xtask_generate::workaround::Strictness;
use xtask_generate::{Ergonomic, Inputs, Layout, Result, generate};
use xtask_openapi::Document;
use xtask_openapi::source::Source;

/// Returns the workspace root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap()
}

/// Returns the checked-in inputs.
pub(crate) fn checked_in() -> Inputs {
    let read = |name: &str| Document::parse(name, &std::fs::read(root().join(name)).unwrap()).unwrap();
    let source = std::fs::read_to_string(root().join("spec/source.yaml")).unwrap();
    Inputs {
        facts: read("spec/facts.yaml"),
        overlay: Some(read("spec/overlay.yaml")),
        source: Some(Source::from_yaml("spec/source.yaml", &source).unwrap()),
        strictness: Strictness::EachMustApply,
    }
}

/// Returns the layout of the checked-in files.
pub(crate) fn layout() -> Layout {
    let generated = |name: &str| Path::new("crates").join(name).join("src/generated");
    let (client, api) = ("signalwire-room-tokens", "signalwire-room-tokens-api");
    let (code, schemas) = (generated(api), generated("signalwire-room-tokens-mock"));
    Layout {
        document: "spec".into(),
        owned: vec![code.clone(), schemas.clone(), generated(client)],
        code,
        schemas: Some(schemas),
        ergonomic: Some(Ergonomic {
            directory: generated(client),
            operation: "POST /api/video/room_tokens".parse().unwrap(),
            name: client.to_owned(),
            api: api.to_owned(),
        }),
    }
}

/// Returns the checked-in inputs with one change to the facts. `from` must occur in the facts exactly once.
pub(crate) fn checked_in_but(from: &str, to: &str) -> Inputs {
    let text = std::fs::read_to_string(root().join("spec/facts.yaml")).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{from}");
    let facts = Document::parse("spec/facts.yaml", text.replace(from, to).as_bytes()).unwrap();
    Inputs {
        facts,
        ..checked_in()
    }
}

/// Generates code from a document, without an overlay.
pub(crate) fn generate_from(text: &str) -> Result<Files> {
    let facts = Document::parse("pets.yaml", text.as_bytes())?;
    let inputs = Inputs {
        facts,
        overlay: None,
        source: None,
        strictness: Strictness::WhereNeeded,
    };
    let layout = Layout {
        schemas: Some(PathBuf::new()),
        ..Layout::flat()
    };
    generate(&inputs, &layout)
}

/// Returns the content of a generated file.
pub(crate) fn content<'a>(files: &'a Files, name: &str) -> &'a str {
    let found = files.outputs.iter().find(|output| output.path.ends_with(name));
    &found
        .unwrap_or_else(|| panic!("no {name}: {:?}", files.outputs))
        .content
}

/// Returns a document with one operation, given the schema of its JSON request body and other component schemas.
pub(crate) fn with_body(body: &str, schemas: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{title: Pets, version: '1'}}
paths:
  /pets:
    post:
      operationId: add_pet
      requestBody: {{content: {{application/json: {{schema: {body}}}}}}}
      responses: {{'200': {{description: ''}}}}
components: {{schemas: {schemas}}}
"
    )
}

/// Returns a document with the given operation.
pub(crate) fn with_operation(operation: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: Pets, version: '1'}}\npaths: {{'/pets': {{get: {operation}}}}}\n")
}

pub(crate) fn value(yaml: &str) -> Value {
    Document::parse("test", yaml.as_bytes()).unwrap().value().clone()
}

/// Reads an overlay with the given list of actions.
pub(crate) fn read_overlay(actions: &str) -> Result<Overlay> {
    let overlay = format!("overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions: {actions}\n");
    Overlay::read(&Document::parse("overlay.yaml", overlay.as_bytes())?)
}

/// Applies the actions of an overlay to a document.
pub(crate) fn lay(actions: &str, document: &str) -> Result<Value> {
    let mut document = value(document);
    let overlay = read_overlay(&format!("[{actions}]"))?;
    let applied = overlay.apply(&mut document, Strictness::EachMustApply);
    applied.map(|()| document)
}

/// Returns the message of each error.
pub(crate) fn messages<T: std::fmt::Debug>(result: Result<T>) -> Vec<String> {
    result
        .unwrap_err()
        .as_slice()
        .iter()
        .map(ToString::to_string)
        .collect()
}
