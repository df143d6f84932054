//! No TLS: only what stays on this machine can be reached.

use crate::client::http::HttpSettings;

pub(in crate::client) fn configure(
    builder: reqwest::ClientBuilder,
    settings: &HttpSettings<'_>,
) -> Result<reqwest::ClientBuilder, String> {
    if settings.space.is_https() || !settings.root_certificates_pem.is_empty() {
        return Err("no TLS; turn on the feature `rustls-ring`, `rustls-aws-lc` or `native-tls`".to_owned());
    }
    Ok(builder)
}
