//! The underlying HTTP client and its settings.

use std::time::Duration;

use reqwest::redirect::Policy;

use super::space::Space;
use super::{proxy, tls};

/// The settings of the HTTP client.
pub(super) struct HttpSettings<'a> {
    pub(super) space: &'a Space,
    pub(super) connect_timeout: Duration,
    pub(super) root_certificates_pem: &'a [Vec<u8>],
    /// The proxy URL, which overrides the environment.
    pub(super) proxy: Option<&'a str>,
}

/// Creates the HTTP client. An error is a message for people.
pub(super) fn client(settings: &HttpSettings<'_>) -> Result<reqwest::Client, String> {
    let mut builder = reqwest::Client::builder()
        // Following a redirect would send the request to a different URL.
        .redirect(Policy::none())
        .referer(false)
        // Responses must not be decompressed, even if the application enables these features of reqwest.
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        // Retries are handled by the `retry` module, which respects the deadline and `Retry-After`.
        .retry(reqwest::retry::never())
        .connect_timeout(settings.connect_timeout)
        // Shorter than the idle timeout of most servers, so that pooled connections are rarely closed already.
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
        .map_err(|error| format!("cannot create the HTTP client: {}", with_sources(&error)))
}

/// Formats an error and its sources on one line.
pub(super) fn with_sources(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
