//! TLS with rustls and the platform's certificate verifier.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_platform_verifier::Verifier;

use crate::client::failure::with_causes;

/// Adds a TLS configuration with its own crypto provider to the builder.
///
/// The process-wide default provider belongs to the application, and reqwest panics if none is installed.
pub(in crate::client) fn configure(
    builder: reqwest::ClientBuilder,
    is_https: bool,
    root_certificates_pem: &[Vec<u8>],
) -> Result<reqwest::ClientBuilder, String> {
    let provider = Arc::new(provider());
    let unverified = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| format!("TLS: {error}"))?;
    let mut config = if is_https {
        let roots = roots(root_certificates_pem)?;
        let verifier = Verifier::new_with_extra_roots(roots, provider);
        let verifier = verifier.map_err(|error| format!("TLS certificates: {}", with_causes(&error)))?;
        unverified
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth()
    } else {
        // Plain HTTP to a loopback host needs no certificates, so the platform's store is not loaded.
        unverified
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth()
    };
    config.alpn_protocols = if cfg!(feature = "http2") {
        vec![b"h2".to_vec(), b"http/1.1".to_vec()]
    } else {
        vec![b"http/1.1".to_vec()]
    };
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
