//! Listeners: plain, and with TLS.

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

use crate::answer::Endpoint;

/// Connections that may wait to be taken: 10,000 clients come at once.
const BACKLOG: u32 = 16 * 1024;

/// What is spoken on a port.
#[derive(Clone)]
pub(crate) enum Protocol {
    Plain,
    Tls(TlsAcceptor),
}

/// A certificate for the loopback address, signed by itself.
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

/// Serves on a free loopback port, from now on.
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
        // A client that has gone before it was taken; the benchmark would show that it failed.
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
        Protocol::Plain => converse(stream, endpoint).await,
        Protocol::Tls(acceptor) => {
            if let Ok(stream) = acceptor.accept(stream).await {
                converse(stream, endpoint).await;
            }
        }
    }
}

async fn converse(stream: impl AsyncRead + AsyncWrite + Unpin + 'static, endpoint: Arc<Endpoint>) {
    let service = service_fn(|request| {
        let endpoint = endpoint.clone();
        async move { endpoint.answer(request).await }
    });
    let mut builder = auto::Builder::new(TokioExecutor::new());
    // How many may be under way on a connection is what is measured.
    builder.http2().max_concurrent_streams(None);
    // How a conversation ends is the client's business.
    let _ = builder.serve_connection(TokioIo::new(stream), service).await;
}
