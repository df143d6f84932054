//! Small documents with exponentially many reference paths, and documents with a very large number of similar items.

use serde_json::{Map, Value, json};

use super::commands::{document, reference, run};
use crate::support::{OutputExt as _, Workspace, assert_success};

/// Returns a workspace with two documents, which should differ slightly.
fn with(old: &Value, new: &Value) -> Workspace {
    let workspace = Workspace::copy();
    workspace.write("old.json", &old.to_string());
    workspace.write("new.json", &new.to_string());
    workspace
}

/// Asserts that each document is identical to itself but different from the other.
#[track_caller]
fn assert_distinguished(workspace: &Workspace) {
    for [old, new] in [["old.json", "new.json"], ["new.json", "old.json"]] {
        let diff = |new| run(workspace, &["diff", old, new, "--fail-on", "info"]);
        let same = diff(old);
        assert_success(&same);
        assert_eq!(same.stdout(), "identical\n");
        let other = diff(new);
        assert_eq!(other.code(), 1, "{}", other.stderr());
    }
}

#[track_caller]
fn assert_imports(workspace: &Workspace) {
    assert_success(&run(
        workspace,
        &["import", "--from", "old.json", "--output", "out.yaml"],
    ));
}

#[track_caller]
fn assert_generates(workspace: &Workspace) {
    assert_success(&run(
        workspace,
        &["generate", "--spec", "old.json", "--out", "out"],
    ));
}

/// Returns a document with 40 levels, each of which refers to the next one twice, so that 2^40 paths lead to the last
/// one.
fn doubling(level: impl Fn(Value) -> Value, last: Value) -> Value {
    let levels = (0..40).map(|index| (format!("S{index}"), level(reference(index + 1))));
    document(levels.chain([("S40".to_owned(), last)]))
}

#[test]
fn schemas_that_double_at_each_level() {
    let object = |r#type: &str| json!({ "type": "object", "properties": { "a": { "type": r#type } } });
    let levels: [fn(Value) -> Value; 4] = [
        |next| json!({ "type": "object", "properties": { "a": next, "b": next } }),
        |next| json!({ "allOf": [next, next] }),
        |next| json!({ "oneOf": [next, next] }),
        |next| json!({ "anyOf": [next, next] }),
    ];
    for level in levels {
        let workspace = with(
            &doubling(level, object("string")),
            &doubling(level, object("integer")),
        );
        assert_distinguished(&workspace);
        assert_imports(&workspace);
        assert_generates(&workspace);
    }
}

/// Ten references per level, so that there are too many paths even to the schemas that are only a few levels away.
#[test]
fn wide_compositions() {
    let level = |keyword: &'static str| move |next: Value| json!({ keyword: vec![next; 10], "description": "A composition." });
    let object = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    let mut document = doubling(level("allOf"), object.clone());
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    for index in 0..12 {
        let next = json!({ "$ref": format!("#/components/schemas/T{}", index + 1) });
        schemas.insert(format!("T{index}"), level("anyOf")(next));
    }
    schemas.insert("T12".to_owned(), object);
    document["paths"]["/api/video/room_tokens"]["post"]["parameters"] = json!([
        { "name": "filter", "in": "query", "schema": { "$ref": "#/components/schemas/T0" } },
    ]);
    let workspace = with(&document, &document);
    assert_imports(&workspace);
    assert_generates(&workspace);
}

/// Returns a document with ten schemas that all refer to each other and to themselves.
fn mesh(schema: impl Fn(usize) -> Value) -> Value {
    document((0..10).map(|index| (format!("S{index}"), schema(index))))
}

fn all_properties() -> Map<String, Value> {
    (0..10)
        .map(|index| (format!("p{index}"), reference(index)))
        .collect()
}

#[test]
fn schemas_that_all_refer_to_each_other() {
    let old = mesh(|_| json!({ "type": "object", "properties": all_properties() }));
    let mut new = old.clone();
    new["components"]["schemas"]["S9"]["required"] = json!(["p9"]);
    let workspace = with(&old, &new);
    assert_distinguished(&workspace);
    assert_imports(&workspace);
}

#[test]
fn schemas_that_all_contain_each_other() {
    let others =
        |index: usize| -> Vec<Value> { (0..10).filter(|other| *other != index).map(reference).collect() };
    let old = mesh(|index| json!({ "allOf": others(index) }));
    let mut new = old.clone();
    new["components"]["schemas"]["S9"]["maxProperties"] = json!(3);
    let workspace = with(&old, &new);
    assert_distinguished(&workspace);
    let import = run(
        &workspace,
        &["import", "--from", "old.json", "--output", "out.yaml"],
    );
    assert_eq!(import.code(), 2);
}

#[test]
#[ignore = "slow; run by `.ci/run`"]
fn long_reference_chains() {
    let chain = |last: &str| {
        let links = (0..1000).map(|index| (format!("S{index}"), reference(index + 1)));
        document(links.chain([("S1000".to_owned(), json!({ "type": last }))]))
    };
    let workspace = with(&chain("string"), &chain("integer"));
    assert_distinguished(&workspace);
    assert_imports(&workspace);
}

#[test]
#[ignore = "slow; run by `.ci/run`"]
fn an_enum_with_many_values() {
    let values = |more: &str| -> Vec<String> {
        let values = (0..10_000).map(|index| format!("v{index}"));
        values.chain([more.to_owned()]).collect()
    };
    let of = |values: Vec<String>| document([("S0".to_owned(), json!({ "type": "string", "enum": values }))]);
    let workspace = with(&of(values("a")), &of(values("b")));
    assert_distinguished(&workspace);
    assert_imports(&workspace);
}

#[test]
#[ignore = "slow; run by `.ci/run`"]
fn an_object_with_many_similar_property_names() {
    let object = |prefix: &str| {
        let properties: Map<String, Value> = (0..1000)
            .map(|index| (format!("{prefix}{index}"), json!({ "type": "string" })))
            .collect();
        document([(
            "S0".to_owned(),
            json!({ "type": "object", "properties": properties }),
        )])
    };
    let workspace = with(&object("property_a"), &object("property_b"));
    assert_distinguished(&workspace);
    assert_imports(&workspace);
}
