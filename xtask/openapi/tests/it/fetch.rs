//! URLs: documents are fetched from a local server, or the URL is rejected before a request is sent.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use xtask_openapi::document::MAX_BYTES;
use xtask_openapi::{Document, Error, open, open_within};

use crate::support::parts;

const BODY: &str = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";

/// Starts a server that calls `respond` after reading the head of each request, and returns its URL.
fn serve(respond: impl Fn(&mut TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api.yaml", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let head = BufReader::new(&stream).lines().map_while(Result::ok);
            head.take_while(|line| !line.is_empty()).for_each(drop);
            respond(&mut stream);
        }
    });
    url
}

/// Opens a document from a server that writes the given bytes and then closes the connection.
fn open_response(response: String) -> Result<Document, Error> {
    open(&serve(move |stream| {
        // The client may already have closed the connection.
        let _ = stream.write_all(response.as_bytes());
    }))
}

fn response(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{headers}Connection: close\r\n\r\n{body}")
}

#[test]
fn a_document_is_fetched_and_named_after_its_url() {
    let url = serve(|stream| {
        let _ = stream.write_all(response("200 OK", "Content-Type: text/plain\r\n", BODY).as_bytes());
    });
    let document = open(&url).unwrap();
    assert_eq!(document.name(), url);
    assert_eq!(document.value()["openapi"], "3.1.0");
    let with_query = open(&format!("{url}?token=secret")).unwrap();
    assert_eq!(with_query.name(), url);
}

#[test]
fn other_statuses_are_rejected() {
    for status in [
        "404 Not Found",
        "500 Oops",
        "204 No Content",
        "203 Changed",
        "304 Not Modified",
    ] {
        let body = if status.starts_with('2') && status != "203 Changed" {
            ""
        } else {
            BODY
        };
        let (_, message) = parts(open_response(response(status, "", body)));
        let code = status.split(' ').next().unwrap();
        assert!(
            message.contains(code) && message.contains("instead of 200"),
            "{message}"
        );
    }
}

#[test]
fn redirects_from_localhost_are_not_followed() {
    let target = serve(|stream| {
        let _ = stream.write_all(response("200 OK", "", BODY).as_bytes());
    });
    for status in ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"] {
        let (_, message) = parts(open_response(response(
            status,
            &format!("Location: {target}\r\n"),
            "",
        )));
        assert!(message.contains("instead of 200"), "{message}");
    }
}

#[test]
fn an_html_response_is_rejected() {
    let page = "<!DOCTYPE html>\n<html><body>Sign in: now</body></html>\n";
    for page in [page.to_owned(), format!("\u{feff}{page}")] {
        let (_, message) = parts(open_response(response("200 OK", "", &page)));
        assert_eq!(message, "is an HTML or XML page, not an OpenAPI document");
    }
}

#[test]
fn truncated_responses_are_rejected() {
    let whole = response("200 OK", "", BODY);
    let cut = whole.strip_suffix("info: {title: T, version: '1'}\n").unwrap();
    let (_, message) = parts(open_response(cut.to_owned()));
    assert!(message.starts_with("failed to fetch: "), "{message}");
    let chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nf\r\nopenapi: 3.1.0\n\r\n";
    let (_, message) = parts(open_response(chunks.to_owned()));
    assert!(message.starts_with("failed to fetch: "), "{message}");
    let (_, message) = parts(open_response(String::new()));
    assert!(message.starts_with("failed to fetch: "), "{message}");
    let (_, message) = parts(open_response(response("200 OK", "", "")));
    assert!(message.contains("is not an OpenAPI document"), "{message}");
}

#[test]
fn too_large_responses_are_not_read_completely() {
    let url = serve(|stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        let lines = vec![b'\n'; 1 << 20];
        // Write until the client closes the connection. Without a size limit, it never would.
        while stream.write_all(&lines).is_ok() {}
    });
    let (_, message) = parts(open(&url));
    assert!(
        message.contains("limit") || message.contains("larger than"),
        "{message}"
    );
    assert_eq!(MAX_BYTES, 64 << 20);
}

#[test]
fn a_server_that_never_responds_causes_a_timeout() {
    let url = serve(|_| {
        loop {
            thread::park();
        }
    });
    let (_, message) = parts(open_within(&url, Duration::from_millis(100)));
    assert!(message.contains("timeout"), "{message}");
}

#[test]
fn unreachable_servers_are_errors() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    assert!(parts(open(&url)).1.starts_with("failed to fetch: "));
}

#[test]
fn plain_http_is_allowed_only_for_localhost() {
    for url in [
        "http://example.com/api.yaml",
        "http://127.0.0.1.example.com/",
        "http://10.0.0.1/",
        "http://0.0.0.0/",
        "ftp://127.0.0.1/",
    ] {
        let error = open(url).unwrap_err();
        assert_eq!(error.source_name, url);
        assert!(error.message.starts_with("is not an https URL"), "{error}");
    }
    assert!(parts(open("file:///api.yaml")).1.starts_with("is not valid"));
}

#[test]
fn secrets_in_urls_are_not_printed() {
    for url in [
        "https://me:secret@example.com/a?b=secret",
        "http://secret@127.0.0.1:1/",
    ] {
        let error = open(url).unwrap_err();
        assert!(error.message.contains("contains a user name"), "{error}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
    for url in [
        "http://127.0.0.1:bad/?secret",
        "https://[secret/",
        "https://?secret",
    ] {
        let error = open(url).unwrap_err();
        assert!(!error.to_string().contains("secret"), "{error}");
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/?token=secret", listener.local_addr().unwrap());
    drop(listener);
    assert!(!open(&url).unwrap_err().to_string().contains("secret"));
}
