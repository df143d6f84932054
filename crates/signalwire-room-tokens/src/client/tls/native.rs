//! TLS with the operating system's library.

use crate::client::failure::with_causes;

pub(in crate::client) fn configure(
    mut builder: reqwest::ClientBuilder,
    _is_https: bool,
    root_certificates_pem: &[Vec<u8>],
) -> Result<reqwest::ClientBuilder, String> {
    builder = builder.tls_backend_native();
    let mut certificates = Vec::new();
    for pem in root_certificates_pem {
        let bundle = reqwest::Certificate::from_pem_bundle(pem)
            .map_err(|error| format!("root certificate: {}", with_causes(&error)))?;
        if bundle.is_empty() {
            return Err("root certificate: no PEM certificate found".to_owned());
        }
        certificates.extend(bundle);
    }
    Ok(builder.tls_certs_merge(certificates))
}
