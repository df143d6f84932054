//! `room-token permissions`.

use serde_json::{Value, json};
use signalwire_room_tokens::{Permission, PermissionSet};

use crate::support::{Ran, room_token, run};

#[test]
fn json_lists_every_permission_with_what_people_ask_of_it() {
    let ran = run(&["permissions", "--json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let rows: Vec<Value> = serde_json::from_value(ran.json()).unwrap();
    let names: Vec<&str> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
    let known: Vec<&str> = Permission::ALL.iter().map(Permission::as_str).collect();
    assert_eq!(names, known);
    let lock = rows.iter().find(|row| row["name"] == "room.lock").unwrap();
    let description = lock["description"].as_str().unwrap();
    let expected =
        json!({ "name": "room.lock", "scope": "room", "description": description, "default": false });
    assert_eq!(*lock, expected);
    for row in &rows {
        assert!(!row["description"].as_str().unwrap().is_empty(), "{row}");
    }
    let names = rows
        .iter()
        .filter(|row| row["default"] == true)
        .map(|row| row["name"].as_str().unwrap());
    let default: PermissionSet = names.map(|name| name.parse::<Permission>().unwrap()).collect();
    assert_eq!(default, PermissionSet::DEFAULT);
}

#[test]
fn text_groups_them_by_scope_and_marks_the_default_ones() {
    let ran = run(&["permissions"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let mut scope = "";
    let mut count = 0;
    for line in ran.stdout.lines() {
        if !line.starts_with([' ', '*'])
            && let Some((name, _)) = line.split_once(": ")
        {
            scope = name;
        }
        let name = line
            .get(2..)
            .and_then(|rest| rest.split_whitespace().next())
            .unwrap_or_default();
        if let Ok(permission) = name.parse::<Permission>() {
            count += 1;
            assert_eq!(permission.scope().as_str(), scope, "{line}");
            assert_eq!(line.starts_with('*'), permission.is_default(), "{line}");
            assert!(line.ends_with(permission.description().unwrap()), "{line}");
        }
    }
    assert_eq!(count, Permission::ALL.len());
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    // The reader has left before anything is written.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ran = Ran::from(
        room_token(&["permissions", "--json"])
            .stdout(writer)
            .output()
            .unwrap(),
    );
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
}
