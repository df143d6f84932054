//! Any operation of the published document: import, then code.

use std::sync::Mutex;

use xtask_openapi::operation::{Operation, Selector, list};
use xtask_openapi::{Document, import};

use crate::support::{content, generate_from, root};

/// How many of its operations can be generated: all. The number may only rise.
const GENERATED: usize = 253;

#[test]
fn every_operation_of_the_published_document_can_be_generated() {
    let path = root().join("../shared/upstream/2026-08-21-signalwire-rest.openapi-3.1.yaml");
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
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
    let files = generate_from(&facts.yaml).map_err(|error| error.to_string())?;
    for name in ["client.rs", "facts.rs"] {
        syn::parse_file(content(&files, name)).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(())
}
