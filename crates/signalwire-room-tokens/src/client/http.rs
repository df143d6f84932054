//! The underlying HTTP client: its timeouts, its proxy, and what it must never do.

use std::time::Duration;

use reqwest::redirect::Policy;

use super::space::Space;
use super::{proxy, tls};

/// What the HTTP client is made from.
pub(super) struct HttpSettings<'a> {
    pub(super) space: &'a Space,
    pub(super) connect_timeout: Duration,
    pub(super) root_certificates_pem: &'a [Vec<u8>],
    /// The URL of a proxy, in place of that of the environment.
    pub(super) proxy: Option<&'a str>,
}

/// Makes the HTTP client; the error says what is wrong in words.
pub(super) fn client(settings: &HttpSettings<'_>) -> Result<reqwest::Client, String> {
    let mut builder = reqwest::Client::builder()
        // A redirect would carry the request, or bring a token, from elsewhere.
        .redirect(Policy::none())
        .referer(false)
        // Another part of the application may have turned these on. Nothing is to be unpacked.
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        // Retries are ours: they know the deadline and what the server asked for.
        .retry(reqwest::retry::never())
        .connect_timeout(settings.connect_timeout)
        // Shorter than servers keep connections, so that few are found closed.
        .pool_idle_timeout(Duration::from_secs(30))
        .tcp_nodelay(true);
    if let Some(url) = settings.proxy {
        let proxy = proxy::parse(url).map_err(|error| format!("the proxy {error}"))?;
        builder = builder.proxy(proxy);
    } else if settings.space.is_loopback() {
        builder = builder.no_proxy();
    } else if let Some(proxy) = proxy::from_environment(|name| std::env::var_os(name))? {
        builder = builder.proxy(proxy);
    }
    if settings.space.is_https() {
        builder = builder.https_only(true);
    }
    tls::configure(builder, settings)?
        .build()
        .map_err(|error| format!("no HTTP client: {}", tell(&error)))
}

/// An error and its causes in one line.
pub(super) fn tell(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
