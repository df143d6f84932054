//! What keeps an overlay from growing a document, or the search for a target, beyond all measure.

use serde_json::Value;
use xtask_openapi::document::MAX_BYTES;

/// How many lists and mappings may be inside of each other in the end: no document can be read that has more.
const MAX_DEPTH: usize = 64;

/// How long a target may be, in bytes.
const MAX_TARGET_BYTES: usize = 1_000;

/// How often a target may look at all descendants. Each time multiplies the work by the depth of the document.
const MAX_DESCENTS: usize = 2;

/// To how many places all updates together may add something. The 253 operations of the largest known document have
/// 20,000 places that want words.
const MAX_PLACES: usize = 100_000;

/// How many brackets of a target may be inside of each other; reading a path takes twice as long with each.
const MAX_NESTING: usize = 8;

/// Refuses targets that take forever to read or to search for.
pub(super) fn check_target(target: &str) -> Result<(), String> {
    if target.len() > MAX_TARGET_BYTES {
        return Err(format!("must not be longer than {MAX_TARGET_BYTES} bytes"));
    }
    let path = without_texts(target);
    if path.matches("..").count() > MAX_DESCENTS {
        return Err(format!(
            "`{target}` looks at all descendants (`..`) more than {MAX_DESCENTS} times"
        ));
    }
    // Within a filter, the whole document would be searched for each candidate.
    if path.matches('$').count() > 1 {
        return Err(format!("`{target}` begins at the root (`$`) more than once"));
    }
    if nesting(&path) > MAX_NESTING {
        return Err(format!("the target nests brackets deeper than {MAX_NESTING}"));
    }
    Ok(())
}

/// How many brackets are inside of each other at most.
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

/// A JSONPath without what stands in quotes.
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

/// What the actions of an overlay have added to a document.
#[derive(Debug, Default)]
pub(super) struct Growth {
    places: usize,
    bytes: u64,
}

impl Growth {
    /// Whether it is too much.
    pub(super) fn is_exceeded(&self) -> bool {
        self.places > MAX_PLACES || self.bytes > MAX_BYTES
    }

    /// Notes that an update is merged into each of these places.
    pub(super) fn add(&mut self, places: &[String], update: &Value) -> Result<(), String> {
        let depth = places.iter().map(|place| place.matches('/').count()).max();
        if depth.unwrap_or(0) + depth_of(update) > MAX_DEPTH {
            return Err(format!("nests deeper than {MAX_DEPTH}"));
        }
        let each = update.to_string().len() as u64;
        self.places = self.places.saturating_add(places.len());
        self.bytes = self
            .bytes
            .saturating_add(each.saturating_mul(places.len() as u64));
        if self.is_exceeded() {
            let megabytes = MAX_BYTES >> 20;
            return Err(format!(
                "adds too much: in all, no more than {megabytes} MiB in {MAX_PLACES} places"
            ));
        }
        Ok(())
    }
}

/// How many lists and mappings are inside of each other.
fn depth_of(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth_of).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(depth_of).max().unwrap_or(0),
        _ => 0,
    }
}
