//! Documents as they are published: everything in them imports.
//!
//! They are not part of this repository; where they are not found, these tests say so and pass.

use std::path::{Path, PathBuf};

use xtask_openapi::operation::{Selector, list};
use xtask_openapi::{Document, import};

/// The latest document, of the whole API.
const LATEST: &str = "2026-08-21-signalwire-rest.openapi-3.1.yaml";

/// How many of the 253 operations of the latest document import alone. May only rise.
const IMPORTED: usize = 253;

/// A folder of published documents beside the workspace, if it is there.
#[allow(clippy::print_stderr, reason = "a test that is skipped says so")]
fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared")
        .join(folder);
    let found = path.is_dir().then_some(path);
    if found.is_none() {
        eprintln!("skipped: ../shared/{folder} is not there");
    }
    found
}

/// The documents below a folder, in the order of their names.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(documents(&path));
        } else if path
            .extension()
            .is_some_and(|name| name == "yaml" || name == "json")
        {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Selectors of all operations, each by method and path.
fn selectors(document: &Document) -> Vec<Selector> {
    let operations = list(document).unwrap();
    operations
        .into_iter()
        .map(|operation| Selector::MethodPath(operation.method, operation.path))
        .collect()
}

/// What is wrong with what is imported, by an independent reader and by importing it again.
fn check_import(document: &Document, selector: &Selector) -> Result<(), String> {
    let imported = import(document, std::slice::from_ref(selector)).map_err(|error| error.to_string())?;
    let parsed: openapiv3::OpenAPI =
        serde_json::from_value(imported.facts.clone()).map_err(|error| format!("{selector}: {error}"))?;
    if parsed.operations().count() != 1 {
        return Err(format!("{selector}: not one operation"));
    }
    let facts = Document::parse("facts.yaml", imported.yaml.as_bytes()).map_err(|error| error.to_string())?;
    let [selector] = &selectors(&facts)[..] else {
        return Err(format!("{selector}: not one operation"));
    };
    let again = import(&facts, std::slice::from_ref(selector)).map_err(|error| error.to_string())?;
    match again.yaml == imported.yaml && again.lossy_conversions.is_empty() {
        true => Ok(()),
        false => Err(format!("{selector}: changes when it is imported again")),
    }
}

#[test]
fn every_operation_of_the_whole_api_imports_alone() {
    let Some(folder) = shared("upstream") else { return };
    let document = Document::read(&folder.join(LATEST)).unwrap();
    let selectors = selectors(&document);
    assert_eq!(selectors.len(), 253);
    let refused: Vec<String> = selectors
        .iter()
        .filter_map(|selector| check_import(&document, selector).err())
        .collect();
    assert!(
        selectors.len() - refused.len() >= IMPORTED,
        "{}",
        refused.join("\n")
    );
}

#[test]
fn the_room_token_operation_of_every_form_imports_by_itself() {
    let Some(folder) = shared("upstream") else { return };
    let published = documents(&folder);
    assert!(published.len() >= 3, "{published:?}");
    for path in published {
        let document = Document::read(&path).unwrap();
        let imported = import(&document, &[]).unwrap();
        let paths: Vec<&String> = imported.facts["paths"].as_object().unwrap().keys().collect();
        assert_eq!(paths, ["/api/video/room_tokens"], "{}", path.display());
        assert!(
            imported.lossy_conversions.is_empty(),
            "{:?}",
            imported.lossy_conversions
        );
    }
}

#[test]
fn the_checked_in_facts_are_what_the_latest_document_says() {
    let Some(folder) = shared("upstream") else { return };
    let document = Document::read(&folder.join(LATEST)).unwrap();
    let checked_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/facts.yaml");
    assert_eq!(
        import(&document, &[]).unwrap().yaml,
        std::fs::read_to_string(checked_in).unwrap()
    );
}

#[test]
fn every_operation_of_the_samples_of_changes_imports_or_says_where_it_does_not() {
    let Some(folder) = shared("diff-samples") else {
        return;
    };
    let documents = documents(&folder)
        .into_iter()
        .filter(|path| !path.ends_with("expect.json"));
    let mut refused = Vec::new();
    let mut count = 0;
    for path in documents {
        let document = Document::read(&path).unwrap();
        for selector in selectors(&document) {
            count += 1;
            refused.extend(check_import(&document, &selector).err());
        }
    }
    let samples_without_their_security_scheme = 2;
    assert!(count >= 200, "{count}");
    assert!(
        refused.len() <= samples_without_their_security_scheme,
        "{}",
        refused.join("\n")
    );
    assert!(
        refused.iter().all(|error| error.contains(": at /")),
        "{}",
        refused.join("\n")
    );
}
