//! Mints tokens with signalwire-room-tokens.

use std::pin::pin;

use anyhow::Result;
use bench_support::Task;
use bench_support::side::{Side, run};
use bench_support::workload::{ROOM_NAME, USER_NAME};
use futures_util::StreamExt as _;
use signalwire_room_tokens::{Client, Permission, RoomTokenRequest};

const PERMISSIONS: [Permission; 2] = [Permission::SelfAudioMute, Permission::SelfAudioUnmute];

struct Ours(Client);

impl Side for Ours {
    async fn connect(task: &Task) -> Result<Self> {
        let client = Client::builder()
            .space(&task.base_url)
            .project_id(&task.project_id)
            .api_token(task.api_token.as_str())
            .root_certificates_pem(std::fs::read(&task.ca_file)?)
            .build()?;
        Ok(Self(client))
    }

    async fn mint(&self) -> Result<usize> {
        let call = self.0.room_token(ROOM_NAME).user_name(USER_NAME);
        Ok(call.permissions(PERMISSIONS).create().await?.expose().len())
    }

    async fn mint_many(&self, tokens: usize, in_flight: usize) -> Result<usize> {
        let requests = (0..tokens).map(|_| {
            RoomTokenRequest::new(ROOM_NAME)
                .user_name(USER_NAME)
                .permissions(PERMISSIONS)
        });
        let mut bytes = 0;
        let mut tokens = pin!(self.0.create_many(requests).concurrency(in_flight).stream());
        while let Some(token) = tokens.next().await {
            bytes += token?.expose().len();
        }
        Ok(bytes)
    }
}

fn main() -> Result<()> {
    run::<Ours>()
}
