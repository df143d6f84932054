//! Limits on the growth of a document and on the cost of searching for overlay targets.

use serde_json::Value;
use xtask_openapi::document::MAX_BYTES;
use xtask_openapi::yaml;

/// The maximum nesting depth of the result. Documents are parsed with the same limit.
const MAX_DEPTH: usize = 64;

/// The maximum length of a target, in bytes.
const MAX_TARGET_BYTES: usize = 1_000;

/// The maximum number of descendant segments (`..`) in a target. Each segment multiplies the work by the document's
/// depth.
const MAX_DESCENTS: usize = 2;

/// The maximum number of locations that all updates combined may modify. The largest known document has 253 operations
/// and 20,000 locations that need a description.
const MAX_PLACES: usize = 100_000;

/// The maximum bracket nesting depth in a target. The parsing time doubles with each level.
const MAX_NESTING: usize = 8;

/// Rejects targets that would take too long to parse or evaluate.
pub(super) fn check_target(target: &str) -> Result<(), String> {
    if target.len() > MAX_TARGET_BYTES {
        return Err(format!("is longer than {MAX_TARGET_BYTES} bytes"));
    }
    let path = without_texts(target);
    if path.matches("..").count() > MAX_DESCENTS {
        return Err(format!("`{target}` uses `..` more than {MAX_DESCENTS} times"));
    }
    // A `$` inside a filter would search the whole document for each candidate.
    if path.matches('$').count() > 1 {
        return Err(format!("`{target}` uses the root (`$`) more than once"));
    }
    if nesting(&path) > MAX_NESTING {
        return Err(format!("nests brackets more than {MAX_NESTING} levels deep"));
    }
    Ok(())
}

/// Returns the maximum bracket nesting depth.
fn nesting(path: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for c in path.chars() {
        match c {
            '[' | '(' => open += 1,
            ']' | ')' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}

/// Returns a JSONPath without its quoted strings.
fn without_texts(path: &str) -> String {
    let mut rest = path.chars();
    let mut kept = String::new();
    while let Some(c) = rest.next() {
        if c != '\'' && c != '"' {
            kept.push(c);
            continue;
        }
        while let Some(inside) = rest.next() {
            match inside {
                '\\' => drop(rest.next()),
                end if end == c => break,
                _ => {}
            }
        }
    }
    kept
}

/// The amount of data that an overlay has added to a document.
#[derive(Debug, Default)]
pub(super) struct Growth {
    places: usize,
    bytes: u64,
}

impl Growth {
    /// Returns `true` if a limit is exceeded.
    pub(super) fn is_exceeded(&self) -> bool {
        self.places > MAX_PLACES || self.bytes > MAX_BYTES
    }

    /// Records an update that will be merged into each of the given locations.
    pub(super) fn add(&mut self, places: &[String], update: &Value) -> Result<(), String> {
        let depth = places.iter().map(|place| place.matches('/').count()).max();
        if depth.unwrap_or(0) + yaml::depth(update) > MAX_DEPTH {
            return Err(format!(
                "would be nested more than {MAX_DEPTH} levels deep after the update"
            ));
        }
        let each = update.to_string().len() as u64;
        self.places = self.places.saturating_add(places.len());
        self.bytes = self
            .bytes
            .saturating_add(each.saturating_mul(places.len() as u64));
        if self.is_exceeded() {
            let megabytes = MAX_BYTES >> 20;
            return Err(format!(
                "makes the overlay add more than {megabytes} MiB or modify more than {MAX_PLACES} locations in total"
            ));
        }
        Ok(())
    }
}
