//! The code generated from the checked-in document is up to date, and every workaround is needed.

use std::collections::BTreeSet;

use xtask_generate::files::State;
use xtask_generate::generate;
use xtask_generate::workaround::{code, document};

use crate::support::{checked_in, checked_in_but, layout, messages, root};

#[test]
fn the_checked_in_code_is_up_to_date() {
    let files = generate(&checked_in(), &layout()).unwrap();
    let stale = files.check(root()).unwrap();
    assert!(stale.is_empty(), "run `cargo xtask generate`: {stale:#?}");
}

#[test]
fn the_same_is_generated_each_time() {
    let generate = || generate(&checked_in(), &layout()).unwrap();
    assert_eq!(generate(), generate());
}

#[test]
fn lossy_conversions_are_reported() {
    let files = generate(&checked_in(), &layout()).unwrap();
    assert_eq!(files.lossy_conversions, []);

    let inputs = checked_in_but("    JoinAsType:\n", "    JoinAsType:\n      if: {}\n");
    let files = generate(&inputs, &layout()).unwrap();
    let messages: Vec<String> = files.lossy_conversions.iter().map(ToString::to_string).collect();
    let expected = "at /components/schemas/JoinAsType/if: `if` dropped with its `then` and `else`: conditions are not checked";
    assert_eq!(messages, [expected]);
}

#[test]
fn a_changed_limit_changes_document_constants_and_schema() {
    let inputs = checked_in_but("maxLength: 200\n", "maxLength: 201\n");
    let stale = generate(&inputs, &layout()).unwrap().check(root()).unwrap();
    for name in ["openapi.yaml", "constants.rs", "create_room_token.schema.json"] {
        let found = stale
            .iter()
            .find(|stale| stale.path.ends_with(name))
            .unwrap_or_else(|| panic!("{name}"));
        let State::Differs(diff) = &found.state else {
            panic!("{found:?}")
        };
        assert!(
            diff.lines()
                .any(|line| line.starts_with('-') && line.contains("200")),
            "{diff}"
        );
        assert!(
            diff.lines()
                .any(|line| line.starts_with('+') && line.contains("201")),
            "{diff}"
        );
    }
}

#[test]
fn corrections_made_upstream_are_reported() {
    let cases = [
        (
            "      - room.stream\n",
            "      - room.stream\n      - room.stream.start\n",
            "is already present",
        ),
        ("\"{Your_Space_Name}\"", "your-space", "already has this value"),
        (
            "            $ref: \"#/components/schemas/RoomTokenPermission\"\n          default",
            "            type: string\n          default",
            "matches nothing",
        ),
    ];
    for (from, to, expected) in cases {
        let errors = messages(generate(&checked_in_but(from, to), &layout()));
        let found = errors
            .iter()
            .any(|error| error.starts_with("spec/overlay.yaml: ") && error.contains(expected));
        assert!(found, "{to}: {errors:?}");
    }
}

#[test]
fn removed_limits_and_changed_statuses_need_no_handwritten_code() {
    let limits = "          maximum: 200000\n          exclusiveMinimum: 0\n";
    generate(&checked_in_but(limits, ""), &layout()).unwrap();
    let mut inputs = checked_in_but("        \"200\":\n", "        \"2XX\":\n");
    let overlay = std::fs::read_to_string(root().join("spec/overlay.yaml")).unwrap();
    let overlay = overlay.replace("responses['200']", "responses['2XX']");
    inputs.overlay = Some(xtask_openapi::Document::parse("spec/overlay.yaml", overlay.as_bytes()).unwrap());
    generate(&inputs, &layout()).unwrap();
}

#[test]
fn every_workaround_has_a_unique_name_and_a_reason() {
    let of_document = document::ALL
        .iter()
        .map(|workaround| (workaround.id, workaround.reason));
    let of_code = code::ALL
        .iter()
        .map(|workaround| (workaround.id, workaround.reason));
    let all: Vec<_> = of_document.chain(of_code).collect();
    let names: BTreeSet<&str> = all.iter().map(|(id, _)| *id).collect();
    assert_eq!(names.len(), all.len());
    assert!(
        all.iter()
            .all(|(_, reason)| reason.len() > 40 && !reason.contains("  ")),
        "{all:#?}"
    );
}
