//! Listeners with and without TLS.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Result;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::endpoint::Endpoint;

/// The listen backlog. It is large enough for 10,000 simultaneous connections.
const BACKLOG: u32 = 16 * 1024;

/// The protocol served on a port.
#[derive(Clone)]
pub(crate) enum Protocol {
    Plain,
    Tls(TlsAcceptor),
}

/// A self-signed certificate for the loopback address.
pub(crate) struct Tls {
    certificate: rcgen::CertifiedKey<rcgen::KeyPair>,
}

impl Tls {
    pub(crate) fn new() -> Result<Self> {
        let names = [Ipv4Addr::LOCALHOST.to_string()];
        Ok(Self {
            certificate: rcgen::generate_simple_self_signed(names)?,
        })
    }

    pub(crate) fn ca_pem(&self) -> String {
        self.certificate.cert.pem()
    }

    pub(crate) fn http1(&self) -> Result<Protocol> {
        self.acceptor(&["http/1.1"])
    }

    pub(crate) fn http2(&self) -> Result<Protocol> {
        self.acceptor(&["h2", "http/1.1"])
    }

    fn acceptor(&self, protocols: &[&str]) -> Result<Protocol> {
        let key = self.certificate.signing_key.serialize_der();
        let key = rustls::pki_types::PrivateKeyDer::try_from(key).map_err(anyhow::Error::msg)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![self.certificate.cert.der().clone()], key)?;
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        Ok(Protocol::Tls(Arc::new(config).into()))
    }
}

/// Starts serving on a free loopback port and returns the address.
pub(crate) async fn listen(protocol: Protocol, endpoint: &Arc<Endpoint>) -> Result<SocketAddr> {
    let socket = TcpSocket::new_v4()?;
    socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
    let listener = socket.listen(BACKLOG)?;
    let address = listener.local_addr()?;
    tokio::spawn(accept(listener, protocol, endpoint.clone()));
    Ok(address)
}

async fn accept(listener: TcpListener, protocol: Protocol, endpoint: Arc<Endpoint>) {
    loop {
        // The client disconnected before the connection was accepted. The client reports the failure.
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        endpoint.count_connection();
        tokio::spawn(serve(stream, protocol.clone(), endpoint.clone()));
    }
}

async fn serve(stream: TcpStream, protocol: Protocol, endpoint: Arc<Endpoint>) {
    if stream.set_nodelay(true).is_err() {
        return;
    }
    match protocol {
        Protocol::Plain => serve_http(stream, endpoint).await,
        Protocol::Tls(acceptor) => {
            if let Ok(stream) = acceptor.accept(stream).await {
                serve_http(stream, endpoint).await;
            }
        }
    }
}

async fn serve_http(stream: impl AsyncRead + AsyncWrite + Unpin + 'static, endpoint: Arc<Endpoint>) {
    let service = service_fn(|request| {
        let endpoint = endpoint.clone();
        async move { endpoint.respond(request).await }
    });
    let mut builder = auto::Builder::new(TokioExecutor::new());
    // The benchmarks send many concurrent requests over one connection.
    builder.http2().max_concurrent_streams(None);
    // The client also reports connection errors.
    let _ = builder.serve_connection(TokioIo::new(stream), service).await;
}
