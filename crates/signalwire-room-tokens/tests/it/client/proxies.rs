//! Proxies in the environment do not come between a program and this machine.

use std::process::Command;

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
