//! Documents from the network or a file: bounded in size and time, encrypted unless from this machine itself.

use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use ureq::http::{Uri, header};
use ureq::tls::{RootCerts, TlsConfig};

use crate::document::MAX_BYTES;
use crate::{Document, Error};

/// How long a download may take, from looking up the host to the last byte.
const TIMEOUT: Duration = Duration::from_secs(30);

/// How many redirects are followed, all to `https`.
const MAX_REDIRECTS: u32 = 5;

/// Reads a document from a URL or a file, and makes sure that it is an OpenAPI document that can be read.
///
/// # Errors
/// If it cannot be fetched or read, is too large, cut short, no OpenAPI document, or of an unknown version.
pub fn open(source: &str) -> Result<Document, Error> {
    open_within(source, TIMEOUT)
}

/// The same as [`open`], with a time-out other than 30 seconds for what comes from a URL.
///
/// # Errors
/// As [`open`].
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
    let failed = |error: ureq::Error| Error::new(&name, format!("cannot be fetched: {error}"));
    if uri
        .authority()
        .is_some_and(|authority| authority.as_str().contains('@'))
    {
        return Err(Error::new(
            &name,
            "has a user name or a password in it: leave them out",
        ));
    }
    let mut response = agent(&uri, &name, timeout)?.get(uri).call().map_err(failed)?;
    if response.status() != 200 {
        return Err(Error::new(
            &name,
            format!("answered {}, not 200", response.status()),
        ));
    }
    let content_type = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if content_type.is_some_and(|value| value.trim_start().to_ascii_lowercase().starts_with("text/html")) {
        return Err(Error::new(
            &name,
            "is an HTML or XML page, not an OpenAPI document",
        ));
    }
    // One byte more than allowed, so that a document of exactly the limit passes and a longer one is named.
    let bytes = response
        .body_mut()
        .with_config()
        .limit(MAX_BYTES + 1)
        .read_to_vec()
        .map_err(failed)?;
    Document::parse(name, &bytes)
}

/// A client for one URL. Plain `http` is for servers on this machine, which may not send us elsewhere.
fn agent(uri: &Uri, name: &str, timeout: Duration) -> Result<ureq::Agent, Error> {
    // Whom this machine trusts: a company's own authority, and what `SSL_CERT_FILE` names where that is the custom.
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
        // No proxy either: it could not reach this machine.
        Some("http") if is_loopback(uri) => Ok(config.max_redirects(0).proxy(None).build().into()),
        _ => Err(Error::new(
            name,
            "must be an https URL (plain http only on this machine itself)",
        )),
    }
}

fn is_loopback(uri: &Uri) -> bool {
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The URL without the parts that may hold a secret: user, password, query.
fn without_secrets(uri: &Uri) -> String {
    let host = uri.authority().map_or("", |authority| authority.as_str());
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    format!("{}://{host}{}", uri.scheme_str().unwrap_or_default(), uri.path())
}
