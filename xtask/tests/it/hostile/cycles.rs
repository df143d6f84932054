//! Cyclic references.

use serde_json::{Value, json};

use super::commands::{assert_rejected, document, readers_of_documents, reference, run};
use crate::support::{OutputExt as _, Workspace, assert_success};

fn schemas<const N: usize>(schemas: [Value; N]) -> Value {
    document(
        schemas
            .into_iter()
            .enumerate()
            .map(|(index, schema)| (format!("S{index}"), schema)),
    )
}

/// Asserts that the commands that write files reject the document. `diff` may report that both sides are identical.
#[track_caller]
fn assert_cycle_is_rejected(document: &Value) {
    let workspace = Workspace::copy();
    workspace.write("cycle.yaml", &document.to_string());
    for arguments in readers_of_documents("cycle.yaml") {
        if arguments.first() == Some(&"diff") {
            run(&workspace, &arguments);
        } else {
            assert_rejected(&workspace, &arguments, "cycle.yaml");
        }
    }
    run(&workspace, &["diff", "cycle.yaml", "cycle.yaml"]);
}

#[test]
fn schemas_that_contain_themselves() {
    assert_cycle_is_rejected(&schemas([reference(0)]));
    assert_cycle_is_rejected(&schemas([reference(1), reference(0)]));
    for keyword in ["allOf", "oneOf", "anyOf"] {
        assert_cycle_is_rejected(&schemas([
            json!({ keyword: [reference(1)] }),
            json!({ keyword: [{ "type": "object" }, reference(0)] }),
        ]));
    }
}

#[test]
fn other_objects_that_contain_themselves() {
    for (section, place) in [
        ("responses", "/responses/200"),
        ("requestBodies", "/requestBody"),
        ("parameters", "/parameters/0"),
        ("headers", "/responses/200/headers/H"),
    ] {
        let mut document = schemas([json!({ "type": "object" })]);
        let operation = document
            .pointer_mut("/paths/~1api~1video~1room_tokens/post")
            .unwrap();
        operation["parameters"] = json!([{}]);
        operation["responses"]["200"]["headers"] = json!({ "H": {} });
        if section != "headers" {
            operation["responses"]["200"]
                .as_object_mut()
                .unwrap()
                .remove("headers");
        }
        if section != "parameters" {
            operation.as_object_mut().unwrap().remove("parameters");
        }
        let reference = |name: &str| json!({ "$ref": format!("#/components/{section}/{name}") });
        *operation.pointer_mut(place).unwrap() = reference("A");
        document["components"][section] = json!({ "A": reference("B"), "B": reference("A") });
        assert_cycle_is_rejected(&document);
    }
}

#[test]
fn cyclic_path_items() {
    let operation = "/paths/~1api~1video~1room_tokens/post";
    for place in ["/requestBody", "/responses/200"] {
        let mut document = schemas([json!({ "type": "object" })]);
        let place = format!("{operation}{place}");
        *document.pointer_mut(&place).unwrap() = json!({ "$ref": format!("#{place}") });
        assert_cycle_is_rejected(&document);
    }
    let mut document = schemas([json!({ "type": "object" })]);
    document["paths"]["/api/video/room_tokens"] = json!({ "$ref": "#/paths/~1api~1video~1room_tokens" });
    assert_cycle_is_rejected(&document);
}

#[test]
fn recursive_types_are_accepted() {
    let tree = json!({
        "type": "object",
        "properties": { "name": { "type": "string" }, "children": { "type": "array", "items": reference(0) } }
    });
    let workspace = Workspace::copy();
    workspace.write("tree.yaml", &schemas([tree]).to_string());
    for arguments in readers_of_documents("tree.yaml") {
        let output = run(&workspace, &arguments);
        assert_ne!(output.code(), 2, "{}", output.stderr());
    }
    assert_success(&run(
        &workspace,
        &["diff", "tree.yaml", "tree.yaml", "--fail-on", "info"],
    ));
}
