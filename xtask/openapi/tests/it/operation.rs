//! Selection of operations.

use xtask_openapi::operation::{Selector, find, list, operations};

use crate::support::{document, parts};

const API: &str = "
openapi: 3.0.3
info: {title: T, version: '1'}
servers: [{url: 'https://{s}.example.com/api/', variables: {s: {default: a}}}]
paths:
  x-note: none of the paths
  /pets:
    get: {operationId: list_pets}
    post: {operationId: create}
  /pets/{id}:
    servers: [{url: https://example.com/v2}, {url: /v3/}]
    get: {operationId: get_pet}
    put: {operationId: create}
  /toys: {$ref: '#/x-paths/toys'}
x-paths:
  toys: {get: {operationId: list_toys}}
";

fn chosen(selectors: &[&str]) -> Vec<String> {
    let selectors: Vec<Selector> = selectors
        .iter()
        .map(|selector| selector.parse().unwrap())
        .collect();
    find(&document(API), &selectors)
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn extensions_of_paths_are_not_operations() {
    let document = document(
        "openapi: 3.0.3\ninfo: {title: T, version: '1'}\n\
         paths: {x-note: {get: {operationId: ghost}}, /a: {get: {operationId: real}}}",
    );
    let ids: Vec<_> = operations(document.value())
        .filter_map(|found| found.id())
        .collect();
    assert_eq!(ids, ["real"]);
    assert_eq!(list(&document).unwrap().len(), 1);
}

#[test]
fn operations_are_selected_by_id_or_by_method_and_path() {
    assert_eq!(chosen(&["list_pets"]), ["GET /pets"]);
    assert_eq!(chosen(&["get /pets"]), ["GET /pets"]);
    assert_eq!(chosen(&[" PUT   /pets/{id} "]), ["PUT /pets/{id}"]);
    assert_eq!(chosen(&["list_toys"]), ["GET /toys"]);
}

#[test]
fn operations_are_selected_by_the_path_with_the_server_prefix() {
    assert_eq!(chosen(&["GET /api/pets"]), ["GET /pets"]);
    assert_eq!(chosen(&["GET /v2/pets/{id}"]), ["GET /pets/{id}"]);
    assert_eq!(chosen(&["GET /v3/pets/{id}"]), ["GET /pets/{id}"]);
}

#[test]
fn selected_operations_are_unique_and_in_document_order() {
    assert_eq!(
        chosen(&["get_pet", "list_pets", "GET /pets"]),
        ["GET /pets", "GET /pets/{id}"]
    );
}

#[test]
fn an_ambiguous_operation_id_lists_the_candidates() {
    let (_, message) = parts(find(&document(API), &["create".parse().unwrap()]));
    assert_eq!(
        message,
        "`create` is ambiguous; select by method and path: `POST /pets` (create), `PUT /pets/{id}` (create)"
    );
}

#[test]
fn an_unknown_operation_names_the_nearest() {
    let (_, message) = parts(find(&document(API), &["list_pet".parse().unwrap()]));
    assert!(
        message.starts_with("no operation matches `list_pet`; similar operations: `GET /pets` (list_pets), "),
        "{message}"
    );
    let (_, message) = parts(find(&document(API), &["DELETE /pets".parse().unwrap()]));
    assert!(
        message.contains("no operation matches `DELETE /pets`"),
        "{message}"
    );
    let empty = document("openapi: 3.1.0\ninfo: {title: T, version: '1'}");
    assert!(parts(find(&empty, &[])).1.contains("has no operations"));
}

#[test]
fn a_selector_is_an_operation_id_or_method_and_path() {
    for text in ["", "  ", "/pets", "GET pets", "FETCH /pets", "two words"] {
        let error = text.parse::<Selector>().unwrap_err();
        assert!(
            error.to_string().contains("an operationId or `METHOD /path`"),
            "{error}"
        );
    }
    for text in ["repos/get", "GET", "a.b-c"] {
        assert_eq!(text.parse(), Ok(Selector::Id(text.to_owned())));
    }
    let selector: Selector = "Post /a".parse().unwrap();
    assert_eq!(selector.to_string(), "POST /a");
}

/// Returns the operation that `POST /api/video/room_tokens` selects in a document with the given server and operation.
fn by_path(server: &str, path: &str, method: &str) -> Result<String, String> {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\nservers: [{{url: '{server}'}}]\n\
         paths: {{{path}: {{{method}: {{}}}}, /other: {{post: {{operationId: create_room_token}}}}}}"
    );
    match find(
        &document(&text),
        &["POST /api/video/room_tokens".parse().unwrap()],
    ) {
        Ok(operations) => Ok(operations.iter().map(ToString::to_string).collect()),
        Err(error) => Err(error.message),
    }
}

#[test]
fn an_operation_is_found_by_the_end_of_its_effective_path() {
    for (server, path) in [
        ("https://a.example.com", "/api/video/room_tokens"),
        ("https://a.example.com/api/video", "/room_tokens"),
        ("https://a.example.com/api/", "/video/room_tokens"),
        ("/api/video", "/room_tokens/"),
        ("https://gateway.example.com/sw/api", "/video/room_tokens"),
    ] {
        assert_eq!(
            by_path(server, path, "post"),
            Ok(format!("POST {path}")),
            "{server}"
        );
    }
    for (server, path, method) in [
        ("https://a.example.com", "/room_tokens", "post"),
        ("https://a.example.com/api/video", "/room_tokens", "get"),
        ("https://a.example.com/{base}", "/room_tokens", "post"),
        ("https://a.example.com", "/my-api/video/room_tokens", "post"),
    ] {
        let message = by_path(server, path, method).unwrap_err();
        assert!(
            message.starts_with("no operation matches `POST /api/video/room_tokens`"),
            "{message}"
        );
    }
}

#[test]
fn the_whole_path_precedes_the_end_of_a_path() {
    let find = |paths: &str| {
        let text = format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{{paths}}}");
        let document = document(&text);
        find(&document, &["POST /tokens".parse().unwrap()]).map(|found| found[0].to_string())
    };
    assert!(
        parts(find("/v1/tokens: {post: {}}, /v2/tokens: {post: {}}"))
            .1
            .contains("ambiguous")
    );
    let found = find("/v1/tokens: {post: {}}, /tokens: {post: {}}").unwrap();
    assert_eq!(found, "POST /tokens");
}

#[test]
fn without_selectors_all_operations_are_found() {
    let all = [
        "GET /pets",
        "POST /pets",
        "GET /pets/{id}",
        "PUT /pets/{id}",
        "GET /toys",
    ];
    assert_eq!(chosen(&[]), all);
}

#[test]
fn invalid_paths_are_rejected() {
    let document_with = |paths: &str| document(&format!("openapi: 3.1.0\ninfo: {{}}\npaths: {paths}"));
    assert_eq!(parts(list(&document_with("[]"))).0, "/paths");
    assert_eq!(parts(list(&document_with("{/a: []}"))).0, "/paths/~1a");
    for reference in ["7", "'#/paths/~1b'", "'other.yaml#/a'", "'#/paths/~1a'"] {
        let (place, message) = parts(list(&document_with(&format!("{{/a: {{$ref: {reference}}}}}"))));
        assert_eq!(place, "/paths/~1a/$ref");
        assert!(
            message.contains("doesn't refer to a path item in this document"),
            "{message}"
        );
    }
}
