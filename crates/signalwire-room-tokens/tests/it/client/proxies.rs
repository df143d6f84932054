//! Tests for proxies from the environment and the builder. Loopback hosts bypass proxies from the environment,
//! and unusable proxies are errors.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::thread;

use signalwire_room_tokens::{Client, ClientBuilder, Error, ErrorKind};
use signalwire_room_tokens_mock::Reply;

use crate::support::{builder, failure, mock, with_timeout};

/// Runs in a separate process because all threads share the environment.
#[test]
fn loopback_hosts_are_reached_without_a_proxy() {
    // Nothing listens on this port, so any request through this proxy fails.
    let nowhere = "http://127.0.0.1:9";
    let output = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "request::body::requests_with_only_a_room_name_have_no_other_fields",
        ])
        .envs(
            [
                "http_proxy",
                "HTTP_PROXY",
                "https_proxy",
                "HTTPS_PROXY",
                "all_proxy",
                "ALL_PROXY",
            ]
            .map(|name| (name, nowhere)),
        )
        .env_remove("no_proxy")
        .env_remove("NO_PROXY")
        .output()
        .unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && stdout.contains("1 passed"), "{stdout}");
}

#[test]
fn other_hosts_are_reached_through_the_proxy() {
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "client::proxies::call_another_host", "--ignored"])
        .env("HTTPS_PROXY", address)
        .env_remove("no_proxy")
        .env_remove("NO_PROXY")
        .spawn()
        .unwrap();
    let (mut connection, _) = proxy.accept().unwrap();
    let mut line = String::new();
    BufReader::new(&connection).read_line(&mut line).unwrap();
    connection
        .write_all(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n")
        .unwrap();
    drop(connection);
    assert_eq!(line.trim_end(), "CONNECT video.invalid:443 HTTP/1.1");
    assert!(child.wait_with_output().unwrap().status.success());
}

#[tokio::test]
#[ignore = "run by `other_hosts_are_reached_through_the_proxy`, in a separate process"]
async fn call_another_host() {
    let client = Client::new("https://video.invalid", "p", "t").unwrap();
    let call = client.room_token("r").max_retries(0);
    assert_eq!(call.create().await.unwrap_err().kind(), ErrorKind::Connect);
}

/// Runs a test from this file in a separate process. Only the proxy variables in `variables` are set.
#[track_caller]
fn assert_passes_with(test: &str, variables: &[(&str, &OsStr)]) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", &format!("client::proxies::{test}"), "--ignored"])
        .env_remove("no_proxy")
        .env_remove("NO_PROXY");
    for name in ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env_remove(name);
    }
    let output = command.envs(variables.iter().copied()).output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && stdout.contains("1 passed"),
        "{variables:?}: {stdout}"
    );
}

/// Unusable proxy URLs and the expected error messages.
const UNUSABLE: [(&str, &str); 7] = [
    (
        "socks5://127.0.0.1:1080",
        "has a scheme other than `http` or `https`",
    ),
    ("ftp://127.0.0.1:21", "has a scheme other than `http` or `https`"),
    ("http://", "is not a URL"),
    ("http://user:sentinel@", "is not a URL"),
    ("http://user:sentinel@proxy:port", "is not a URL"),
    ("://sentinel", "is not a URL"),
    ("not a sentinel proxy", "is not a URL"),
];

#[test]
fn unusable_proxies_in_the_environment_are_errors() {
    for (url, message) in UNUSABLE {
        let variables = [("HTTPS_PROXY", url.as_ref()), ("EXPECTED", message.as_ref())];
        assert_passes_with("expect_error_naming_the_variable", &variables);
    }
    let next = [
        ("HTTPS_PROXY", "http://".as_ref()),
        ("ALL_PROXY", "http://127.0.0.1:9".as_ref()),
        ("EXPECTED", "is not a URL".as_ref()),
    ];
    assert_passes_with("expect_error_naming_the_variable", &next);
}

#[cfg(unix)]
#[test]
fn non_unicode_proxies_in_the_environment_are_errors() {
    use std::os::unix::ffi::OsStrExt as _;
    let value = OsStr::from_bytes(b"http://\xff:8080");
    let variables = [("HTTPS_PROXY", value), ("EXPECTED", "is not a URL".as_ref())];
    assert_passes_with("expect_error_naming_the_variable", &variables);
}

#[test]
#[ignore = "run in a separate process with an unusable proxy in its environment"]
fn expect_error_naming_the_variable() {
    let error = Client::new("myspace", "p", "t").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    let text = error.to_string();
    let expected = std::env::var("EXPECTED").unwrap();
    assert!(
        text.contains("the proxy in `HTTPS_PROXY` ") && text.contains(&expected),
        "{text}"
    );
    assert!(text.contains("expected `http://HOST:PORT`"), "{text}");
    assert!(!format!("{text} {error:?}").contains("sentinel"), "{text}");
    Client::new("http://127.0.0.1:1", "p", "t").expect("loopback hosts should bypass the proxy");
}

#[test]
fn empty_proxy_variables_are_ignored() {
    let empty = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"].map(|name| (name, OsStr::new("")));
    assert_passes_with("expect_success", &empty);
}

#[test]
#[ignore = "run in a separate process"]
fn expect_success() {
    Client::new("myspace", "p", "t").unwrap();
}

#[test]
fn unusable_proxies_of_the_builder_are_errors() {
    for (url, message) in UNUSABLE.into_iter().chain([("", "is not a URL")]) {
        let builder = Client::builder()
            .space("s")
            .project_id("p")
            .api_token("t")
            .proxy(url);
        assert!(!format!("{builder:?}").contains("sentinel"));
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let text = error.to_string();
        assert!(text.contains(&format!("the proxy {message}")), "{url}: {text}");
        assert!(!format!("{text} {error:?}").contains("sentinel"), "{text}");
    }
}

fn builder_with_proxy(proxy: &str) -> ClientBuilder {
    Client::builder()
        .space("https://video.invalid")
        .project_id("p")
        .api_token("t")
        .max_retries(0)
        .proxy(proxy)
}

/// Makes a call through a proxy that returns `response`. Returns the error, and the request line and headers
/// received by the proxy.
async fn proxy_error(response: &'static str, user_info: &str) -> (Error, Vec<String>) {
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = builder_with_proxy(&format!("http://{user_info}{}", proxy.local_addr().unwrap()))
        .build()
        .unwrap();
    let proxy = thread::spawn(move || {
        let (mut connection, _) = proxy.accept().unwrap();
        let lines = BufReader::new(&connection).lines().map(Result::unwrap);
        let head: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
        connection.write_all(response.as_bytes()).unwrap();
        head
    });
    let error = with_timeout(client.room_token("r").create()).await.unwrap_err();
    (error, proxy.join().unwrap())
}

#[tokio::test]
async fn proxies_that_require_authentication_are_identified() {
    let response = "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n";
    let (error, head) = proxy_error(response, "").await;
    assert_eq!(head[0], "CONNECT video.invalid:443 HTTP/1.1");
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(
        !error.is_retryable(),
        "the same credentials would be rejected again"
    );
    let text = error.to_string();
    assert!(
        text.contains("cannot reach video.invalid: the proxy requires authentication (407)"),
        "{text}"
    );
}

#[tokio::test]
async fn proxy_credentials_are_sent_only_to_the_proxy() {
    let (error, head) = proxy_error("HTTP/1.1 407 no\r\n\r\n", "me:p%40ss-sentinel@").await;
    let sent = head
        .iter()
        .find_map(|line| line.strip_prefix("proxy-authorization: "));
    let sent = sent.or_else(|| {
        head.iter()
            .find_map(|line| line.strip_prefix("Proxy-Authorization: "))
    });
    assert_eq!(sent, Some("Basic bWU6cEBzcy1zZW50aW5lbA=="), "{head:?}");
    let all = format!("{error} {error:?} {error:#?}");
    assert!(!all.contains("sentinel") && !all.contains("bWU6"), "{all}");
}

#[tokio::test]
async fn proxy_failures_are_distinguished_from_host_failures() {
    let (error, _) = proxy_error("HTTP/1.1 503 Busy\r\n\r\n", "").await;
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(error.is_retryable());
    let expected = "the proxy did not open a connection to the host";
    assert!(error.to_string().contains(expected), "{error}");

    // A bound socket that isn't listening reserves the port and refuses connections.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let client = builder_with_proxy(&socket.local_addr().unwrap().to_string())
        .build()
        .unwrap();
    let error = with_timeout(client.room_token("r").create()).await.unwrap_err();
    assert!(
        error.to_string().contains("the proxy cannot be reached"),
        "{error}"
    );
}

#[tokio::test]
async fn an_explicit_proxy_is_used_for_loopback_hosts() {
    let mock = mock().await;
    let client = builder(&mock)
        .proxy("http://127.0.0.1:9")
        .max_retries(0)
        .build()
        .unwrap();
    with_timeout(client.room_token("r").create()).await.unwrap_err();
    assert!(mock.requests().is_empty(), "no request may bypass the proxy");
}

#[tokio::test]
async fn a_407_response_is_attributed_to_a_proxy() {
    let error = failure(Reply::status(407)).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Rejected, Some(407)));
    let text = error.to_string();
    assert!(text.contains("a proxy on the way to 127.0.0.1"), "{text}");
    assert!(error.public_message().contains("on our side"));
}

/// On Linux, connections to 0.0.0.0 reach localhost, although it isn't a loopback address.
#[cfg(target_os = "linux")]
#[test]
fn hosts_in_no_proxy_are_reached_directly() {
    use std::io::Read as _;

    let host = TcpListener::bind("127.0.0.1:0").unwrap();
    let space = format!("https://0.0.0.0:{}", host.local_addr().unwrap().port());
    let child = thread::spawn(move || {
        let variables = [
            ("HTTPS_PROXY", "http://127.0.0.1:9".as_ref()),
            ("NO_PROXY", "example.org,0.0.0.0".as_ref()),
            ("SPACE", space.as_ref()),
        ];
        assert_passes_with("call_a_host_that_closes_the_connection", &variables);
    });
    let (mut connection, _) = host.accept().unwrap();
    let mut first = [0];
    connection.read_exact(&mut first).unwrap();
    drop(connection);
    child.join().unwrap();
    assert_eq!(
        first,
        [0x16],
        "expected a TLS handshake instead of a proxy request"
    );
}

#[cfg(target_os = "linux")]
#[tokio::test]
#[ignore = "run in a separate process"]
async fn call_a_host_that_closes_the_connection() {
    let client = Client::new(std::env::var("SPACE").unwrap(), "p", "t").unwrap();
    let call = client.room_token("r").max_retries(0);
    assert_eq!(
        with_timeout(call.create()).await.unwrap_err().kind(),
        ErrorKind::Connect
    );
}
