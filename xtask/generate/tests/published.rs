//! Imports the operations of the published API and generates code for them, both individually and all together.
//!
//! Run with `cargo test --package xtask-generate --test published`. The test is skipped if the document is missing.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests panic on failure and print why they are skipped"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;

use xtask_generate::files::Files;
use xtask_generate::workaround::Strictness;
use xtask_generate::{Inputs, Layout, generate};
use xtask_openapi::operation::{Operation, list};
use xtask_openapi::{Document, import_operations};

/// The minimum number of operations for which code generation must succeed (currently all of them).
const GENERATED: usize = 253;

/// Returns the published document, if it exists.
fn document() -> Option<Document> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/upstream/2026-08-21-signalwire-rest.openapi-3.1.yaml");
    if !path.exists() {
        println!("skipped: {} does not exist", path.display());
        return None;
    }
    Some(Document::read(&path).unwrap())
}

#[test]
fn every_operation_of_the_published_document_can_be_generated() {
    let Some(document) = document() else { return };
    let operations = Mutex::new(list(&document).unwrap().into_iter());
    let (generated, refused) = (Mutex::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(operation) = next(&operations) {
                    match generate_operation(&document, &operation) {
                        Ok(()) => *generated.lock().unwrap() += 1,
                        Err(error) => refused.lock().unwrap().push(format!("{operation}: {error}")),
                    }
                }
            });
        }
    });
    let (generated, refused) = (generated.into_inner().unwrap(), refused.into_inner().unwrap());
    assert!(
        generated >= GENERATED,
        "{generated} of at least {GENERATED}:\n{}",
        refused.join("\n")
    );
}

fn next<'d>(operations: &Mutex<impl Iterator<Item = Operation<'d>>>) -> Option<Operation<'d>> {
    operations.lock().unwrap().next()
}

fn generate_operation(document: &Document, operation: &Operation<'_>) -> Result<(), String> {
    generate_operations(document, std::slice::from_ref(operation)).map(drop)
}

/// Imports operations, generates code for them and checks that it can be parsed.
fn generate_operations(document: &Document, operations: &[Operation<'_>]) -> Result<Files, String> {
    let facts = import_operations(document, operations).map_err(|error| error.to_string())?;
    let inputs = Inputs {
        facts: Document::parse("facts.yaml", facts.yaml.as_bytes()).map_err(|error| error.to_string())?,
        overlay: None,
        source: None,
        strictness: Strictness::WhereNeeded,
    };
    let files = generate(&inputs, &Layout::flat()).map_err(|error| error.to_string())?;
    for file in files
        .outputs
        .iter()
        .filter(|file| file.path.extension().is_some_and(|end| end == "rs"))
    {
        syn::parse_file(&file.content).map_err(|error| format!("{}: {error}", file.path.display()))?;
    }
    Ok(files)
}

/// The code is compiled by `.ci/whole-document`.
#[test]
fn the_whole_published_document_can_be_generated() {
    let Some(document) = document() else { return };
    let files = generate_operations(&document, &list(&document).unwrap()).unwrap();
    let client = files
        .outputs
        .iter()
        .find(|file| file.path.ends_with("client.rs"))
        .unwrap();
    let operations: BTreeSet<&str> = client
        .content
        .split("builder::")
        .filter_map(|code| code.split_once("::new(self)"))
        .map(|(name, _)| name)
        .filter(|name| name.chars().all(char::is_alphanumeric))
        .collect();
    assert_eq!(operations.len(), GENERATED);
    let renamed: Vec<String> = files.renamed_operations.iter().map(ToString::to_string).collect();
    assert_eq!(
        renamed,
        [
            "POST /api/pubsub/tokens: `create_token` is also used by POST /api/project/tokens; generated as \
          `create_token_2`"
        ]
    );
}
