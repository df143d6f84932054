//! The three request validators: the library, the schema and the mock server.

use std::sync::LazyLock;

use jsonschema::{Draft, Validator};
use proptest::prelude::*;
use serde_json::Value;
use signalwire_room_tokens::{Client, RoomTokenRequest};
use signalwire_room_tokens_mock::MockServer;
use tokio::runtime::Runtime;

use super::acceptance::Acceptance;
use crate::library::plain_http_client;
use crate::support::root;

const SCHEMA: &str = "crates/signalwire-room-tokens-mock/src/generated/create_room_token.schema.json";

/// Reads the generated JSON Schema for requests.
pub(super) fn schema() -> Value {
    let text = std::fs::read_to_string(root().join(SCHEMA)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Returns `true` if a request matches the published schema.
pub(super) fn is_valid(request: &Value) -> bool {
    static VALIDATOR: LazyLock<Validator> = LazyLock::new(validator);
    VALIDATOR.is_valid(request)
}

fn validator() -> Validator {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .build(&schema())
        .unwrap()
}

pub(super) struct Validators {
    schema: Validator,
    mock: MockServer,
    client: Client,
    http: reqwest::Client,
    // Dropped last, because the mock server and the clients run on it.
    runtime: Runtime,
}

impl Validators {
    pub(super) fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let mock = runtime
            .block_on(MockServer::builder().max_recorded_requests(1).start())
            .unwrap();
        let client = Client::new(mock.base_url(), mock.project_id(), mock.api_token()).unwrap();
        Self {
            schema: validator(),
            client,
            http: plain_http_client(&mock),
            mock,
            runtime,
        }
    }

    /// Validates a request with all three validators.
    pub(super) fn all(&self, request: &Value) -> Acceptance {
        Acceptance {
            library: self.library(request).is_ok(),
            schema: self.schema.is_valid(request),
            mock: self.mock(request).is_ok(),
        }
    }

    /// Validates a request with the library. If it is invalid, returns the names of the invalid fields. The
    /// list is empty if deserialization fails.
    fn library(&self, request: &Value) -> Result<RoomTokenRequest, Vec<String>> {
        let request: RoomTokenRequest = serde_json::from_value(request.clone()).map_err(|_| Vec::new())?;
        match request.validate() {
            Ok(()) => Ok(request),
            Err(violations) => Err(violations
                .iter()
                .map(|violation| violation.field().to_owned())
                .collect()),
        }
    }

    /// Sends a request to the mock server. If it is rejected, returns the names of the invalid fields.
    fn mock(&self, request: &Value) -> Result<(), Vec<String>> {
        let post = self
            .http
            .post(format!("{}/api/video/room_tokens", self.mock.base_url()))
            .json(request);
        let (status, body) = self.runtime.block_on(async {
            let response = post.send().await.unwrap();
            (
                response.status().as_u16(),
                response.json::<Value>().await.unwrap(),
            )
        });
        match status {
            200 => Ok(()),
            422 => Err(body["errors"]
                .as_array()
                .unwrap()
                .iter()
                .map(rejected_field)
                .collect()),
            _ => panic!("unexpected status {status} for {request}: {body}"),
        }
    }

    /// Asserts that every validator that rejects the request reports only the given field.
    pub(super) fn assert_only_field_rejected(
        &self,
        request: &Value,
        field: &str,
    ) -> Result<(), TestCaseError> {
        // Validators truncate long names of unknown fields.
        let field: String = field.chars().take(100).collect();
        let by_schema = self.schema.iter_errors(request).map(|error| {
            let path = error.instance_path().to_string();
            path.split('/').nth(1).unwrap_or(&field).to_owned()
        });
        let by_library = self.library(request).err().unwrap_or_default();
        let by_mock = self.mock(request).err().unwrap_or_default();
        for rejected_field in by_schema.chain(by_library).chain(by_mock) {
            // Truncated names end with an ellipsis.
            prop_assert_eq!(rejected_field.trim_end_matches('…'), &field);
        }
        Ok(())
    }

    /// Asserts that the library mints a token whose claims match the request.
    pub(super) fn assert_token_matches(&self, request: &Value) -> Result<(), TestCaseError> {
        let request = self
            .library(request)
            .map_err(|_| TestCaseError::fail("the library rejected the request"))?;
        let token = self
            .runtime
            .block_on(self.client.call(request).fail_on_mismatch().create());
        prop_assert!(token.is_ok(), "{:?}", token.err());
        Ok(())
    }
}

fn rejected_field(error: &Value) -> String {
    error["attribute"].as_str().unwrap_or("the body").to_owned()
}
