//! Measures a lower bound with one connection, a prebuilt request, and just enough parsing to find the token
//! in the response. A usable client can't be this simple.

use std::cell::RefCell;

use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bench_support::Task;
use bench_support::side::{Side, run};
use bench_support::workload::{PATH, PERMISSIONS, ROOM_NAME, USER_NAME};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

struct Socket {
    /// The connection, borrowed by one call at a time.
    connection: RefCell<Connection>,
    request: Vec<u8>,
}

struct Connection {
    stream: TcpStream,
    response: Vec<u8>,
}

impl Side for Socket {
    async fn connect(task: &Task) -> Result<Self> {
        ensure!(task.in_flight == 1, "only one call at a time is supported");
        let host = task
            .base_url
            .strip_prefix("http://")
            .context("the base URL does not start with http://")?;
        let stream = TcpStream::connect(host).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            connection: RefCell::new(Connection {
                stream,
                response: Vec::with_capacity(4096),
            }),
            request: request(task, host),
        })
    }

    #[allow(clippy::await_holding_refcell_ref, reason = "calls are sequential")]
    async fn mint(&self) -> Result<usize> {
        let mut connection = self.connection.try_borrow_mut()?;
        connection.mint(&self.request).await
    }
}

impl Connection {
    async fn mint(&mut self, request: &[u8]) -> Result<usize> {
        self.stream.write_all(request).await?;
        self.response.clear();
        loop {
            let read = self.stream.read_buf(&mut self.response).await?;
            ensure!(read > 0, "the server closed the connection");
            if let Some(length) = token_length(&self.response) {
                return Ok(length);
            }
        }
    }
}

/// Returns the token length, or `None` if the response is incomplete.
fn token_length(response: &[u8]) -> Option<usize> {
    let body = response
        .strip_prefix(b"HTTP/1.1 200 OK\r\n")?
        .strip_suffix(b"\"}")?;
    let start = body.windows(10).rposition(|window| window == b"{\"token\":\"")?;
    Some(body.len() - start - 10)
}

fn request(task: &Task, host: &str) -> Vec<u8> {
    let credentials = STANDARD.encode(format!("{}:{}", task.project_id, task.api_token));
    let permissions = PERMISSIONS.join("\",\"");
    let body =
        format!(r#"{{"room_name":"{ROOM_NAME}","user_name":"{USER_NAME}","permissions":["{permissions}"]}}"#);
    format!(
        "POST {PATH} HTTP/1.1\r\nhost: {host}\r\nauthorization: Basic {credentials}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

fn main() -> Result<()> {
    run::<Socket>()
}
