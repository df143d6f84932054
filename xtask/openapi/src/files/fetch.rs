//! Reads documents from a URL or a file. The document size and the download time are limited, and plain `http` is
//! allowed only for localhost.

use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use ureq::http::Uri;
use ureq::tls::{RootCerts, TlsConfig};

use crate::document::MAX_BYTES;
use crate::{Document, Error};

/// The maximum duration of a download, including the DNS lookup.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The maximum number of redirects. Redirects must lead to `https`.
const MAX_REDIRECTS: u32 = 5;

/// Reads a document from a URL or a file, and checks that its OpenAPI version is supported.
///
/// # Errors
/// Returns an error if the document can't be fetched or read, is too large or truncated, is not an OpenAPI document, or
/// has an unsupported version.
pub fn open(source: &str) -> Result<Document, Error> {
    open_within(source, TIMEOUT)
}

/// Like [`open`], but with a custom download timeout instead of 30 seconds.
///
/// # Errors
/// Returns the same errors as [`open`].
pub fn open_within(source: &str, timeout: Duration) -> Result<Document, Error> {
    let document = if source.contains("://") {
        fetch(source, timeout)?
    } else {
        Document::read(Path::new(source))?
    };
    document.version()?;
    Ok(document)
}

fn fetch(url: &str, timeout: Duration) -> Result<Document, Error> {
    let uri: Uri = url
        .parse()
        .map_err(|error| Error::new("the URL", format!("is not valid: {error}")))?;
    let name = without_secrets(&uri);
    let error = |message: &str| Error::new(&name, message);
    let failed = |cause: ureq::Error| error(&format!("failed to fetch: {cause}"));
    if uri.authority().is_some_and(|host| host.as_str().contains('@')) {
        return Err(error("contains a user name or password, which is not allowed"));
    }
    let mut response = agent(&uri, &name, timeout)?.get(uri).call().map_err(failed)?;
    if response.status() != 200 {
        let status = response.status();
        return Err(error(&format!("responded with status {status} instead of 200")));
    }
    // Allow one extra byte, so that `Document::parse` can report documents that are too large.
    let bytes = response
        .body_mut()
        .with_config()
        .limit(MAX_BYTES + 1)
        .read_to_vec()
        .map_err(failed)?;
    Document::parse(name, &bytes)
}

/// Returns a client for one URL. Plain `http` is allowed only for servers on localhost, and without redirects.
fn agent(uri: &Uri, name: &str, timeout: Duration) -> Result<ureq::Agent, Error> {
    // Trust the platform's certificate store, which includes corporate CAs and, where supported, `SSL_CERT_FILE`.
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .build();
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(timeout))
        .tls_config(tls)
        .http_status_as_error(false);
    match uri.scheme_str() {
        Some("https") => Ok(config
            .https_only(true)
            .max_redirects(MAX_REDIRECTS)
            .build()
            .into()),
        // A proxy couldn't reach the loopback interface of this host.
        Some("http") if is_loopback(uri) => Ok(config.max_redirects(0).proxy(None).build().into()),
        _ => Err(Error::new(
            name,
            "is not an https URL (plain http is allowed only for localhost)",
        )),
    }
}

fn is_loopback(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Returns the URL without the parts that may contain secrets: the user name, password and query.
fn without_secrets(uri: &Uri) -> String {
    let host = uri.authority().map_or("", |authority| authority.as_str());
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    format!("{}://{host}{}", uri.scheme_str().unwrap_or_default(), uri.path())
}
