//! Tests for TLS with a self-signed certificate. Linux only, because they set the trusted root certificates with
//! `SSL_CERT_FILE`.

use std::net::SocketAddr;
use std::process::Command;
use std::sync::Arc;

use rcgen::CertifiedKey;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::support::{Account, RunOutput, file};

/// An account whose service is reachable only over TLS, at `localhost`.
struct TlsAccount {
    account: Account,
    port: u16,
    /// The self-signed certificate, PEM-encoded.
    pem: String,
    /// Runs the TLS proxy until dropped.
    _runtime: tokio::runtime::Runtime,
}

impl TlsAccount {
    fn new() -> Self {
        let account = Account::new();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let CertifiedKey { cert, signing_key } =
            rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let port = listener.local_addr().unwrap().port();
        runtime.spawn(serve(
            listener,
            TlsAcceptor::from(Arc::new(config)),
            account.addr(),
        ));
        Self {
            account,
            port,
            pem: cert.pem(),
            _runtime: runtime,
        }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.account.command(args);
        command.env("SIGNALWIRE_SPACE", format!("https://localhost:{}", self.port));
        command
    }

    /// Runs the program trusting only the given certificate.
    fn run_trusting(&self, pem: &str, args: &[&str]) -> RunOutput {
        let trusted = file(pem);
        self.command(args)
            .env("SSL_CERT_FILE", trusted.path())
            .output()
            .unwrap()
            .into()
    }
}

/// Accepts TLS connections and forwards them to the mock server.
async fn serve(listener: TcpListener, acceptor: TlsAcceptor, mock: SocketAddr) {
    while let Ok((stream, _)) = listener.accept().await {
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            let mut stream = acceptor.accept(stream).await?;
            copy_bidirectional(&mut stream, &mut TcpStream::connect(mock).await?).await
        });
    }
}

fn state(ran: &RunOutput, name: &str) -> String {
    let report = ran.json();
    let checks = report["checks"].as_array().unwrap();
    let check = checks.iter().find(|check| check["name"] == name).unwrap();
    check["state"].as_str().unwrap().to_owned()
}

#[test]
fn trusted_certificate_is_accepted() {
    let service = TlsAccount::new();
    let ran = service.run_trusting(&service.pem, &["create", "standup"]);
    assert!(service.account.verify(ran.line()).is_some());
    let ran = service.run_trusting(&service.pem, &["doctor", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for name in ["dns", "connection", "tls", "credentials"] {
        assert_eq!(state(&ran, name), "ok", "{ran:?}");
    }
}

#[test]
fn untrusted_certificate_exits_with_5_and_sends_nothing() {
    let service = TlsAccount::new();
    let other = TlsAccount::new();
    service
        .run_trusting(&other.pem, &["create", "standup"])
        .assert_failed(5, &["certificate"]);
    let ran = service.run_trusting(&other.pem, &["doctor", "--json"]);
    assert_eq!(ran.code, 5);
    assert_eq!(state(&ran, "connection"), "ok");
    assert_eq!(state(&ran, "tls"), "failed");
    service.account.assert_no_requests();
}
