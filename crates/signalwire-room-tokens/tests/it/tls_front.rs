//! A TLS proxy for the mock server, with its own certificate authority. It passes HTTP/1.1 through and
//! translates HTTP/2 to HTTP/1.1.

use std::error::Error as StdError;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use hyper::body::Incoming;
use hyper::header::{HOST, HeaderValue};
use hyper::service::service_fn;
use hyper::{Request, Response, Uri, Version};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use signalwire_room_tokens::{Client, ClientBuilder};
use signalwire_room_tokens_mock::MockServer;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::server::TlsStream;

/// A certificate authority that only the tests trust.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "Test CA");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self {
            issuer: Issuer::new(params, key),
            pem,
        }
    }

    pub(crate) fn pem(&self) -> &str {
        &self.pem
    }

    /// Returns a server configuration with a certificate for `host` and the given ALPN protocols. `change`
    /// can modify the certificate.
    pub(crate) fn server(
        &self,
        host: &str,
        protocols: &[&str],
        change: impl FnOnce(&mut CertificateParams),
    ) -> ServerConfig {
        let mut params = CertificateParams::new([host.to_owned()]).unwrap();
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap();
        config.alpn_protocols = protocols
            .iter()
            .map(|protocol| protocol.as_bytes().to_vec())
            .collect();
        config
    }
}

/// A mock server behind a TLS proxy.
pub(crate) struct TlsFront {
    pub(crate) mock: MockServer,
    address: SocketAddr,
    seen: Arc<Seen>,
}

/// Statistics about accepted connections.
#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    protocols: Mutex<Vec<String>>,
}

impl TlsFront {
    /// Starts a proxy that runs until the runtime shuts down.
    pub(crate) async fn start(mock: MockServer, config: ServerConfig) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::<Seen>::default();
        let front = Self {
            seen: seen.clone(),
            address,
            mock,
        };
        let (acceptor, mock) = (TlsAcceptor::from(Arc::new(config)), front.mock.addr());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                seen.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, acceptor.clone(), mock, seen.clone()));
            }
        });
        front
    }

    /// Returns a client builder that connects to the proxy as `localhost` and trusts the given authority.
    pub(crate) fn builder(&self, authority: &Authority) -> ClientBuilder {
        Client::builder()
            .space(format!("https://localhost:{}", self.address.port()))
            .project_id(self.mock.project_id())
            .api_token(self.mock.api_token())
            .root_certificates_pem(authority.pem())
    }

    pub(crate) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// Returns the negotiated protocol of each completed handshake.
    pub(crate) fn protocols(&self) -> Vec<String> {
        self.seen.protocols.lock().unwrap().clone()
    }
}

/// Serves one connection. Returns an error if the handshake fails.
async fn serve(
    stream: TcpStream,
    acceptor: TlsAcceptor,
    mock: SocketAddr,
    seen: Arc<Seen>,
) -> io::Result<()> {
    let mut stream = acceptor.accept(stream).await?;
    let protocol = stream.get_ref().1.alpn_protocol().unwrap_or_default().to_vec();
    let protocol = String::from_utf8_lossy(&protocol).into_owned();
    seen.protocols.lock().unwrap().push(protocol.clone());
    if protocol == "h2" {
        return over_http2(stream, mock).await;
    }
    copy_bidirectional(&mut stream, &mut TcpStream::connect(mock).await?).await?;
    Ok(())
}

async fn over_http2(stream: TlsStream<TcpStream>, mock: SocketAddr) -> io::Result<()> {
    hyper::server::conn::http2::Builder::new(TokioExecutor::new())
        .serve_connection(TokioIo::new(stream), service_fn(|request| forward(request, mock)))
        .await
        .map_err(io::Error::other)
}

/// Forwards a request to the mock server over HTTP/1.1. Errors reset the HTTP/2 stream.
async fn forward(
    mut request: Request<Incoming>,
    mock: SocketAddr,
) -> Result<Response<Incoming>, Box<dyn StdError + Send + Sync>> {
    let stream = TokioIo::new(TcpStream::connect(mock).await?);
    let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await?;
    tokio::spawn(connection);
    *request.version_mut() = Version::HTTP_11;
    *request.uri_mut() = Uri::try_from(request.uri().path())?;
    request
        .headers_mut()
        .insert(HOST, HeaderValue::from_static("localhost"));
    Ok(sender.send_request(request).await?)
}
