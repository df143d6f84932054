//! What `cargo xtask diff` says of a change, held against the code that is generated before and after it: the items that
//! appear, disappear and change, and how far the version of the generated crate has to rise.

#[cfg(unix)]
mod command;
mod surface;

use std::path::Path;

use serde_json::Value;
use xtask_openapi::Document;

use crate::support::{Workspace, assert_success, published};

use self::surface::{Bump, Surface};

const FACTS: &str = "spec/facts.yaml";

/// What is generated from a document, without an overlay.
fn generated(workspace: &Workspace, document: &str, folder: &str) -> Surface {
    assert_success(&workspace.xtask(["generate", "--spec", document, "--out", folder]));
    let read = |file: &str| workspace.read(&format!("{folder}/{file}"));
    Surface::of(&[read("client.rs"), read("facts.rs")])
}

fn diff(workspace: &Workspace, old: &str, new: &str) -> Value {
    let output = workspace.xtask(["diff", old, new, "--format", "json", "--fail-on", "never"]);
    assert_success(&output);
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Holds what the diff says of two documents of a workspace against what is generated from both.
#[track_caller]
fn assert_true(workspace: &Workspace, old: &str, new: &str, what: &str) {
    let report = diff(workspace, old, new);
    let before = generated(workspace, old, "before");
    let after = generated(workspace, new, "after");
    let changes = report["changes"].as_array().unwrap();
    let said = changes
        .iter()
        .map(|change| Bump::from_name(change["rust"]["signalwire-room-tokens-api"].as_str().unwrap()));
    // A type that is called after a schema is a note: to the API, the names of schemas are nothing.
    let notes = report["notes"].as_array().into_iter().flatten();
    let noted = notes
        .filter(|note| {
            note.as_str()
                .unwrap()
                .contains("a major one of the generated crate")
        })
        .map(|_| Bump::Major);
    let said = said.chain(noted);
    assert_eq!(
        said.max().unwrap_or(Bump::Patch),
        before.bump_to(&after),
        "{what}: {report:#}\n{:#?}",
        before.differences(&after)
    );
    for change in changes {
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

#[test]
fn the_label_is_what_becomes_of_the_generated_code() {
    let cases = [
        (
            "nothing",
            "type: boolean\n          default: false\n        join_as:",
            None,
        ),
        (
            "a new field",
            "        sync_audio_video:\n",
            Some("        waiting_room:\n          type: boolean\n        sync_audio_video:\n"),
        ),
        (
            "a field is gone",
            "        room_display_name:\n          type: string\n          maxLength: 200\n",
            Some(""),
        ),
        (
            "a field has another type",
            "        room_display_name:\n          type: string\n          maxLength: 200\n",
            Some("        room_display_name:\n          type: integer\n"),
        ),
        ("a limit is higher", "maxLength: 200\n", Some("maxLength: 300\n")),
        ("a limit is gone", "          maxLength: 200\n", Some("")),
        (
            "another default",
            "default: member\n",
            Some("default: audience\n"),
        ),
        ("a default is gone", "          default: member\n", Some("")),
        (
            "a new choice",
            "      - audience\n      - member\n",
            Some("      - audience\n      - host\n      - member\n"),
        ),
        ("a choice is gone", "      - room.stream\n", Some("")),
        ("a schema has another name", "JoinAsType", Some("JoinKind")),
        (
            "another operationId",
            "operationId: create_room_token\n",
            Some("operationId: mint_room_token\n"),
        ),
        (
            "a new field of the answer",
            "        token:\n          type: string\n",
            Some("        token:\n          type: string\n        expires_at:\n          type: string\n"),
        ),
        (
            "a field of the answer may be missing",
            "      - token\n      properties:\n        token:\n",
            Some("      - other\n      properties:\n        token:\n"),
        ),
    ];
    let workspace = Workspace::copy();
    let facts = workspace.read(FACTS);
    for (what, from, to) in cases {
        assert!(facts.contains(from), "{what}: {from}");
        workspace.write("new.yaml", &facts.replace(from, to.unwrap_or(from)));
        assert_true(&workspace, FACTS, "new.yaml", what);
        assert_true(&workspace, "new.yaml", FACTS, &format!("{what}, taken back"));
    }
}

#[test]
fn the_label_holds_between_the_published_versions() {
    let versions = [
        "2026-01-22-video.openapi-3.0.yaml",
        "2026-02-11-video.openapi-3.0.yaml",
        "2026-08-21-signalwire-rest.openapi-3.1.yaml",
    ];
    let Some(versions) = versions.into_iter().map(published).collect::<Option<Vec<_>>>() else {
        return;
    };
    let workspace = Workspace::copy();
    let import = |path: &Path, to: &str| {
        assert_success(&workspace.xtask(["import", "--from", path.to_str().unwrap(), "--output", to]));
        // What is compared below is what was published, not another version of it.
        assert!(Document::parse(to, workspace.read(to).as_bytes()).is_ok());
    };
    for old in &versions {
        for new in &versions {
            import(old, "old.yaml");
            import(new, "new.yaml");
            assert_true(
                &workspace,
                "old.yaml",
                "new.yaml",
                &format!("{} to {}", old.display(), new.display()),
            );
        }
    }
}
