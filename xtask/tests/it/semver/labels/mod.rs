//! What `cargo xtask diff` says of a change, held against the code that is generated before and after it: the items that
//! appear, disappear and change, and how far the version of the generated crate has to rise.

mod bodies;
mod fields;
mod published;

use serde_json::{Map, Value};
use xtask_openapi::Document;

use crate::support::{Workspace, assert_success};

use super::surface::{Bump, Surface};

/// One edit of a document: the pointer to a member or element (`-` stands for the end of a list), and its value, or none
/// to take it away.
type Edit = (String, Option<Value>);

/// What a change is, and the edits that make it.
type Case = (&'static str, Vec<Edit>);

/// A place in the operation.
fn operation(pointer: &str) -> String {
    format!("/paths/~1api~1video~1room_tokens/post/{pointer}")
}

/// A place in the request's schema.
fn request(pointer: &str) -> String {
    schema(&format!("CreateRoomTokenRequest/{pointer}"))
}

/// A place in the schema of a successful response.
fn response(pointer: &str) -> String {
    schema(&format!("RoomTokenResponse/{pointer}"))
}

/// A place in the reusable schemas.
fn schema(pointer: &str) -> String {
    format!("/components/schemas/{pointer}")
}

fn set(pointer: impl Into<String>, value: Value) -> Edit {
    (pointer.into(), Some(value))
}

fn remove(pointer: impl Into<String>) -> Edit {
    (pointer.into(), None)
}

/// A document in a workspace, and what is generated from it without an overlay.
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

    /// Holds what the diff says of this document and a newer one against what is generated from both.
    #[track_caller]
    fn assert_true_until(&self, new: &Side<'_>, what: &str) {
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
                // What it belongs to may have another name too.
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

/// How far the generated crate has to rise, as a report has it.
fn bump(report: &Value) -> Bump {
    let changes = report["changes"].as_array().unwrap().iter();
    let said =
        changes.map(|change| Bump::from_name(change["rust"]["signalwire-room-tokens-api"].as_str().unwrap()));
    // A type that is called after a schema is a note: to the API, the names of schemas are nothing.
    let notes = report["notes"].as_array().into_iter().flatten();
    let noted = notes
        .filter(|note| {
            note.as_str()
                .unwrap()
                .contains("a major one of the generated crate")
        })
        .map(|_| Bump::Major);
    said.chain(noted).max().unwrap_or(Bump::Patch)
}

/// Makes each change to the checked-in facts, as if they were imported with it, and holds the labels of the way there
/// and of the way back against the generated code.
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
        old.assert_true_until(&new, what);
        new.assert_true_until(&old, &format!("{what}, taken back"));
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
