//! Flags for the service URL, timeout and retries.

use std::time::Duration;

use clap::Args;
use humantime::format_duration;
use signalwire_room_tokens::{Client, ClientBuilder, Error, Space, defaults, env};

use super::values::duration;
use crate::exit::Failure;

#[derive(Debug, Args)]
#[command(next_help_heading = "Connection")]
pub(crate) struct ConnectionArgs {
    /// URL to use instead of SIGNALWIRE_SPACE; must be https, or http for localhost
    // Stored as a `String`, because a clap parse error could print a password contained in the URL.
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    #[arg(long, value_name = "DURATION", value_parser = duration, help = timeout_help())]
    pub(crate) timeout: Option<Duration>,
    /// Maximum retries per request; 0 disables retries [default: 3, or 0 for doctor]
    #[arg(long, value_name = "N")]
    pub(crate) max_retries: Option<u32>,
}

fn timeout_help() -> String {
    format!(
        "Total timeout including retries, such as `10s` [default: {}; {} in total for many tokens]",
        format_duration(defaults::TIMEOUT),
        format_duration(defaults::BATCH_TIMEOUT)
    )
}

impl ConnectionArgs {
    /// Returns the value of an environment variable. `--base-url` takes precedence over `SIGNALWIRE_SPACE`.
    pub(crate) fn variable(&self, name: &str) -> Option<String> {
        match &self.base_url {
            Some(url) if name == env::SPACE => Some(url.clone()),
            _ => std::env::var(name).ok(),
        }
    }

    /// Creates a client with the credentials from the environment.
    pub(crate) fn client(&self) -> Result<Client, Failure> {
        if let Some(url) = &self.base_url {
            let checked: Result<Space, _> = url.parse();
            checked.map_err(|error| Failure::usage(format!("--base-url {error}")))?;
        }
        // A variable that is not valid UTF-8 must be reported as invalid, not as missing.
        let lossy = |name: &str| Some(std::env::var_os(name)?.to_string_lossy().into_owned());
        let builder = self
            .settings()
            .from_env_with(|name| self.variable(name).or_else(|| lossy(name)))
            .map_err(|error| {
                Failure::from(error)
                    .with_hint("use --mock to try room-token without an account, or run `room-token doctor`")
            })?;
        Ok(builder.build()?)
    }

    /// Creates a client for the given mock server.
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
