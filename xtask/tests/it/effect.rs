//! The effect on the Rust crates, as measured by `cargo xtask diff`.

use serde_json::{Value, json};
use xtask_openapi::Document;

use crate::support::{OutputExt as _, Workspace, published};

const FACTS: &str = "spec/facts.yaml";
const OPERATION: &str = "/paths/~1api~1video~1room_tokens/post";
const API: &str = "signalwire-room-tokens-api";
const CLIENT: &str = "signalwire-room-tokens";

/// A function that edits the facts.
type Edit = fn(&mut Value);

fn schema<'a>(facts: &'a mut Value, name: &str) -> &'a mut Value {
    &mut facts["components"]["schemas"][name]
}

fn request(facts: &mut Value) -> &mut Value {
    schema(facts, "CreateRoomTokenRequest")
}

fn push(list: &mut Value, value: &str) {
    list.as_array_mut().unwrap().push(json!(value));
}

/// Returns a workspace that contains the edited facts in `new.json`.
fn edited(edit: Edit) -> Workspace {
    let workspace = Workspace::copy();
    let mut facts = Document::parse(FACTS, workspace.read(FACTS).as_bytes())
        .unwrap()
        .value()
        .clone();
    edit(&mut facts);
    workspace.write("new.json", &facts.to_string());
    workspace
}

/// Returns the JSON report of a comparison.
fn report(workspace: &Workspace, old: &str, new: &str, more: &[&str]) -> Value {
    let arguments = ["diff", old, new, "--format", "json", "--fail-on", "never"];
    let output = workspace.xtask(arguments.iter().chain(more));
    assert_eq!(output.code(), 0, "{}", output.stderr());
    serde_json::from_str(&output.stdout()).unwrap()
}

/// Returns the effects on a crate that require at least a minor release, in a form such as `types::A appears minor`.
fn effects(report: &Value, package: &str) -> Vec<String> {
    let text = |effect: &Value, member: &str| effect[member].as_str().unwrap().to_owned();
    let effects = report["rust"].as_array().unwrap().iter();
    effects
        .filter(|effect| effect["crate"] == package && effect["bump"] != "patch")
        .map(|effect| {
            ["item", "effect", "bump"]
                .map(|member| text(effect, member))
                .join(" ")
        })
        .collect()
}

/// Asserts how an edit and its reversal affect both crates.
#[track_caller]
fn check(edit: Edit, api: [&[&str]; 2], client: [&[&str]; 2]) {
    let workspace = edited(edit);
    let there = report(&workspace, "checked-in", "new.json", &[]);
    let back = report(&workspace, "new.json", "checked-in", &[]);
    for (report, api, client) in [(there, api[0], client[0]), (back, api[1], client[1])] {
        assert_eq!(report.get("rust_unmeasured"), None, "{report:#}");
        assert_eq!(effects(&report, API), api, "{report:#}");
        assert_eq!(effects(&report, CLIENT), client, "{report:#}");
    }
}

#[test]
fn fields_need_no_description_to_be_measured() {
    check(
        |facts| request(facts)["properties"]["waiting_room"] = json!({ "type": "boolean" }),
        [
            &[
                "types::CreateRoomTokenRequest::waiting_room appears major",
                "types::builder::CreateRoomTokenRequest::waiting_room appears minor",
            ],
            &[
                "types::CreateRoomTokenRequest::waiting_room disappears major",
                "types::builder::CreateRoomTokenRequest::waiting_room disappears major",
            ],
        ],
        [
            &["setters::waiting_room appears minor"],
            &["setters::waiting_room disappears major"],
        ],
    );
}

#[test]
fn the_client_crate_has_non_exhaustive_enums() {
    check(
        |facts| push(&mut schema(facts, "RoomTokenPermission")["enum"], "room.lockdown"),
        [
            &["types::RoomTokenPermission::RoomLockdown appears major"],
            &["types::RoomTokenPermission::RoomLockdown disappears major"],
        ],
        [
            &["permissions::Permission::RoomLockdown appears minor"],
            &["permissions::Permission::RoomLockdown disappears major"],
        ],
    );
}

#[test]
fn required_fields_are_parameters_of_the_constructor() {
    let api: &[&str] = &[
        "types::CreateRoomTokenRequest::meta changes-type major",
        "types::builder::CreateRoomTokenRequest::meta changes-type major",
    ];
    let client: &[&str] = &["body::new changes-type major"];
    check(
        |facts| push(&mut request(facts)["required"], "meta"),
        [api, api],
        [client, client],
    );
}

#[test]
fn limits_are_constants() {
    check(
        |facts| request(facts)["properties"]["user_name"]["minLength"] = json!(2),
        [
            &["constants::create_room_token::user_name::MIN_LENGTH appears minor"],
            &["constants::create_room_token::user_name::MIN_LENGTH disappears major"],
        ],
        [&[], &[]],
    );
    let workspace = edited(|facts| request(facts)["properties"]["user_name"]["maxLength"] = json!(200));
    let report = report(&workspace, "checked-in", "new.json", &[]);
    assert_eq!(
        report["rust"],
        json!([
            { "crate": API, "item": "constants::create_room_token::user_name::MAX_LENGTH", "effect": "changes-value", "bump": "patch" },
            { "crate": CLIENT, "item": "fields::RoomTokenRequest::FIELDS", "effect": "changes-value", "bump": "patch" },
        ])
    );
}

#[test]
fn corrections_of_the_overlay_apply() {
    // The overlay sets the operationId.
    let workspace = edited(|facts| facts.pointer_mut(OPERATION).unwrap()["operationId"] = json!("mintToken"));
    let report = report(&workspace, "checked-in", "new.json", &[]);
    assert_eq!(report["changes"].as_array().unwrap().len(), 1, "{report:#}");
    assert_eq!(report["rust"], json!([]));
}

#[test]
fn renamed_schemas_are_renamed_types() {
    check(
        |facts| {
            let error = schema(facts, "StatusCode500").take();
            facts["components"]["schemas"]["Problem"] = error;
            facts["components"]["schemas"]
                .as_object_mut()
                .unwrap()
                .shift_remove("StatusCode500");
            let text = facts.to_string();
            *facts = serde_json::from_str(&text.replace("schemas/StatusCode500", "schemas/Problem")).unwrap();
        },
        [
            &[
                "types::StatusCode500 disappears major",
                "types::StatusCode500Error disappears major",
                "types::builder::StatusCode500 disappears major",
                "types::Problem appears minor",
                "types::ProblemError appears minor",
                "types::builder::Problem appears minor",
            ],
            &[
                "types::Problem disappears major",
                "types::ProblemError disappears major",
                "types::builder::Problem disappears major",
                "types::StatusCode500 appears minor",
                "types::StatusCode500Error appears minor",
                "types::builder::StatusCode500 appears minor",
            ],
        ],
        [&[], &[]],
    );
}

#[test]
fn a_removed_operation_removes_the_client() {
    let workspace = edited(|facts| facts["paths"] = json!({}));
    let report = report(&workspace, "checked-in", "new.json", &[]);
    assert!(
        effects(&report, API).contains(&"Client::create_room_token disappears major".to_owned()),
        "{report:#}"
    );
    assert!(
        effects(&report, CLIENT).contains(&"permissions::Permission disappears major".to_owned()),
        "{report:#}"
    );
}

#[test]
fn the_client_of_a_moved_operation_is_unmeasured() {
    let workspace = edited(|facts| {
        let paths = facts["paths"].as_object_mut().unwrap();
        let item = paths.shift_remove("/api/video/room_tokens").unwrap();
        paths.insert("/api/video/v2/room_tokens".to_owned(), item);
        let other =
            json!({ "get": { "operationId": "other", "responses": { "204": { "description": "" } } } });
        paths.insert("/other".to_owned(), other);
    });
    for (old, new, side) in [
        ("checked-in", "new.json", "new"),
        ("new.json", "checked-in", "old"),
    ] {
        let report = report(&workspace, old, new, &[]);
        assert_eq!(report["changes"][0]["id"], "api-path-changed", "{report:#}");
        // The other operation is not selected.
        assert_eq!(effects(&report, API), Vec::<String>::new(), "{report:#}");
        let reason = format!(
            "{side} document: new.json: none of the selected operations matches `POST /api/video/room_tokens`"
        );
        assert_eq!(
            report["rust_unmeasured"],
            json!([{ "crate": CLIENT, "reason": reason }])
        );
    }
}

#[test]
fn the_client_is_unmeasured_if_only_some_of_the_configured_operations_are_selected() {
    let workspace = edited(|facts| request(facts)["properties"]["user_name"]["maxLength"] = json!(200));
    workspace.replace("spec/config.yaml", "operations:\n", "operations:\n- GET /other\n");
    let facts = workspace.read(FACTS);
    let other = "  /other: {get: {responses: {'204': {description: ''}}}}\n";
    workspace.write(FACTS, &facts.replace("paths:\n", &format!("paths:\n{other}")));
    let report = report(
        &workspace,
        FACTS,
        "new.json",
        &["--operation", "create_room_token"],
    );
    assert_eq!(
        report["rust_unmeasured"],
        json!([{ "crate": CLIENT, "reason": "the selected operations are not those in spec/config.yaml" }])
    );
}

#[test]
fn other_operations_do_not_affect_the_client() {
    let document = |kind: &str| {
        let schema = json!({ "type": "object", "properties": { "a": { "type": kind } } });
        let content = json!({ "application/json": { "schema": schema } });
        json!({
            "openapi": "3.1.0",
            "info": { "title": "T", "version": "1" },
            "paths": { "/a": { "get": { "operationId": "a", "responses": { "200": { "description": "", "content": content } } } } },
        })
    };
    let workspace = Workspace::copy();
    workspace.write("old.json", &document("string").to_string());
    workspace.write("new.json", &document("integer").to_string());
    let report = report(&workspace, "old.json", "new.json", &[]);
    assert_eq!(
        effects(&report, API),
        [
            "types::AResponse::a changes-type major",
            "types::builder::AResponse::a changes-type major",
        ]
    );
    assert_eq!(effects(&report, CLIENT), Vec::<String>::new());
    let text = workspace.xtask(["diff", "old.json", "new.json"]).stdout();
    assert!(
        text.starts_with("breaking: 1 breaking → api major, client none\n"),
        "{text}"
    );
}

#[test]
fn failed_code_generation_is_reported_with_the_other_effects() {
    // The ergonomic crate needs a list of permissions, but the low-level crate doesn't.
    let workspace = edited(|facts| {
        drop(
            request(facts)["properties"]
                .as_object_mut()
                .unwrap()
                .shift_remove("permissions"),
        );
    });
    let no_permissions = report(&workspace, "checked-in", "new.json", &[]);
    assert_eq!(no_permissions["changes"][0]["id"], "request-property-removed");
    assert!(
        effects(&no_permissions, API)
            .contains(&"types::CreateRoomTokenRequest::permissions disappears major".to_owned())
    );
    let unmeasured = no_permissions["rust_unmeasured"].as_array().unwrap();
    assert_eq!(unmeasured.len(), 1, "{no_permissions:#}");
    assert_eq!(unmeasured[0]["crate"], CLIENT);
    let reason = unmeasured[0]["reason"].as_str().unwrap();
    assert!(
        reason.starts_with("new document: new.json: at /components/schemas/"),
        "{reason}"
    );

    // progenitor doesn't support cookies.
    let workspace = edited(|facts| {
        facts.pointer_mut(OPERATION).unwrap()["parameters"] =
            json!([{ "name": "a", "in": "cookie", "schema": { "type": "string" } }]);
    });
    for (old, new, side) in [
        ("checked-in", "new.json", "new"),
        ("new.json", "checked-in", "old"),
    ] {
        let report = report(&workspace, old, new, &[]);
        assert_eq!(report["changes"].as_array().unwrap().len(), 1, "{report:#}");
        assert_eq!(report["rust"], json!([]));
        let unmeasured = report["rust_unmeasured"].as_array().unwrap();
        for (unmeasured, package) in unmeasured.iter().zip([API, CLIENT]) {
            assert_eq!(unmeasured["crate"], package);
            let reason = unmeasured["reason"].as_str().unwrap();
            assert!(
                reason.starts_with(&format!("{side} document: new.json")) && reason.contains("cookie"),
                "{reason}"
            );
        }
        assert_eq!(unmeasured.len(), 2);
    }
    // The exit code depends only on the changes.
    let output = workspace.xtask(["diff", "checked-in", "new.json"]);
    assert_eq!(output.code(), 0, "{}", output.stdout());
    assert!(
        output.stdout().contains("→ api unknown, client unknown\n"),
        "{}",
        output.stdout()
    );
}

#[test]
fn large_documents_are_not_measured() {
    let workspace = edited(|facts| {
        let long = "a".repeat(300 << 10);
        request(facts)["properties"]["user_name"]["default"] = json!(long);
    });
    let report = report(&workspace, "checked-in", "new.json", &[]);
    let reason = report["rust_unmeasured"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("only for up to 262144 bytes"), "{reason}");
}

#[test]
fn published_documents_are_measured() {
    let versions = [
        "2026-01-22-video.openapi-3.0.yaml",
        "2026-02-11-video.openapi-3.0.yaml",
        "2026-08-21-signalwire-rest.openapi-3.1.yaml",
    ];
    let Some(versions) = versions.into_iter().map(published).collect::<Option<Vec<_>>>() else {
        return;
    };
    let workspace = Workspace::copy();
    for (old, new) in [(0, 1), (1, 2), (2, 0)] {
        let paths = [&versions[old], &versions[new]].map(|path| path.to_str().unwrap());
        let report = report(&workspace, paths[0], paths[1], &[]);
        let unmeasured = report["rust_unmeasured"].as_array().into_iter().flatten();
        assert!(
            unmeasured.clone().all(|unmeasured| unmeasured["crate"] == CLIENT),
            "{report:#}"
        );
        // After the February 2026 version, only additional properties and documentation changed.
        assert_eq!(report["rust"] == json!([]), old == 1, "{report:#}");
        let is_renamed = effects(&report, API)
            .contains(&"types::CreateRoomTokenRequest::sync_audio_video appears major".to_owned());
        assert_eq!(is_renamed, old == 0, "{report:#}");
    }
}
