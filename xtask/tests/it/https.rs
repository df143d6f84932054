//! Documents fetched over `https`: trusted certificates and redirects.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::Output;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};

use rcgen::CertifiedKey;
use rustls::crypto::ring;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::support::{OutputExt as _, Workspace, assert_success, root};

/// A TLS server that responds to each path with a fixed status line, headers and body.
struct Server {
    /// The scheme, host and port.
    origin: String,
    /// The self-signed certificate, in PEM format.
    pem: String,
    /// The paths that were requested.
    requests: Receiver<String>,
}

impl Server {
    fn start(host: &str, respond: impl Fn(&str) -> String + Send + 'static) -> Self {
        let CertifiedKey { cert, signing_key } =
            rcgen::generate_simple_self_signed([host.to_owned()]).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .unwrap();
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        let (sender, requests) = mpsc::channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let connection = ServerConnection::new(config.clone()).unwrap();
                let mut stream = StreamOwned::new(connection, stream);
                // A client that doesn't trust the certificate doesn't send a request.
                let Some(path) = path(&mut stream) else { continue };
                let response = respond(&path);
                if sender.send(path).is_err() {
                    return;
                }
                let _ = stream.write_all(response.as_bytes());
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        });
        Self {
            origin,
            pem: cert.pem(),
            requests,
        }
    }

    fn requests(&self) -> Vec<String> {
        self.requests.try_iter().collect()
    }
}

/// Reads a request head and returns the path.
fn path(stream: &mut impl Read) -> Option<String> {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    let head: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
    Some(head.first()?.split(' ').nth(1)?.to_owned())
}

fn response(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{headers}Connection: close\r\n\r\n{body}")
}

fn facts() -> String {
    std::fs::read_to_string(root().join("spec/facts.yaml")).unwrap()
}

/// Imports a document while trusting only the given certificate.
fn import(workspace: &Workspace, url: &str, trusted: &str) -> Output {
    workspace.write("trusted.pem", trusted);
    let mut command = workspace.xtask_command(["import", "--from", url, "--output", "out.yaml"]);
    command
        .env("SSL_CERT_FILE", workspace.path("trusted.pem"))
        .env_remove("SSL_CERT_DIR")
        .env("NO_PROXY", "localhost");
    command.output().unwrap()
}

#[test]
fn documents_are_fetched_with_trusted_certificates() {
    let server = Server::start("localhost", |_| response("200 OK", "", &facts()));
    let workspace = Workspace::copy();
    let output = import(&workspace, &format!("{}/api.yaml", server.origin), &server.pem);
    assert_success(&output);
    assert_eq!(workspace.read("out.yaml"), facts());
    assert_eq!(server.requests(), ["/api.yaml"]);
}

#[test]
fn invalid_certificates_are_rejected() {
    let stranger = Server::start("localhost", |_| response("200 OK", "", &facts()));
    let known = Server::start("localhost", |_| response("200 OK", "", &facts()));
    let other_host = Server::start("elsewhere.example", |_| response("200 OK", "", &facts()));
    for (what, server, trusted) in [
        ("unknown certificate", &stranger, &known.pem),
        ("certificate for another host", &other_host, &other_host.pem),
    ] {
        let workspace = Workspace::copy();
        let output = import(&workspace, &format!("{}/api.yaml", server.origin), trusted);
        assert_eq!(output.code(), 2, "{what}: {}", output.stderr());
        let said = output.stderr();
        assert!(
            said.contains("failed to fetch") && said.contains("certificate"),
            "{what}: {said}"
        );
        assert!(!workspace.path("out.yaml").exists(), "{what}");
        assert_eq!(server.requests(), [""; 0], "unexpected request: {what}");
    }
}

#[test]
fn redirects_are_followed_only_from_https_to_https() {
    let server = Server::start("localhost", |path| match path {
        "/moved.yaml" => response("302 Found", "Location: /api.yaml\r\n", ""),
        "/plain.yaml" => response("302 Found", "Location: http://localhost:1/api.yaml\r\n", ""),
        "/round.yaml" => response("302 Found", "Location: /round.yaml\r\n", ""),
        _ => response("200 OK", "", &facts()),
    });
    let workspace = Workspace::copy();
    let url = |path: &str| format!("{}{path}", server.origin);

    assert_success(&import(&workspace, &url("/moved.yaml"), &server.pem));
    assert_eq!(server.requests(), ["/moved.yaml", "/api.yaml"]);

    for path in ["/plain.yaml", "/round.yaml"] {
        let output = import(&workspace, &url(path), &server.pem);
        assert_eq!(output.code(), 2, "{path}");
        assert!(output.stderr().contains("failed to fetch"), "{}", output.stderr());
        let requests = server.requests();
        assert!(
            !requests.is_empty() && requests.len() <= 6,
            "{path}: {requests:?}"
        );
    }
}
