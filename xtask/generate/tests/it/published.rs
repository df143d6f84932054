//! Any operation of the published document: import, then code.

use xtask_openapi::operation::{Selector, list};
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
    let mut refused = Vec::new();
    let mut generated = 0; let mut t=(std::time::Duration::ZERO,std::time::Duration::ZERO);
    for operation in list(&document).unwrap() {
        let selector = Selector::MethodPath(operation.method.clone(), operation.path.clone());
        let n=std::time::Instant::now(); let facts = import(&document, &[selector]).map_err(|error| error.to_string());
        t.0+=n.elapsed(); let n=std::time::Instant::now();
        let files = facts.and_then(|facts| generate_from(&facts.yaml).map_err(|error| error.to_string()));
        t.1+=n.elapsed();
        match files {
            Ok(files) => {
                syn::parse_file(content(&files, "client.rs")).unwrap();
                syn::parse_file(content(&files, "facts.rs")).unwrap();
                generated += 1;
            }
            Err(error) => refused.push(format!("{operation}: {error}")),
        }
    }
    println!("{t:?}");
    assert!(generated >= GENERATED, "{generated} of at least {GENERATED}:\n{}", refused.join("\n"));
}
