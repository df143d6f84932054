//! No TLS: the client can use only plain HTTP, and only to loopback hosts.

pub(in crate::client) fn configure(
    builder: reqwest::ClientBuilder,
    is_https: bool,
    root_certificates_pem: &[Vec<u8>],
) -> Result<reqwest::ClientBuilder, String> {
    if is_https || !root_certificates_pem.is_empty() {
        return Err(
            "TLS is disabled; enable the `rustls-ring`, `rustls-aws-lc` or `native-tls` feature".to_owned(),
        );
    }
    Ok(builder)
}
