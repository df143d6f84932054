//! Runs the examples from the generated crate's documentation against the mock server.
//!
//! They can't be doctests, because doctests are disabled for that crate. Otherwise, text from an imported
//! document could run as a doctest.

use signalwire_room_tokens_mock::{MockServer, Reply};

use crate::library::{authorization, plain_http_client};
use crate::support::root;

// example:begin
use reqwest::header::{AUTHORIZATION, HeaderValue};
use signalwire_room_tokens_api::Client;
use signalwire_room_tokens_api::types::RoomTokenPermission;

/// Creates a token. `authorization` should be marked as sensitive.
async fn create(base_url: &str, authorization: HeaderValue) -> Result<String, Box<dyn std::error::Error>> {
    let headers = [(AUTHORIZATION, authorization)];
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy() // ignores proxy environment variables
        .timeout(std::time::Duration::from_secs(10))
        .default_headers(headers.into_iter().collect())
        .build()?;
    let client = Client::new_with_client(base_url, http);
    let permissions = vec![RoomTokenPermission::RoomSelfAudioMute.into()];
    let response = client
        .create_room_token()
        .body_map(|body| body.room_name("standup").permissions(permissions))
        .send()
        .await?;
    Ok(response.into_inner().token)
}
// example:end

// example:begin
use signalwire_room_tokens_api::ClientInfo as _;
use signalwire_room_tokens_api::builder::CreateRoomToken;
use signalwire_room_tokens_api::types::CreateRoomTokenRequest;

/// Creates a token. Limits the response body to 64 KiB.
async fn create_bounded(
    client: &signalwire_room_tokens_api::Client,
    body: &CreateRoomTokenRequest,
) -> Result<String, Box<dyn std::error::Error>> {
    let request = CreateRoomToken::build_request(client, body)?;
    let mut response = client.client().execute(request).await?.error_for_status()?;
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() + chunk.len() > 64 * 1024 {
            return Err("the response is too large".into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(CreateRoomToken::decode_response(&bytes)?.token)
}
// example:end

#[tokio::test]
async fn the_example_mints_a_token() {
    let mock = MockServer::start().await.unwrap();
    let token = create(&mock.base_url(), authorization(&mock)).await.unwrap();
    let claims = mock
        .verify(&token)
        .expect("the mock server should verify its own token");
    assert_eq!(claims["r"], "standup");
}

#[tokio::test]
async fn building_and_decoding_separately_mints_a_token() {
    let mock = MockServer::start().await.unwrap();
    let client = Client::new_with_client(&mock.base_url(), plain_http_client(&mock));
    let body = CreateRoomTokenRequest::builder()
        .room_name("standup")
        .try_into()
        .unwrap();
    let token = create_bounded(&client, &body).await.unwrap();
    mock.verify(&token)
        .expect("the mock server should verify its own token");

    mock.script([Reply::status(200).body(r#"["token"]"#)]);
    let error = create_bounded(&client, &body).await.unwrap_err();
    assert_eq!(error.to_string(), "the body is not a JSON object");
}

/// Returns the lines of each block between a `begin` line and an `end` line.
fn between<'a>(lines: impl Iterator<Item = &'a str>, begin: &str, end: &str) -> Vec<Vec<&'a str>> {
    let (mut found, mut is_inside) = (Vec::new(), false);
    for line in lines {
        if !is_inside && line == begin {
            found.push(Vec::new());
            is_inside = true;
        } else if is_inside && line == end {
            is_inside = false;
        } else if let (true, Some(example)) = (is_inside, found.last_mut()) {
            example.push(line);
        }
    }
    found
}

#[test]
fn the_documentation_contains_these_examples() {
    let path = root().join("crates/signalwire-room-tokens-api/src/lib.rs");
    let library = std::fs::read_to_string(path).unwrap();
    let docs = library.lines().filter_map(|line| line.strip_prefix("//!"));
    let docs = docs.map(|line| line.strip_prefix(' ').unwrap_or(line));
    let documented = between(docs, "```no_run", "```");
    let tested = between(
        include_str!("generated_example.rs").lines(),
        "// example:begin",
        "// example:end",
    );
    assert_eq!(documented.len(), 2);
    assert_eq!(documented, tested);
}

#[test]
fn the_generated_crate_has_no_doctests() {
    let path = root().join("crates/signalwire-room-tokens-api/Cargo.toml");
    let manifest = std::fs::read_to_string(path).unwrap();
    let library = manifest
        .split("\n[lib]\n")
        .nth(1)
        .expect("the manifest should have a `lib` section");
    let section = library.split("\n[").next().unwrap_or_default();
    assert!(section.lines().any(|line| line == "doctest = false"), "{section}");
}
