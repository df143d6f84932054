//! The example in the documentation of the generated crate, run against the mock.
//!
//! It cannot be a documentation test: the crate has none, so that text of an imported document never runs as one.

use signalwire_room_tokens_mock::MockServer;

use crate::library::authorization;
use crate::root;

// example:begin
use reqwest::header::{AUTHORIZATION, HeaderValue};
use signalwire_room_tokens_api::Client;
use signalwire_room_tokens_api::types::RoomTokenPermission;

/// Mints a token. `authorization` is marked as sensitive.
async fn mint(base_url: &str, authorization: HeaderValue) -> Result<String, Box<dyn std::error::Error>> {
    let headers = [(AUTHORIZATION, authorization)];
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy() // none of the environment
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

#[tokio::test]
async fn it_mints_a_token() {
    let mock = MockServer::start().await.unwrap();
    let token = mint(&mock.base_url(), authorization(&mock)).await.unwrap();
    let claims = mock.verify(&token).expect("the mock's own token");
    assert_eq!(claims["r"], "standup");
}

#[test]
fn the_documentation_has_the_same_example() {
    let path = root().join("crates/signalwire-room-tokens-api/src/lib.rs");
    let library = std::fs::read_to_string(path).unwrap();
    let docs = library.lines().filter_map(|line| line.strip_prefix("//!"));
    let documented: Vec<&str> = docs
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .skip_while(|line| !line.starts_with("```"))
        .skip(1)
        .take_while(|line| !line.starts_with("```"))
        .collect();
    let tested = include_str!("generated_example.rs")
        .lines()
        .skip_while(|line| *line != "// example:begin")
        .skip(1)
        .take_while(|line| *line != "// example:end");
    assert_eq!(documented, tested.collect::<Vec<_>>());
}

#[test]
fn the_generated_crate_has_no_documentation_tests() {
    let path = root().join("crates/signalwire-room-tokens-api/Cargo.toml");
    let manifest = std::fs::read_to_string(path).unwrap();
    let library = manifest.split("\n[lib]\n").nth(1).expect("a section `lib`");
    let section = library.split("\n[").next().unwrap_or_default();
    assert!(section.lines().any(|line| line == "doctest = false"), "{section}");
}
