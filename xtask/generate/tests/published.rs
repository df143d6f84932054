//! Imports each operation of the published API and generates code for it, one operation at a time.
//!
//! Run with `cargo test --package xtask-generate --test published`. The test is skipped if the document is missing.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests panic on failure and print why they are skipped"
)]

use std::path::Path;
use std::sync::Mutex;

use xtask_generate::workaround::Strictness;
use xtask_generate::{Inputs, Layout, generate};
use xtask_openapi::operation::{Operation, Selector, list};
use xtask_openapi::{Document, import};

/// The minimum number of operations for which code generation must succeed, which is all of them.
const GENERATED: usize = 253;

#[test]
fn every_operation_of_the_published_document_can_be_generated() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/upstream/2026-08-21-signalwire-rest.openapi-3.1.yaml");
    if !path.exists() {
        println!("skipped: {} does not exist", path.display());
        return;
    }
    let document = Document::read(&path).unwrap();
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

fn next(operations: &Mutex<impl Iterator<Item = Operation>>) -> Option<Operation> {
    operations.lock().unwrap().next()
}

fn generate_operation(document: &Document, operation: &Operation) -> Result<(), String> {
    let selector = Selector::MethodPath(operation.method.clone(), operation.path.clone());
    let facts = import(document, &[selector]).map_err(|error| error.to_string())?;
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
    Ok(())
}
