//! Imports of complete published documents.
//!
//! The documents are not part of this repository. If they are missing, these tests print a message and pass.

use std::path::{Path, PathBuf};

use xtask_openapi::document::Version;
use xtask_openapi::lower::lower;
use xtask_openapi::operation::{Selector, list};
use xtask_openapi::{Document, import};

use crate::official;
use crate::support::lowered;

/// The latest document, which describes the entire API.
const LATEST: &str = "2026-08-21-signalwire-rest.openapi-3.1.yaml";

/// The minimum number of operations in the latest document, out of 253, that can be imported individually. It must
/// never decrease.
const IMPORTED: usize = 253;

/// Returns a directory of published documents next to the workspace, if it exists.
#[allow(clippy::print_stderr, reason = "skipped tests print a message")]
fn shared(directory: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared")
        .join(directory);
    let found = path.is_dir().then_some(path);
    if found.is_none() {
        eprintln!("skipped: ../shared/{directory} does not exist");
    }
    found
}

/// Returns the documents in a directory, sorted by name.
fn documents(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
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

/// Returns a selector for the room-token operation.
fn room_tokens() -> Selector {
    "POST /api/video/room_tokens".parse().unwrap()
}

/// Returns a method-and-path selector for each operation.
fn selectors(document: &Document) -> Vec<Selector> {
    let operations = list(document).unwrap();
    operations
        .into_iter()
        .map(|operation| Selector::MethodPath(operation.method.to_owned(), operation.path().to_owned()))
        .collect()
}

/// Checks an import by validating the facts with the official JSON Schema, importing them again, and parsing their
/// conversion to OpenAPI 3.0 with an independent parser. Returns the problems found.
fn check_import(document: &Document, selector: &Selector) -> Result<(), String> {
    let imported = import(document, std::slice::from_ref(selector)).map_err(|error| error.to_string())?;
    let facts = Document::parse("facts.yaml", imported.yaml.as_bytes()).map_err(|error| error.to_string())?;
    if facts.version() == Ok(Version::V3_1) {
        let faults = official::faults(facts.value());
        if !faults.is_empty() {
            return Err(format!("{selector}: {faults:?}"));
        }
    }
    let lowered = lower(&facts).map_err(|error| error.to_string())?;
    let parsed: openapiv3::OpenAPI =
        serde_json::from_value(lowered.value).map_err(|error| format!("{selector}: {error}"))?;
    if parsed.operations().count() != 1 {
        return Err(format!("{selector}: expected exactly one operation"));
    }
    let [selector] = &selectors(&facts)[..] else {
        return Err(format!("{selector}: expected exactly one operation"));
    };
    let again = import(&facts, std::slice::from_ref(selector)).map_err(|error| error.to_string())?;
    match again.yaml == imported.yaml {
        true => Ok(()),
        false => Err(format!("{selector}: changes when imported again")),
    }
}

#[test]
fn every_operation_of_the_whole_api_imports_alone() {
    let Some(directory) = shared("upstream") else {
        return;
    };
    let document = Document::read(&directory.join(LATEST)).unwrap();
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
    let Some(directory) = shared("upstream") else {
        return;
    };
    let published = documents(&directory);
    assert!(published.len() >= 3, "{published:?}");
    for path in published {
        let document = Document::read(&path).unwrap();
        let imported = import(&document, &[room_tokens()]).unwrap();
        let paths: Vec<&String> = imported.facts["paths"].as_object().unwrap().keys().collect();
        assert_eq!(paths, ["/api/video/room_tokens"], "{}", path.display());
        let lossy_conversions = lowered(&imported).lossy_conversions;
        assert!(lossy_conversions.is_empty(), "{lossy_conversions:?}");
    }
}

#[test]
fn the_checked_in_facts_match_the_latest_document() {
    let Some(directory) = shared("upstream") else {
        return;
    };
    let document = Document::read(&directory.join(LATEST)).unwrap();
    let checked_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/facts.yaml");
    assert_eq!(
        import(&document, &[room_tokens()]).unwrap().yaml,
        std::fs::read_to_string(checked_in).unwrap()
    );
}

#[test]
fn every_sample_operation_imports_or_fails_with_a_location() {
    let Some(directory) = shared("diff-samples") else {
        return;
    };
    let documents = documents(&directory)
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
