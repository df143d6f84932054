//! Tests for `room-token permissions`.

use serde_json::{Value, json};
use signalwire_room_tokens::{Permission, PermissionSet};

use crate::support::{RunOutput, room_token, run};

#[test]
fn json_lists_every_permission() {
    let ran = run(&["permissions", "--json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let rows: Vec<Value> = serde_json::from_value(ran.json()).unwrap();
    let names: Vec<&str> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
    let known: Vec<&str> = Permission::ALL.iter().map(Permission::as_str).collect();
    assert_eq!(names, known);
    let lock = rows.iter().find(|row| row["name"] == "room.lock").unwrap();
    let description = lock["description"].as_str().unwrap();
    let expected = json!({
        "name": "room.lock",
        "scope": "room",
        "description": description,
        "default": false,
        "participant": false,
        "moderator": PermissionSet::MODERATOR.contains(&"room.lock".parse().unwrap()),
    });
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
fn text_has_scopes_and_preset_columns() {
    let ran = run(&["permissions"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let mut lines = ran.stdout.lines();
    let (mut scope, mut count) = ("", 0);
    while let Some(line) = lines.next() {
        if let Some((name, rest)) = line.split_once(": ")
            && rest.ends_with("default  participant  moderator")
        {
            scope = name;
        }
        let cells: Vec<&str> = line.split_whitespace().collect();
        let Some(Ok(permission)) = cells.first().map(|name| name.parse::<Permission>()) else {
            continue;
        };
        count += 1;
        assert_eq!(permission.scope().as_str(), scope, "{line}");
        let mark = |set: PermissionSet| if set.contains(&permission) { "yes" } else { "-" };
        let expected = [
            mark(PermissionSet::DEFAULT),
            mark(PermissionSet::PARTICIPANT),
            mark(PermissionSet::MODERATOR),
        ];
        assert_eq!(cells[1..], expected, "{line}");
        let description = lines.next().unwrap().trim();
        assert!(
            permission.description().unwrap().starts_with(description),
            "{description}"
        );
    }
    assert_eq!(count, Permission::ALL.len());
}

#[test]
fn closed_pipe_is_not_a_failure() {
    // Close the pipe before the program starts.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ran = RunOutput::from(
        room_token(&["permissions", "--json"])
            .stdout(writer)
            .output()
            .unwrap(),
    );
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
}
