//! Settings from flags and environment variables. The client reads the SignalWire credentials itself.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use clap::builder::FalseyValueParser;

use crate::limits::Limits;

/// Issue room tokens to an application's users, and serve a page that joins rooms
#[derive(Clone, Debug, Parser)]
#[command(after_help = "\
SignalWire credentials are read from SIGNALWIRE_SPACE, SIGNALWIRE_PROJECT_ID and SIGNALWIRE_API_TOKEN. RUST_LOG sets \
the log level [default: info].

Without an account:  token-service --mock")]
pub struct Settings {
    /// Address to listen on; browsers allow camera and microphone access only over https or on localhost
    #[arg(
        long,
        env = "LISTEN",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:3000"
    )]
    pub listen: SocketAddr,
    /// Mint tokens with a built-in mock server and let anyone sign in; SignalWire rejects these tokens
    #[arg(long, env = "MOCK", value_parser = FalseyValueParser::new())]
    pub mock: bool,
    /// Let anyone sign in as any user; for trying out the service on localhost
    #[arg(long, env = "DEMO_SIGN_IN", value_parser = FalseyValueParser::new())]
    pub demo_sign_in: bool,
    /// JSON file with room members and their roles [default: built-in demo rooms]
    #[arg(long, env = "ROOMS", value_name = "FILE")]
    pub rooms: Option<PathBuf>,
    /// Maximum sign-in attempts per client per minute
    #[arg(long, env = "SIGN_INS_PER_MINUTE", value_name = "N", default_value = "60")]
    pub sign_ins_per_minute: NonZeroU32,
    /// Maximum token requests per user per minute
    #[arg(long, env = "REQUESTS_PER_MINUTE", value_name = "N", default_value = "20")]
    pub requests_per_minute: NonZeroU32,
    /// Maximum time between creating a token and joining with it; at most a year
    #[arg(long, env = "JOIN_WITHIN_MINUTES", value_name = "MINUTES", default_value = "10",
        value_parser = clap::value_parser!(u32).range(1..=525_600))]
    pub join_within_minutes: u32,
    /// Maximum time that a user may stay in a room after joining; at most 3333 minutes
    #[arg(long, alias = "stay-at-most-minutes", env = "MAX_STAY_MINUTES", value_name = "MINUTES", default_value = "240",
        value_parser = clap::value_parser!(u32).range(1..=3333))]
    pub max_stay_minutes: u32,
    /// Limits on connections and requests.
    #[command(flatten)]
    pub limits: Limits,
    /// Path to SignalWire's browser SDK, `index.umd.js` in the npm package `@signalwire/js` [default: the
    /// file that `npm ci` installs in `web`]
    #[arg(long, env = "SDK", value_name = "FILE", hide_default_value = true, default_value = DEFAULT_SDK)]
    pub sdk: PathBuf,
}

const DEFAULT_SDK: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/web/node_modules/@signalwire/js/dist/index.umd.js"
);

impl Settings {
    /// Checks that the settings can safely be combined.
    ///
    /// # Errors
    ///
    /// Returns an error if the demo sign-in would let other machines mint real tokens.
    pub fn check(&self) -> anyhow::Result<()> {
        let is_open = self.demo_sign_in && !self.listen.ip().is_loopback() && !self.mock;
        anyhow::ensure!(
            !is_open,
            "`--demo-sign-in` lets anyone sign in, so `--listen` must be a loopback address, not {}",
            self.listen
        );
        Ok(())
    }

    /// Returns `true` if the demo sign-in is enabled.
    #[must_use]
    pub fn has_demo_sign_in(&self) -> bool {
        self.demo_sign_in || self.mock
    }

    /// Returns `true` if requests from other machines are rejected. That is the case when the demo sign-in is
    /// enabled, unless a mock server mints the tokens and the service listens on a non-loopback address.
    pub(crate) fn is_local_only(&self) -> bool {
        self.has_demo_sign_in() && (self.listen.ip().is_loopback() || !self.mock)
    }

    pub(crate) fn join_within(&self) -> Duration {
        minutes(self.join_within_minutes)
    }

    pub(crate) fn max_stay(&self) -> Duration {
        minutes(self.max_stay_minutes)
    }
}

fn minutes(count: u32) -> Duration {
    Duration::from_secs(u64::from(count) * 60)
}
