//! TLS: a certificate that is not trusted is an error at once, one that is told to be trusted is taken.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use signalwire_room_tokens::{Client, Error, ErrorKind, RoomToken};

use crate::support::in_time;

/// A server with a certificate of its own that answers every request with a token.
struct TlsServer {
    port: u16,
    certificate_pem: String,
    connections: Arc<AtomicUsize>,
}

/// Serves with a certificate for this name until the test process ends.
fn serve(certificate_name: &str) -> TlsServer {
    let certified = rcgen::generate_simple_self_signed([certificate_name.to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(certified.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = TlsServer {
        port: listener.local_addr().unwrap().port(),
        certificate_pem: certified.cert.pem(),
        connections: Arc::default(),
    };
    let (config, connections) = (Arc::new(config), server.connections.clone());
    thread::spawn(move || {
        for stream in listener.incoming() {
            connections.fetch_add(1, Ordering::SeqCst);
            let connection = ServerConnection::new(config.clone()).unwrap();
            // A client that does not like the certificate leaves: nothing to answer then.
            let _ = answer(StreamOwned::new(connection, stream.unwrap()));
        }
    });
    server
}

fn answer(mut stream: StreamOwned<ServerConnection, std::net::TcpStream>) -> std::io::Result<()> {
    let mut lines = BufReader::new(&mut stream).lines();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let body = r#"{"token":"over TLS"}"#;
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )?;
    stream.conn.send_close_notify();
    stream.flush()
}

async fn call(server: &TlsServer, trusted_pem: Option<&str>) -> Result<RoomToken, Error> {
    let mut builder = Client::builder()
        .space(format!("https://localhost:{}", server.port))
        .project_id("project")
        .api_token("token");
    if let Some(pem) = trusted_pem {
        builder = builder.root_certificates_pem(pem);
    }
    in_time(builder.build().unwrap().room_token("r").create()).await
}

#[tokio::test]
async fn a_certificate_that_is_told_to_be_trusted_is_taken() {
    let server = serve("localhost");
    let token = call(&server, Some(&server.certificate_pem)).await.unwrap();
    assert_eq!(token.expose(), "over TLS");
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_never_tried_again() {
    let unknown = serve("localhost");
    let other_name = serve("other.example");
    for (server, trusted) in [
        (&unknown, None),
        (&other_name, Some(other_name.certificate_pem.as_str())),
    ] {
        let error = call(server, trusted).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect);
        assert_eq!(error.attempts(), 1);
        assert!(!error.is_retryable());
        assert!(error.to_string().contains("certificate"), "{error}");
        assert_eq!(server.connections.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn the_process_wide_provider_is_left_alone() {
    let server = serve("localhost");
    call(&server, Some(&server.certificate_pem)).await.unwrap();
    assert!(rustls::crypto::CryptoProvider::get_default().is_none());
}
