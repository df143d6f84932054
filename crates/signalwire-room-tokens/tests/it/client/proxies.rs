//! Proxies in the environment lead to other hosts, and do not come between a program and this machine.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::process::Command;

use signalwire_room_tokens::{Client, ErrorKind};

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
