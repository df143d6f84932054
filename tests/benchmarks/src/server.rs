//! The server used by all clients. It runs in a separate process so that its cost isn't attributed to the
//! client.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context as _, Result};
use bench_support::{Addresses, Served, Task};
use tempfile::NamedTempFile;

/// The protocol between the client and the server.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    Http1,
    TlsHttp1,
    TlsHttp2,
}

impl Protocol {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Http1 => "HTTP/1.1",
            Self::TlsHttp1 => "HTTP/1.1, TLS",
            Self::TlsHttp2 => "HTTP/2, TLS",
        }
    }
}

/// A running server.
pub(crate) struct Server {
    process: Child,
    stdout: BufReader<ChildStdout>,
    addresses: Addresses,
    ca_file: NamedTempFile,
}

impl Server {
    /// Starts the server. After the first request, it delays responses until `gate` requests are waiting.
    pub(crate) fn start(program: &Path, gate: usize) -> Result<Self> {
        let mut process = Command::new(program)
            .arg(gate.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut stdout = BufReader::new(
            process
                .stdout
                .take()
                .context("the server's standard output is not piped")?,
        );
        let mut line = String::new();
        stdout.read_line(&mut line)?;
        let addresses: Addresses =
            serde_json::from_str(&line).context("the server did not print its addresses as JSON")?;
        let mut ca_file = NamedTempFile::new()?;
        ca_file.write_all(addresses.ca_pem.as_bytes())?;
        Ok(Self {
            process,
            stdout,
            addresses,
            ca_file,
        })
    }

    /// Returns a task that sends sequential requests to this server without a warm-up.
    pub(crate) fn task(&self, protocol: Protocol, tokens: usize) -> Task {
        let base_url = match protocol {
            Protocol::Http1 => &self.addresses.http1,
            Protocol::TlsHttp1 => &self.addresses.tls_http1,
            Protocol::TlsHttp2 => &self.addresses.tls_http2,
        };
        Task {
            base_url: base_url.clone(),
            project_id: self.addresses.project_id.clone(),
            api_token: self.addresses.api_token.clone(),
            ca_file: self.ca_file.path().to_owned(),
            warm_up: 0,
            tokens,
            in_flight: 1,
            batch: false,
            latencies: false,
        }
    }

    /// Stops the server and returns its statistics.
    pub(crate) fn stop(mut self) -> Result<Served> {
        drop(self.process.stdin.take());
        let mut line = String::new();
        self.stdout.read_line(&mut line)?;
        self.process.wait()?;
        serde_json::from_str(&line).context("the server did not print its statistics as JSON")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Stops the server after an error. Has no effect after `stop`.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
