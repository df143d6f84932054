//! Compares the labels that `cargo xtask diff` reports with the generated code before and after a change: the added,
//! removed and changed items, and the required version bump of the generated crate.

mod bodies;
mod fields;
mod published;

use serde_json::{Map, Value};
use xtask_openapi::Document;

use crate::support::{Workspace, assert_success};

use super::surface::{Bump, Surface};

/// An edit of a document: the pointer to a member or element (`-` appends to an array), and the new value or `None` to
/// remove it.
type Edit = (String, Option<Value>);

/// The description of a change and its edits.
type Case = (&'static str, Vec<Edit>);

/// Returns a pointer in the operation.
fn operation(pointer: &str) -> String {
    format!("/paths/~1api~1video~1room_tokens/post/{pointer}")
}

/// Returns a pointer in the request schema.
fn request(pointer: &str) -> String {
    schema(&format!("CreateRoomTokenRequest/{pointer}"))
}

/// Returns a pointer in the schema of a successful response.
fn response(pointer: &str) -> String {
    schema(&format!("RoomTokenResponse/{pointer}"))
}

/// Returns a pointer in the component schemas.
fn schema(pointer: &str) -> String {
    format!("/components/schemas/{pointer}")
}

fn set(pointer: impl Into<String>, value: Value) -> Edit {
    (pointer.into(), Some(value))
}

fn remove(pointer: impl Into<String>) -> Edit {
    (pointer.into(), None)
}

/// A document in a workspace and the code generated from it without an overlay.
struct Side<'a> {
    workspace: &'a Workspace,
    file: &'a str,
    surface: Surface,
}

impl<'a> Side<'a> {
    fn of(workspace: &'a Workspace, file: &'a str) -> Self {
        assert_success(&workspace.xtask(["generate", "--spec", file, "--out", "generated"]));
        let read = |file: &str| workspace.read(&format!("generated/{file}"));
        let surface = Surface::of(&[read("client.rs"), read("constants.rs")]);
        Self {
            workspace,
            file,
            surface,
        }
    }

    /// Checks the labels of the diff to a newer document against the generated code of both.
    #[track_caller]
    fn assert_labels_hold(&self, new: &Side<'_>, what: &str) {
        let report = self.diff(new);
        let (before, after) = (&self.surface, &new.surface);
        assert_eq!(
            bump(&report),
            before.bump_to(after),
            "{what}: {report:#}\n{:#?}",
            before.differences(after)
        );
        for change in report["changes"].as_array().unwrap() {
            let rust = &change["rust"];
            let Some(item) = rust["item"].as_str() else {
                continue;
            };
            let (was, is) = (before.get(item), after.get(item));
            let holds = match rust["effect"].as_str().unwrap() {
                "appears" => was.is_none() && is.is_some(),
                "disappears" => was.is_some() && is.is_none(),
                // The owner of the item may have been renamed too.
                "changes-type" => was.is_some() && was != is,
                "changes-value" => was.is_some() && is.is_some() && was != is,
                _ => true,
            };
            assert!(holds, "{what}: {change:#}\nwas {was:?}, is {is:?}");
        }
    }

    fn diff(&self, new: &Side<'_>) -> Value {
        let arguments = [
            "diff",
            self.file,
            new.file,
            "--format",
            "json",
            "--fail-on",
            "never",
        ];
        let output = self.workspace.xtask(arguments);
        assert_success(&output);
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

/// Returns the version bump of the generated crate in a report.
fn bump(report: &Value) -> Bump {
    let changes = report["changes"].as_array().unwrap().iter();
    let said =
        changes.map(|change| Bump::from_name(change["rust"]["signalwire-room-tokens-api"].as_str().unwrap()));
    // A schema rename is only a note, because schema names are not part of the API.
    let notes = report["notes"].as_array().into_iter().flatten();
    let noted = notes
        .filter(|note| note.as_str().unwrap().contains("the generated Rust API changes"))
        .map(|_| Bump::Major);
    said.chain(noted).max().unwrap_or(Bump::Patch)
}

/// Applies each change to the checked-in facts and checks the labels of the change, and of its reversal, against the
/// generated code.
#[track_caller]
fn check(cases: &[Case]) {
    let workspace = Workspace::copy();
    let facts = Document::parse("facts", workspace.read("spec/facts.yaml").as_bytes()).unwrap();
    let old = Side::of(&workspace, "spec/facts.yaml");
    for (what, edits) in cases {
        let mut edited = facts.value().clone();
        for edit in edits {
            apply(&mut edited, edit);
        }
        workspace.write("edited.json", &edited.to_string());
        assert_success(&workspace.xtask(["import", "--from", "edited.json", "--output", "new.yaml"]));
        let new = Side::of(&workspace, "new.yaml");
        old.assert_labels_hold(&new, what);
        new.assert_labels_hold(&old, &format!("{what}, taken back"));
    }
}

fn apply(document: &mut Value, (pointer, value): &Edit) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let name = name.replace("~1", "/");
    let parent = document
        .pointer_mut(parent)
        .unwrap_or_else(|| panic!("there is no {parent}"));
    match (parent, value) {
        (Value::Array(items), Some(value)) if name == "-" => items.push(value.clone()),
        (Value::Array(items), None) => drop(items.remove(name.parse().unwrap())),
        (Value::Object(members), Some(value)) => drop(members.insert(name, value.clone())),
        (Value::Object(members), None) => take(members, &name),
        (parent, _) => panic!("{parent} has no {name}"),
    }
}

fn take(members: &mut Map<String, Value>, name: &str) {
    assert!(members.shift_remove(name).is_some(), "there is no {name}");
}
