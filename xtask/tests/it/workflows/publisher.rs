//! A local server that publishes a document.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use crate::support::root;

/// Returns the checked-in facts, which are a valid published document.
pub(super) fn facts() -> String {
    std::fs::read_to_string(root().join("spec/facts.yaml")).unwrap()
}

/// Returns the facts without one of their top-level members.
pub(super) fn without(member: &str) -> String {
    let mut is_in = false;
    let mut kept = String::new();
    for line in facts().lines() {
        if !line.starts_with([' ', '-']) {
            is_in = line == format!("{member}:");
        }
        if !is_in {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// A server that serves a single document.
pub(super) struct Publisher {
    url: String,
    response: Arc<Mutex<Option<String>>>,
}

impl Publisher {
    pub(super) fn of(document: String) -> Self {
        Self::responding_with("200 OK", document)
    }

    pub(super) fn responding_with(status: &str, body: String) -> Self {
        Self::serve(response(status, body.len(), &body))
    }

    /// Returns a server that announces the full length of the document but closes the connection after sending half of
    /// it.
    pub(super) fn truncating(document: &str) -> Self {
        let half = document.get(..document.len() / 2).unwrap();
        Self::serve(response("200 OK", document.len(), half))
    }

    fn serve(text: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/openapi.yaml", listener.local_addr().unwrap());
        let response = Arc::new(Mutex::new(Some(text)));
        let current = response.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let text = current.lock().unwrap().clone();
                match (stream, text) {
                    (Ok(stream), Some(text)) => reply(stream, &text),
                    _ => return,
                }
            }
        });
        Self { url, response }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) fn publish(&self, document: String) {
        *self.response.lock().unwrap() = Some(response("200 OK", document.len(), &document));
    }

    /// Stops listening.
    pub(super) fn close(&self) {
        *self.response.lock().unwrap() = None;
        let address = self
            .url
            .trim_start_matches("http://")
            .trim_end_matches("/openapi.yaml");
        // The server stops when it accepts the next connection.
        drop(TcpStream::connect(address));
    }
}

fn response(status: &str, length: usize, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}

fn reply(mut stream: TcpStream, text: &str) {
    let head = BufReader::new(&stream).lines().map_while(Result::ok);
    head.take_while(|line| !line.is_empty()).for_each(drop);
    // The client may already have closed the connection.
    let _ = stream.write_all(text.as_bytes());
}
