//! Mints tokens as one would with reqwest alone: nothing is checked, bounded, retried or kept secret.

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
struct Answer {
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
            .map_err(|_| anyhow!("there is a TLS provider already"))?;
        let ca = reqwest::Certificate::from_pem(&std::fs::read(&task.ca_file)?)?;
        let mut builder = reqwest::Client::builder().no_proxy().tls_certs_merge([ca]);
        if cfg!(feature = "time-out") {
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
        let answer: Answer = self
            .client
            .post(&self.url)
            .basic_auth(&self.project_id, Some(&self.api_token))
            .json(&body)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        Ok(answer.token.len())
    }

    async fn mint_many(&self, tokens: usize, in_flight: usize) -> Result<usize> {
        // In order, as `create_many` gives them.
        let tokens = stream::iter(0..tokens).map(|_| self.mint()).buffered(in_flight);
        tokens.try_fold(0, async |bytes, token| Ok(bytes + token)).await
    }
}

fn main() -> Result<()> {
    run::<ByHand>()
}
