//! Documents that are fetched by `https`: who is trusted, and where a redirect may lead.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::Output;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};

use rcgen::CertifiedKey;
use rustls::crypto::ring;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::support::{Said as _, Workspace, assert_success, root};

/// A server that answers each path with the text that follows its status line, once TLS lets it.
struct Server {
    /// Its scheme, host and port.
    origin: String,
    /// The certificate, which is its own authority.
    pem: String,
    /// The paths that were asked for.
    asked: Receiver<String>,
}

impl Server {
    fn start(host: &str, answer: impl Fn(&str) -> String + Send + 'static) -> Self {
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
        let (tell, asked) = mpsc::channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let connection = ServerConnection::new(config.clone()).unwrap();
                let mut stream = StreamOwned::new(connection, stream);
                // A client that does not trust the certificate asks for nothing.
                let Some(path) = path(&mut stream) else { continue };
                let answer = answer(&path);
                if tell.send(path).is_err() {
                    return;
                }
                let _ = stream.write_all(answer.as_bytes());
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        });
        Self {
            origin,
            pem: cert.pem(),
            asked,
        }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.try_iter().collect()
    }
}

/// The path of a request, once its head is read.
fn path(stream: &mut impl Read) -> Option<String> {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    let head: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
    Some(head.first()?.split(' ').nth(1)?.to_owned())
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{headers}Connection: close\r\n\r\n{body}")
}

fn facts() -> String {
    std::fs::read_to_string(root().join("spec/facts.yaml")).unwrap()
}

/// Imports where one certificate is trusted and no other.
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
fn a_document_is_fetched_from_whom_this_machine_trusts() {
    let server = Server::start("localhost", |_| answer("200 OK", "", &facts()));
    let workspace = Workspace::copy();
    let output = import(&workspace, &format!("{}/api.yaml", server.origin), &server.pem);
    assert_success(&output);
    assert_eq!(workspace.read("out.yaml"), facts());
    assert_eq!(server.asked(), ["/api.yaml"]);
}

#[test]
fn a_certificate_that_is_not_right_gives_no_document() {
    let stranger = Server::start("localhost", |_| answer("200 OK", "", &facts()));
    let known = Server::start("localhost", |_| answer("200 OK", "", &facts()));
    let other_host = Server::start("elsewhere.example", |_| answer("200 OK", "", &facts()));
    for (what, server, trusted) in [
        ("of a stranger", &stranger, &known.pem),
        ("of another host", &other_host, &other_host.pem),
    ] {
        let workspace = Workspace::copy();
        let output = import(&workspace, &format!("{}/api.yaml", server.origin), trusted);
        assert_eq!(output.code(), 2, "{what}: {}", output.stderr());
        let said = output.stderr();
        assert!(
            said.contains("cannot be fetched") && said.contains("certificate"),
            "{what}: {said}"
        );
        assert!(!workspace.path("out.yaml").exists(), "{what}");
        assert_eq!(server.asked(), [""; 0], "nothing is sent: {what}");
    }
}

#[test]
fn a_redirect_is_followed_from_https_to_https_alone() {
    let server = Server::start("localhost", |path| match path {
        "/moved.yaml" => answer("302 Found", "Location: /api.yaml\r\n", ""),
        "/plain.yaml" => answer("302 Found", "Location: http://localhost:1/api.yaml\r\n", ""),
        "/round.yaml" => answer("302 Found", "Location: /round.yaml\r\n", ""),
        _ => answer("200 OK", "", &facts()),
    });
    let workspace = Workspace::copy();
    let url = |path: &str| format!("{}{path}", server.origin);

    assert_success(&import(&workspace, &url("/moved.yaml"), &server.pem));
    assert_eq!(server.asked(), ["/moved.yaml", "/api.yaml"]);

    for path in ["/plain.yaml", "/round.yaml"] {
        let output = import(&workspace, &url(path), &server.pem);
        assert_eq!(output.code(), 2, "{path}");
        assert!(
            output.stderr().contains("cannot be fetched"),
            "{}",
            output.stderr()
        );
        let asked = server.asked();
        assert!(!asked.is_empty() && asked.len() <= 6, "{path}: {asked:?}");
    }
}
