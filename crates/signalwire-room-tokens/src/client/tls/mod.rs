//! The TLS backends, selected by the crate's features.

#[cfg(feature = "native-tls")]
mod native;
#[cfg(all(
    any(feature = "rustls-ring", feature = "rustls-aws-lc"),
    not(feature = "native-tls")
))]
mod rustls;

#[cfg(feature = "native-tls")]
pub(super) use self::native::configure;
#[cfg(all(
    any(feature = "rustls-ring", feature = "rustls-aws-lc"),
    not(feature = "native-tls")
))]
pub(super) use self::rustls::configure;

/// Without TLS, the client can use only plain HTTP, and only to loopback hosts.
#[cfg(not(any(feature = "native-tls", feature = "rustls-ring", feature = "rustls-aws-lc")))]
pub(super) fn configure(
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
