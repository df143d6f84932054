//! The underlying HTTP client.

use std::time::Duration;

use reqwest::redirect::Policy;

use super::failure::with_causes;
use super::space::Space;
use super::{proxy, tls};

/// Creates the HTTP client. The proxy URL overrides the environment. Returns a human-readable message on failure.
pub(super) fn client(
    space: &Space,
    connect_timeout: Duration,
    root_certificates_pem: &[Vec<u8>],
    proxy: Option<&str>,
) -> Result<reqwest::Client, String> {
    let mut builder = reqwest::Client::builder()
        // Following a redirect would send the request to a different URL.
        .redirect(Policy::none())
        // Responses must not be decompressed, even if the application enables reqwest's decompression features.
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        // Retries are handled by the `retry` module, which respects the deadline and `Retry-After`.
        .retry(reqwest::retry::never())
        .connect_timeout(connect_timeout)
        // Shorter than the idle timeout of most servers, so that pooled connections are rarely closed before they are
        // reused.
        .pool_idle_timeout(Duration::from_secs(30));
    if let Some(url) = proxy {
        let proxy = proxy::parse(url).map_err(|error| format!("the proxy {error}"))?;
        builder = builder.proxy(proxy);
    } else if space.is_loopback() {
        builder = builder.no_proxy();
    } else if let Some(proxy) = proxy::from_environment(|name| std::env::var_os(name))? {
        builder = builder.proxy(proxy);
    }
    tls::configure(
        builder.https_only(space.is_https()),
        space.is_https(),
        root_certificates_pem,
    )?
    .build()
    .map_err(|error| format!("failed to create the HTTP client: {}", with_causes(&error)))
}
