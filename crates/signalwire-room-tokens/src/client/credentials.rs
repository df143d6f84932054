//! Who asks: a project and its API token.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

/// A project id and an API token, checked; the one place that can say them.
#[derive(Clone)]
pub(crate) struct Credentials {
    project_id: String,
    api_token: SecretString,
    basic: SecretString,
}

impl Credentials {
    /// Checks both; an error names the field and says nothing of its value.
    pub(crate) fn new(project_id: &str, api_token: &SecretString) -> Result<Self, String> {
        check("project id", project_id, 200)?;
        check("API token", api_token.expose_secret(), 1000)?;
        if project_id.contains(':') {
            return Err("the project id has a `:`, which Basic authentication cannot carry".to_owned());
        }
        let pair = SecretString::from(format!("{project_id}:{}", api_token.expose_secret()));
        Ok(Self {
            project_id: project_id.to_owned(),
            api_token: api_token.clone(),
            basic: STANDARD.encode(pair.expose_secret()).into(),
        })
    }

    /// The value of the header `Authorization`, marked sensitive so that no HTTP library prints it.
    pub(crate) fn header(&self) -> Result<HeaderValue, String> {
        let text = SecretString::from(format!("Basic {}", self.basic.expose_secret()));
        let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(Wiped(text)))
            .map_err(|_| "the credentials do not fit into a header".to_owned())?;
        value.set_sensitive(true);
        Ok(value)
    }

    /// What must not appear in any text.
    pub(crate) fn secrets(&self) -> [&str; 2] {
        [self.api_token.expose_secret(), self.basic.expose_secret()]
    }
}

/// The bytes of a secret, which is wiped when the last of those who share them lets go.
struct Wiped(SecretString);

impl AsRef<[u8]> for Wiped {
    fn as_ref(&self) -> &[u8] {
        self.0.expose_secret().as_bytes()
    }
}

fn check(name: &str, value: &str, max: usize) -> Result<(), String> {
    if value.is_empty() {
        return Err(format!("the {name} is empty"));
    }
    if value.len() > max {
        return Err(format!("the {name} is longer than {max} characters"));
    }
    if !value.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(format!(
            "the {name} has characters other than visible ASCII, such as a space or a line end"
        ));
    }
    Ok(())
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("project_id", &self.project_id)
            .finish_non_exhaustive()
    }
}
