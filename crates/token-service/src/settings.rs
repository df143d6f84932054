//! What the environment decides. SignalWire's credentials are not here: the client reads them itself.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use clap::builder::FalseyValueParser;

use crate::limits::Limits;

/// Hands out room tokens to the users of an application, and serves a page that joins the room
#[derive(Clone, Debug, Parser)]
#[command(after_help = "\
SignalWire's credentials come from SIGNALWIRE_SPACE, SIGNALWIRE_PROJECT_ID and SIGNALWIRE_API_TOKEN; RUST_LOG says \
how much is logged [default: info].

Without an account:  token-service --mock")]
pub struct Settings {
    /// Where to listen; browsers give a page camera and microphone only over https or on this machine
    #[arg(
        long,
        env = "LISTEN",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:3000"
    )]
    pub listen: SocketAddr,
    /// Let a mock within this process mint the tokens, and anybody sign in; SignalWire refuses such tokens
    #[arg(long, env = "MOCK", value_parser = FalseyValueParser::new())]
    pub mock: bool,
    /// Let anybody sign in as anybody; for trying it out on this machine
    #[arg(long, env = "DEMO_SIGN_IN", value_parser = FalseyValueParser::new())]
    pub demo_sign_in: bool,
    /// Who may enter which room, in which role [default: the rooms of the demonstration]
    #[arg(long, env = "ROOMS", value_name = "FILE")]
    pub rooms: Option<PathBuf>,
    /// Attempts to sign in per minute for each client
    #[arg(long, env = "SIGN_INS_PER_MINUTE", value_name = "N", default_value = "60")]
    pub sign_ins_per_minute: NonZeroU32,
    /// Token requests per minute for each user
    #[arg(long, env = "REQUESTS_PER_MINUTE", value_name = "N", default_value = "20")]
    pub requests_per_minute: NonZeroU32,
    /// How long after a token is made its user can join with it, at most a year
    #[arg(long, env = "JOIN_WITHIN_MINUTES", value_name = "MINUTES", default_value = "10",
        value_parser = clap::value_parser!(u32).range(1..=525_600))]
    pub join_within_minutes: u32,
    /// How long its user may stay, at most 3333
    #[arg(long, env = "STAY_AT_MOST_MINUTES", value_name = "MINUTES", default_value = "240",
        value_parser = clap::value_parser!(u32).range(1..=3333))]
    pub stay_at_most_minutes: u32,
    /// Limits on connections and requests.
    #[command(flatten)]
    pub limits: Limits,
    /// SignalWire's browser SDK, the file `index.umd.js` of the npm package `@signalwire/js` [default: as installed by
    /// `npm ci` in the folder `web`]
    #[arg(long, env = "SDK", value_name = "FILE", hide_default_value = true, default_value = DEFAULT_SDK)]
    pub sdk: PathBuf,
}

const DEFAULT_SDK: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/web/node_modules/@signalwire/js/dist/index.umd.js"
);

impl Settings {
    /// Checks what the settings come to together.
    ///
    /// # Errors
    ///
    /// If others could come in by the demonstration's sign-in, which checks nobody, and mint real tokens.
    pub fn check(&self) -> anyhow::Result<()> {
        let is_open = self.demo_sign_in && !self.listen.ip().is_loopback() && !self.mock;
        anyhow::ensure!(
            !is_open,
            "the demonstration's sign-in believes everybody; it is only for addresses of this machine, not {}",
            self.listen
        );
        Ok(())
    }

    /// Whether the demonstration's sign-in is offered.
    #[must_use]
    pub fn has_demo_sign_in(&self) -> bool {
        self.demo_sign_in || self.mock
    }

    /// True if requests from other machines are rejected: with the demo sign-in, unless a mock mints the tokens and the
    /// service listens on an address that others can reach.
    pub(crate) fn is_local_only(&self) -> bool {
        self.has_demo_sign_in() && (self.listen.ip().is_loopback() || !self.mock)
    }

    pub(crate) fn join_within(&self) -> Duration {
        minutes(self.join_within_minutes)
    }

    pub(crate) fn stay_at_most(&self) -> Duration {
        minutes(self.stay_at_most_minutes)
    }
}

fn minutes(count: u32) -> Duration {
    Duration::from_secs(u64::from(count) * 60)
}
