//! Proxies: of the environment, except for loopback hosts, or of the builder; those that cannot be used are errors.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::thread;

use signalwire_room_tokens::{Client, ClientBuilder, Error, ErrorKind};
use signalwire_room_tokens_mock::Reply;

use crate::support::{builder, failure, in_time, mock};

/// In a process of its own, since the environment is shared by all threads.
#[test]
fn a_loopback_host_is_reached_without_a_proxy() {
    // Nothing listens there: whatever goes through it fails.
    let nowhere = "http://127.0.0.1:9";
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "request::body::a_room_name_alone_is_sent_alone"])
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
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
fn another_host_is_reached_through_the_proxy() {
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "client::proxies::asks_another_host", "--ignored"])
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
#[ignore = "run by `another_host_is_reached_through_the_proxy`, in a process of its own"]
async fn asks_another_host() {
    let client = Client::new("https://video.invalid", "p", "t").unwrap();
    let call = client.room_token("r").max_retries(0);
    assert_eq!(call.create().await.unwrap_err().kind(), ErrorKind::Connect);
}

/// Runs a test of this file in a separate process, with these variables alone to name a proxy.
#[track_caller]
fn passes_with(test: &str, variables: &[(&str, &OsStr)]) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", &format!("client::proxies::{test}"), "--ignored"])
        .env_remove("no_proxy")
        .env_remove("NO_PROXY");
    for name in ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env_remove(name);
    }
    let output = command.envs(variables.iter().copied()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{variables:?}: {said}"
    );
}

/// URLs that no request can go through, and what is said of them.
const UNUSABLE: [(&str, &str); 7] = [
    ("socks5://127.0.0.1:1080", "is neither `http` nor `https`"),
    ("ftp://127.0.0.1:21", "is neither `http` nor `https`"),
    ("http://", "is not a URL"),
    ("http://user:sentinel@", "is not a URL"),
    ("http://user:sentinel@proxy:port", "is not a URL"),
    ("://sentinel", "is not a URL"),
    ("not a sentinel proxy", "is not a URL"),
];

#[test]
fn an_unusable_proxy_of_the_environment_is_named_and_not_passed_over() {
    for (url, said) in UNUSABLE {
        let variables = [("HTTPS_PROXY", url.as_ref()), ("EXPECTED", said.as_ref())];
        passes_with("names_the_variable", &variables);
    }
    let next = [
        ("HTTPS_PROXY", "http://".as_ref()),
        ("ALL_PROXY", "http://127.0.0.1:9".as_ref()),
        ("EXPECTED", "is not a URL".as_ref()),
    ];
    passes_with("names_the_variable", &next);
}

#[cfg(unix)]
#[test]
fn a_proxy_of_the_environment_that_is_not_unicode_is_named() {
    use std::os::unix::ffi::OsStrExt as _;
    let value = OsStr::from_bytes(b"http://\xff:8080");
    let variables = [("HTTPS_PROXY", value), ("EXPECTED", "is not a URL".as_ref())];
    passes_with("names_the_variable", &variables);
}

#[test]
#[ignore = "run in a separate process, whose environment has a proxy that cannot be used"]
fn names_the_variable() {
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
    Client::new("http://127.0.0.1:1", "p", "t").expect("a loopback host needs no proxy");
}

#[test]
fn an_empty_variable_names_no_proxy() {
    let empty = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"].map(|name| (name, OsStr::new("")));
    passes_with("takes_the_environment", &empty);
}

#[test]
#[ignore = "run in a separate process"]
fn takes_the_environment() {
    Client::new("myspace", "p", "t").unwrap();
}

#[test]
fn an_unusable_proxy_of_the_builder_is_named() {
    for (url, said) in UNUSABLE.into_iter().chain([("", "is not a URL")]) {
        let builder = Client::builder()
            .space("s")
            .project_id("p")
            .api_token("t")
            .proxy(url);
        assert!(!format!("{builder:?}").contains("sentinel"));
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let text = error.to_string();
        assert!(text.contains(&format!("the proxy {said}")), "{url}: {text}");
        assert!(!format!("{text} {error:?}").contains("sentinel"), "{text}");
    }
}

fn through(proxy: &str) -> ClientBuilder {
    Client::builder()
        .space("https://video.invalid")
        .project_id("p")
        .api_token("t")
        .max_retries(0)
        .proxy(proxy)
}

/// Returns the error for a proxy that responds with this, and the request line and headers that the proxy gets.
async fn answered(by: &'static str, user_info: &str) -> (Error, Vec<String>) {
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = through(&format!("http://{user_info}{}", proxy.local_addr().unwrap()))
        .build()
        .unwrap();
    let proxy = thread::spawn(move || {
        let (mut connection, _) = proxy.accept().unwrap();
        let lines = BufReader::new(&connection).lines().map(Result::unwrap);
        let head: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
        connection.write_all(by.as_bytes()).unwrap();
        head
    });
    let error = in_time(client.room_token("r").create()).await.unwrap_err();
    (error, proxy.join().unwrap())
}

#[tokio::test]
async fn a_proxy_that_wants_credentials_is_named_as_that() {
    let answer = "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n";
    let (error, head) = answered(answer, "").await;
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
async fn credentials_of_a_proxy_go_to_it_and_nowhere_else() {
    let (error, head) = answered("HTTP/1.1 407 no\r\n\r\n", "me:p%40ss-sentinel@").await;
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
async fn a_proxy_that_refuses_is_told_from_the_host() {
    let (error, _) = answered("HTTP/1.1 503 Busy\r\n\r\n", "").await;
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(error.is_retryable());
    let said = "the proxy did not open a connection to the host";
    assert!(error.to_string().contains(said), "{error}");

    // Bound and not listening: nobody else gets the port.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let client = through(&socket.local_addr().unwrap().to_string())
        .build()
        .unwrap();
    let error = in_time(client.room_token("r").create()).await.unwrap_err();
    assert!(
        error.to_string().contains("the proxy cannot be reached"),
        "{error}"
    );
}

#[tokio::test]
async fn a_proxy_that_was_set_is_used_for_loopback_hosts_as_well() {
    let mock = mock().await;
    let client = builder(&mock)
        .proxy("http://127.0.0.1:9")
        .max_retries(0)
        .build()
        .unwrap();
    in_time(client.room_token("r").create()).await.unwrap_err();
    assert!(mock.requests().is_empty(), "nothing goes past the proxy");
}

#[tokio::test]
async fn a_407_within_the_connection_is_a_proxys_too() {
    let error = failure(Reply::status(407)).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Rejected, Some(407)));
    let text = error.to_string();
    assert!(text.contains("a proxy on the way to 127.0.0.1"), "{text}");
    assert!(error.public_message().contains("on our side"));
}

/// On Linux, this address leads to localhost as well, and is not a loopback address.
#[cfg(target_os = "linux")]
#[test]
fn a_host_that_no_proxy_lists_is_reached_directly() {
    use std::io::Read as _;

    let host = TcpListener::bind("127.0.0.1:0").unwrap();
    let space = format!("https://0.0.0.0:{}", host.local_addr().unwrap().port());
    let child = thread::spawn(move || {
        let variables = [
            ("HTTPS_PROXY", "http://127.0.0.1:9".as_ref()),
            ("NO_PROXY", "example.org,0.0.0.0".as_ref()),
            ("SPACE", space.as_ref()),
        ];
        passes_with("asks_a_host_that_hangs_up", &variables);
    });
    let (mut connection, _) = host.accept().unwrap();
    let mut first = [0];
    connection.read_exact(&mut first).unwrap();
    drop(connection);
    child.join().unwrap();
    assert_eq!(first, [0x16], "a TLS handshake, and not a request to a proxy");
}

#[cfg(target_os = "linux")]
#[tokio::test]
#[ignore = "run in a separate process"]
async fn asks_a_host_that_hangs_up() {
    let client = Client::new(std::env::var("SPACE").unwrap(), "p", "t").unwrap();
    let call = client.room_token("r").max_retries(0);
    assert_eq!(
        in_time(call.create()).await.unwrap_err().kind(),
        ErrorKind::Connect
    );
}
