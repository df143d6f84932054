//! Edits the facts and checks the reported changes.

use serde_json::{Value, json};
use xtask_diff::{Change, Report, Severity, Verdict};
use xtask_openapi::Document;

use crate::support::{diff, diff_documents, document, facts};

pub(crate) use xtask_diff::Severity::{Breaking, Cosmetic, Info, Warning};

/// The JSON pointer to the request schema in the facts.
pub(crate) const REQUEST: &str = "/components/schemas/CreateRoomTokenRequest";
/// The JSON pointer to the schema of a successful response.
pub(crate) const RESPONSE: &str = "/components/schemas/RoomTokenResponse";
/// The JSON pointer to the operation.
pub(crate) const OPERATION: &str = "/paths/~1api~1video~1room_tokens/post";

/// A document that tests edit step by step.
pub(crate) struct Edited(pub(crate) Value);

impl Edited {
    /// Returns the facts as OpenAPI 3.1, so that tests can add keywords of that version.
    pub(crate) fn facts() -> Self {
        Self(facts())
    }

    /// Sets an object member or array element.
    pub(crate) fn set(mut self, pointer: &str, value: Value) -> Self {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let name = name.replace("~1", "/").replace("~0", "~");
        match self
            .0
            .pointer_mut(parent)
            .unwrap_or_else(|| panic!("no {parent}"))
        {
            Value::Object(members) => drop(members.insert(name, value)),
            Value::Array(items) if name == "-" => items.push(value),
            Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
            other => panic!("{parent} is {other}"),
        }
        self
    }

    /// Removes an existing object member or array element.
    pub(crate) fn remove(mut self, pointer: &str) -> Self {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let name = name.replace("~1", "/").replace("~0", "~");
        let removed = match self.0.pointer_mut(parent).unwrap() {
            Value::Object(members) => members.shift_remove(&name),
            Value::Array(items) => Some(items.remove(name.parse().unwrap())),
            other => panic!("{parent} is {other}"),
        };
        assert!(removed.is_some(), "{pointer} does not exist");
        self
    }
}

/// The id, severity and location of an expected change.
pub(super) type Expected<'a> = (&'a str, Severity, &'a str);

/// Asserts that the comparison reports exactly the changes in `there`, and the reverse comparison exactly those in
/// `back`.
#[track_caller]
pub(super) fn check(old: &Edited, new: &Edited, there: &[Expected<'_>], back: &[Expected<'_>]) {
    let (old, new) = (document("old", &old.0), document("new", &new.0));
    check_one_way(&old, &new, there);
    check_one_way(&new, &old, back);
}

/// Asserts that exactly one change is reported for an edit, and exactly one at the same location for reverting it.
#[track_caller]
pub(super) fn check_edit(
    edit: impl FnOnce(Edited) -> Edited,
    location: &str,
    there: (&str, Severity),
    back: (&str, Severity),
) {
    let (old, new) = (Edited::facts(), edit(Edited::facts()));
    check(
        &old,
        &new,
        &[(there.0, there.1, location)],
        &[(back.0, back.1, location)],
    );
}

#[track_caller]
fn check_one_way(old: &Document, new: &Document, expected: &[Expected<'_>]) {
    let report = diff_documents(old, new, &[]);
    let found: Vec<Expected<'_>> = report
        .changes
        .iter()
        .map(|change| (change.id.as_str(), change.severity, change.location.as_str()))
        .collect();
    let mut expected = expected.to_vec();
    expected.sort_by_key(|(_, severity, _)| std::cmp::Reverse(*severity));
    assert_eq!(found, expected, "{:#?}", report.changes);
    check_report(&report);
}

/// Asserts that a report is consistent.
#[track_caller]
fn check_report(report: &Report) {
    let count = |severity| {
        report
            .changes
            .iter()
            .filter(|change| change.severity == severity)
            .count()
    };
    assert_eq!(report.counts.breaking, count(Breaking));
    assert_eq!(report.counts.warning, count(Warning));
    assert_eq!(report.counts.info, count(Info));
    assert_eq!(report.counts.cosmetic, count(Cosmetic));
    assert_eq!(report.verdict == Verdict::Breaking, report.counts.breaking > 0);
    assert_eq!(report.verdict == Verdict::Identical, report.changes.is_empty());
    for Change {
        message, old, new, ..
    } in &report.changes
    {
        assert!(message.starts_with('`') && !message.ends_with('.'), "{message}");
        // Values that can't be summarized are omitted from the report.
        assert!(old != new || old.is_null(), "{message}");
    }
}

/// The suffix of an id, its severity in a request, and its severity in a response.
pub(super) type Meaning = (&'static str, Severity, Severity);

/// Asserts that replacing `old` with `new` and the reverse each cause exactly one change, both in a request and in a
/// response.
#[track_caller]
pub(super) fn both_ways(old: Value, new: Value, there: Meaning, back: Meaning) {
    both_ways_at("", old, new, there, back);
}

/// Like `both_ways`, but for a change at a location inside the property.
#[track_caller]
pub(super) fn both_ways_at(step: &str, old: Value, new: Value, there: Meaning, back: Meaning) {
    let probe = |schema: &str, value: &Value| {
        Edited::facts().set(&format!("{schema}/properties/probe"), value.clone())
    };
    let location = format!("request.body.probe{step}");
    let expected = |(id, severity, _): Meaning| (format!("request-property-{id}"), severity);
    check_pair(
        &probe(REQUEST, &old),
        &probe(REQUEST, &new),
        expected(there),
        expected(back),
        &location,
    );
    let location = format!("response.200.body.probe{step}");
    let expected = |(id, _, severity): Meaning| (format!("response-property-{id}"), severity);
    check_pair(
        &probe(RESPONSE, &old),
        &probe(RESPONSE, &new),
        expected(there),
        expected(back),
        &location,
    );
}

#[track_caller]
pub(super) fn check_pair(
    old: &Edited,
    new: &Edited,
    there: (String, Severity),
    back: (String, Severity),
    location: &str,
) {
    check(
        old,
        new,
        &[(&there.0, there.1, location)],
        &[(&back.0, back.1, location)],
    );
}

/// Returns a string schema with an additional keyword.
pub(super) fn text(keyword: &str, value: Value) -> Value {
    json!({ "type": "string", keyword: value })
}

pub(super) fn object(keyword: &str, value: Value) -> Value {
    json!({ "type": "object", keyword: value })
}

/// Returns the ids of the changes between two schemas, used first as a request property and then as a response
/// property.
pub(super) fn ids(old: &Value, new: &Value) -> [Vec<String>; 2] {
    [REQUEST, RESPONSE].map(|schema| {
        let [old, new] = [old, new].map(|value| {
            Edited::facts()
                .set(&format!("{schema}/properties/probe"), value.clone())
                .0
        });
        diff(&old, &new)
            .changes
            .into_iter()
            .map(|change| change.id)
            .collect()
    })
}

#[test]
fn the_facts_are_identical_to_themselves() {
    let report = diff(&facts(), &facts());
    assert_eq!(report.verdict, Verdict::Identical);
    assert!(report.changes.is_empty() && report.notes.is_empty());
}
