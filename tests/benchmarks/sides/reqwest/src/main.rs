//! Mints tokens with reqwest alone, without validation, size limits, retries or redaction of secrets.

use std::time::Duration;

use anyhow::{Result, anyhow};
use bench_support::Task;
use bench_support::side::{Side, run};
use bench_support::workload::{PATH, PERMISSIONS, ROOM_NAME, USER_NAME};
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct Body<'a> {
    room_name: &'a str,
    user_name: &'a str,
    permissions: [&'a str; 2],
}

#[derive(Deserialize)]
struct Response {
    token: String,
}

struct ByHand {
    client: reqwest::Client,
    url: String,
    project_id: String,
    api_token: String,
}

impl Side for ByHand {
    async fn connect(task: &Task) -> Result<Self> {
        rustls::crypto::ring::default_provider()
            .install_default()
            .map_err(|_| anyhow!("a crypto provider is already installed"))?;
        let ca = reqwest::Certificate::from_pem(&std::fs::read(&task.ca_file)?)?;
        let mut builder = reqwest::Client::builder().no_proxy().tls_certs_merge([ca]);
        if cfg!(feature = "timeout") {
            builder = builder.timeout(Duration::from_secs(10));
        }
        Ok(Self {
            client: builder.build()?,
            url: format!("{}{PATH}", task.base_url),
            project_id: task.project_id.clone(),
            api_token: task.api_token.clone(),
        })
    }

    async fn mint(&self) -> Result<usize> {
        let body = Body {
            room_name: ROOM_NAME,
            user_name: USER_NAME,
            permissions: PERMISSIONS,
        };
        let response: Response = self
            .client
            .post(&self.url)
            .basic_auth(&self.project_id, Some(&self.api_token))
            .json(&body)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        Ok(response.token.len())
    }

    async fn mint_many(&self, tokens: usize, in_flight: usize) -> Result<usize> {
        // `buffered` returns results in order, as `create_many` does.
        let tokens = stream::iter(0..tokens).map(|_| self.mint()).buffered(in_flight);
        tokens.try_fold(0, async |bytes, token| Ok(bytes + token)).await
    }
}

fn main() -> Result<()> {
    run::<ByHand>()
}
