//! Mints tokens with the generated client alone.

use anyhow::{Result, anyhow};
use bench_support::Task;
use bench_support::side::{Side, run};
use bench_support::workload::{ROOM_NAME, USER_NAME};
use signalwire_room_tokens_api::Client;
use signalwire_room_tokens_api::types::RoomTokenPermission;

struct Generated(Client);

impl Side for Generated {
    async fn connect(task: &Task) -> Result<Self> {
        rustls::crypto::ring::default_provider()
            .install_default()
            .map_err(|_| anyhow!("a crypto provider is already installed"))?;
        let ca = reqwest::Certificate::from_pem(&std::fs::read(&task.ca_file)?)?;
        let http = reqwest::Client::builder()
            .no_proxy()
            .tls_certs_merge([ca])
            .default_headers(authorization(task)?)
            .build()?;
        Ok(Self(Client::new_with_client(&task.base_url, http)))
    }

    async fn mint(&self) -> Result<usize> {
        let permissions = vec![
            RoomTokenPermission::RoomSelfAudioMute.into(),
            RoomTokenPermission::RoomSelfAudioUnmute.into(),
        ];
        let response = self
            .0
            .create_room_token()
            .body_map(|body| {
                body.room_name(ROOM_NAME)
                    .user_name(USER_NAME.to_owned())
                    .permissions(permissions)
            })
            .send()
            .await?;
        Ok(response.token.len())
    }
}

/// Returns the `authorization` header of a request built with reqwest, because the generated client doesn't
/// set it.
fn authorization(task: &Task) -> Result<reqwest::header::HeaderMap> {
    let request = reqwest::Client::builder()
        .no_proxy()
        .build()?
        .get(&task.base_url)
        .basic_auth(&task.project_id, Some(&task.api_token))
        .build()?;
    Ok(request.headers().clone())
}

fn main() -> Result<()> {
    run::<Generated>()
}
