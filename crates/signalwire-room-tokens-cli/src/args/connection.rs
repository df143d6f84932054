//! Where requests go, and how long they may take.

use std::time::Duration;

use clap::Args;
use humantime::format_duration;
use signalwire_room_tokens::{Client, ClientBuilder, Error, Space, defaults, env};

use super::values::duration;
use crate::exit::Failure;

#[derive(Debug, Args)]
#[command(next_help_heading = "Connection")]
pub(crate) struct ConnectionArgs {
    /// Send to this address in place of SIGNALWIRE_SPACE: https, or http on this machine
    // Kept as it is given: a parser's error would repeat a password in it.
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    #[arg(long, value_name = "DURATION", value_parser = duration, help = timeout_help())]
    pub(crate) timeout: Option<Duration>,
    /// How often a request may be retried, 0 for never [default: 3; for doctor 0]
    #[arg(long, value_name = "N")]
    pub(crate) max_retries: Option<u32>,
}

fn timeout_help() -> String {
    format!(
        "How long it may take in all, retries included, such as `10s` or `1m 30s` [default: {}; {} for many tokens \
         together]",
        format_duration(defaults::TIMEOUT),
        format_duration(defaults::BATCH_TIMEOUT)
    )
}

impl ConnectionArgs {
    /// What stands for an environment variable.
    pub(crate) fn variable(&self, name: &str) -> Option<String> {
        match &self.base_url {
            Some(url) if name == env::SPACE => Some(url.clone()),
            _ => std::env::var(name).ok(),
        }
    }

    /// A client for the account in the environment.
    pub(crate) fn client(&self) -> Result<Client, Failure> {
        if let Some(url) = &self.base_url {
            let checked: Result<Space, _> = url.parse();
            checked.map_err(|error| Failure::usage(format!("--base-url {error}")))?;
        }
        // What is no valid text is refused as what it is for, and not said to be missing.
        let lossy = |name: &str| Some(std::env::var_os(name)?.to_string_lossy().into_owned());
        let builder = self
            .settings()
            .from_env_with(|name| self.variable(name).or_else(|| lossy(name)))
            .map_err(|error| {
                Failure::from(error)
                    .hint("to try it without an account, add --mock; `room-token doctor` tells more")
            })?;
        Ok(builder.build()?)
    }

    /// A client for a server that stands in for SignalWire.
    pub(crate) fn client_for(
        &self,
        server: &signalwire_room_tokens_mock::MockServer,
    ) -> Result<Client, Error> {
        self.settings()
            .space(server.base_url())
            .project_id(server.project_id())
            .api_token(server.api_token())
            .build()
    }

    fn settings(&self) -> ClientBuilder {
        let mut builder = Client::builder().user_agent(concat!("room-token/", env!("CARGO_PKG_VERSION")));
        if let Some(timeout) = self.timeout {
            builder = builder.timeout(timeout);
        }
        if let Some(retries) = self.max_retries {
            builder = builder.max_retries(retries);
        }
        builder
    }
}
