//! The HTTP client beneath: TLS, time-outs, and what it must never do.

use std::time::Duration;

use reqwest::redirect::Policy;

use super::space::Space;

/// What the HTTP client is made from.
pub(super) struct HttpSettings<'a> {
    pub(super) space: &'a Space,
    pub(super) connect_timeout: Duration,
    pub(super) root_certificates_pem: &'a [Vec<u8>],
}

/// Makes the HTTP client; the error says what is wrong in words.
pub(super) fn client(settings: &HttpSettings<'_>) -> Result<reqwest::Client, String> {
    let mut builder = reqwest::Client::builder()
        // A redirect would carry the request, or bring a token, from elsewhere.
        .redirect(Policy::none())
        .referer(false)
        // Retries are ours: they know the deadline and what the server asked for.
        .retry(reqwest::retry::never())
        .connect_timeout(settings.connect_timeout)
        // Shorter than servers keep connections, so that few are found closed.
        .pool_idle_timeout(Duration::from_secs(30))
        .tcp_nodelay(true);
    if settings.space.is_loopback() {
        builder = builder.no_proxy();
    }
    if settings.space.is_https() {
        builder = builder.https_only(true);
    }
    tls::configure(builder, settings)?
        .build()
        .map_err(|error| format!("no HTTP client: {}", tell(&error)))
}

/// An error and its causes in one line.
fn tell(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

#[cfg(feature = "native-tls")]
mod tls {
    use super::HttpSettings;

    pub(super) fn configure(
        mut builder: reqwest::ClientBuilder,
        settings: &HttpSettings<'_>,
    ) -> Result<reqwest::ClientBuilder, String> {
        builder = builder.tls_backend_native();
        let mut certificates = Vec::new();
        for pem in settings.root_certificates_pem {
            let bundle = reqwest::Certificate::from_pem_bundle(pem)
                .map_err(|error| format!("root certificate: {}", super::tell(&error)))?;
            if bundle.is_empty() {
                return Err("root certificate: no PEM certificate found".to_owned());
            }
            certificates.extend(bundle);
        }
        Ok(builder.tls_certs_merge(certificates))
    }
}

#[cfg(all(
    any(feature = "rustls-ring", feature = "rustls-aws-lc"),
    not(feature = "native-tls")
))]
mod tls {
    use std::sync::Arc;

    use rustls::ClientConfig;
    use rustls::crypto::CryptoProvider;
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject;
    use rustls_platform_verifier::Verifier;

    use super::{HttpSettings, tell};

    /// Gives the builder a TLS configuration with a provider of its own: the process-wide one is the application's,
    /// and where there is none, reqwest would panic.
    pub(super) fn configure(
        builder: reqwest::ClientBuilder,
        settings: &HttpSettings<'_>,
    ) -> Result<reqwest::ClientBuilder, String> {
        let provider = Arc::new(provider());
        let unverified = ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(|error| format!("TLS: {error}"))?;
        let mut config = if settings.space.is_https() {
            let roots = roots(settings.root_certificates_pem)?;
            let verifier = Verifier::new_with_extra_roots(roots, provider);
            let verifier = verifier.map_err(|error| format!("TLS certificates: {}", tell(&error)))?;
            unverified
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(verifier))
                .with_no_client_auth()
        } else {
            // Plain HTTP to this machine: nothing to verify, so no need to read the platform's certificates.
            unverified
                .with_root_certificates(rustls::RootCertStore::empty())
                .with_no_client_auth()
        };
        if cfg!(feature = "http2") {
            config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        }
        Ok(builder.tls_backend_preconfigured(config))
    }

    #[cfg(feature = "rustls-aws-lc")]
    fn provider() -> CryptoProvider {
        rustls::crypto::aws_lc_rs::default_provider()
    }

    #[cfg(all(feature = "rustls-ring", not(feature = "rustls-aws-lc")))]
    fn provider() -> CryptoProvider {
        rustls::crypto::ring::default_provider()
    }

    fn roots(pems: &[Vec<u8>]) -> Result<Vec<CertificateDer<'static>>, String> {
        let mut roots = Vec::new();
        for pem in pems {
            let before = roots.len();
            for certificate in CertificateDer::pem_slice_iter(pem) {
                roots.push(certificate.map_err(|error| format!("root certificate: {error}"))?);
            }
            if roots.len() == before {
                return Err("root certificate: no PEM certificate found".to_owned());
            }
        }
        Ok(roots)
    }
}

#[cfg(not(any(feature = "native-tls", feature = "rustls-ring", feature = "rustls-aws-lc")))]
mod tls {
    use super::HttpSettings;

    pub(super) fn configure(
        builder: reqwest::ClientBuilder,
        settings: &HttpSettings<'_>,
    ) -> Result<reqwest::ClientBuilder, String> {
        if settings.space.is_https() || !settings.root_certificates_pem.is_empty() {
            return Err(
                "no TLS; turn on the feature `rustls-ring`, `rustls-aws-lc` or `native-tls`".to_owned(),
            );
        }
        Ok(builder)
    }
}
