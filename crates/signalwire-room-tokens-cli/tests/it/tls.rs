//! TLS, with an authority of the test's own. Only where a variable says which authorities are trusted.

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

use crate::support::{Account, Ran, file};

/// An account whose service is reached by TLS only, as `localhost`.
struct Secured {
    account: Account,
    port: u16,
    /// The certificate, which is its own authority.
    pem: String,
    /// Ends the front with the test.
    _runtime: tokio::runtime::Runtime,
}

impl Secured {
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

    /// Runs the program where this certificate is the only one that is trusted.
    fn run_trusting(&self, pem: &str, args: &[&str]) -> Ran {
        let trusted = file(pem);
        self.command(args)
            .env("SSL_CERT_FILE", trusted.path())
            .output()
            .unwrap()
            .into()
    }
}

/// Hands what comes by TLS on to the mock. A client that does not like the certificate leaves.
async fn serve(listener: TcpListener, acceptor: TlsAcceptor, mock: SocketAddr) {
    while let Ok((stream, _)) = listener.accept().await {
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            let mut stream = acceptor.accept(stream).await?;
            copy_bidirectional(&mut stream, &mut TcpStream::connect(mock).await?).await
        });
    }
}

fn state(ran: &Ran, name: &str) -> String {
    let report = ran.json();
    let checks = report["checks"].as_array().unwrap();
    let check = checks.iter().find(|check| check["name"] == name).unwrap();
    check["state"].as_str().unwrap().to_owned()
}

#[test]
fn a_trusted_certificate_is_well() {
    let service = Secured::new();
    let ran = service.run_trusting(&service.pem, &["create", "standup"]);
    assert!(service.account.verify(ran.line()).is_some());
    let ran = service.run_trusting(&service.pem, &["doctor", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for name in ["dns", "connection", "tls", "credentials"] {
        assert_eq!(state(&ran, name), "ok", "{ran:?}");
    }
}

#[test]
fn another_certificate_is_5_and_nothing_is_sent() {
    let service = Secured::new();
    let other = Secured::new();
    service
        .run_trusting(&other.pem, &["create", "standup"])
        .failed(5, &["certificate"]);
    let ran = service.run_trusting(&other.pem, &["doctor", "--json"]);
    assert_eq!(ran.code, 5);
    assert_eq!(state(&ran, "connection"), "ok");
    assert_eq!(state(&ran, "tls"), "failed");
    service.account.is_untouched();
}
