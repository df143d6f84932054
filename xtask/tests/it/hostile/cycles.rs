//! References that lead back to where they came from.

use serde_json::{Value, json};

use super::{assert_refused, document, readers_of_documents, reference, run};
use crate::support::{Said as _, Workspace, assert_success};

fn schemas<const N: usize>(schemas: [Value; N]) -> Value {
    document(
        schemas
            .into_iter()
            .enumerate()
            .map(|(index, schema)| (format!("S{index}"), schema)),
    )
}

/// The commands that write must refuse the document; those that compare may find that both sides say the same nothing.
#[track_caller]
fn assert_is_no_basis(document: &Value) {
    let workspace = Workspace::copy();
    workspace.write("cycle.yaml", &document.to_string());
    for arguments in readers_of_documents("cycle.yaml") {
        if arguments.first() == Some(&"diff") {
            run(&workspace, &arguments);
        } else {
            assert_refused(&workspace, &arguments, "cycle.yaml");
        }
    }
    run(&workspace, &["diff", "cycle.yaml", "cycle.yaml"]);
}

#[test]
fn schemas_that_contain_themselves() {
    assert_is_no_basis(&schemas([reference(0)]));
    assert_is_no_basis(&schemas([reference(1), reference(0)]));
    for keyword in ["allOf", "oneOf", "anyOf"] {
        assert_is_no_basis(&schemas([
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
        assert_is_no_basis(&document);
    }
}

#[test]
fn places_that_refer_to_themselves() {
    let operation = "/paths/~1api~1video~1room_tokens/post";
    for place in ["/requestBody", "/responses/200"] {
        let mut document = schemas([json!({ "type": "object" })]);
        let place = format!("{operation}{place}");
        *document.pointer_mut(&place).unwrap() = json!({ "$ref": format!("#{place}") });
        assert_is_no_basis(&document);
    }
    let mut document = schemas([json!({ "type": "object" })]);
    document["paths"]["/api/video/room_tokens"] = json!({ "$ref": "#/paths/~1api~1video~1room_tokens" });
    assert_is_no_basis(&document);
}

#[test]
fn a_type_that_has_itself_as_a_part_is_fine() {
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
