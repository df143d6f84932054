//! The credentials: a project ID and an API token.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use reqwest::header::HeaderValue;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

/// A validated project ID and API token. All access to these secrets goes through this type.
pub(super) struct Credentials {
    pub(super) project_id: String,
    api_token: SecretString,
    basic: SecretString,
}

impl Credentials {
    /// Validates both values. The error names the invalid value but does not contain it.
    pub(super) fn new(project_id: &str, api_token: &SecretString) -> Result<Self, String> {
        check("project ID", project_id, 200)?;
        check("API token", api_token.expose_secret(), 1000)?;
        if project_id.contains(':') {
            return Err(
                "the project ID contains a `:`, which Basic authentication does not allow".to_owned(),
            );
        }
        let pair = SecretString::from(format!("{project_id}:{}", api_token.expose_secret()));
        Ok(Self {
            project_id: project_id.to_owned(),
            api_token: api_token.clone(),
            basic: STANDARD.encode(pair.expose_secret()).into(),
        })
    }

    /// Returns the value of the `Authorization` header, marked as sensitive so that HTTP libraries don't print it.
    /// Its bytes are zeroized when the last clone is dropped.
    pub(super) fn header(&self) -> Result<HeaderValue, String> {
        let text = Zeroizing::new(format!("Basic {}", self.basic.expose_secret()));
        let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(text))
            .map_err(|_| "the credentials are not a valid header value".to_owned())?;
        value.set_sensitive(true);
        Ok(value)
    }

    /// Returns the strings that must not appear in any output.
    pub(super) fn secrets(&self) -> [&str; 2] {
        [self.api_token.expose_secret(), self.basic.expose_secret()]
    }
}

fn check(name: &str, value: &str, max: usize) -> Result<(), String> {
    let problem = match value.len() {
        0 => "is empty".to_owned(),
        length if length > max => format!("is longer than {max} characters"),
        _ if !value.bytes().all(|byte| byte.is_ascii_graphic()) => {
            "contains characters other than visible ASCII, such as a space or a line break".to_owned()
        }
        _ => return Ok(()),
    };
    Err(format!("the {name} {problem}"))
}
