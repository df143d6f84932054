//! No TLS: the client can only use plain HTTP to loopback hosts.

use crate::client::http::HttpSettings;

pub(in crate::client) fn configure(
    builder: reqwest::ClientBuilder,
    settings: &HttpSettings<'_>,
) -> Result<reqwest::ClientBuilder, String> {
    if settings.space.is_https() || !settings.root_certificates_pem.is_empty() {
        return Err(
            "TLS is disabled; enable the feature `rustls-ring`, `rustls-aws-lc` or `native-tls`".to_owned(),
        );
    }
    Ok(builder)
}
