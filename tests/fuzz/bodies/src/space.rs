//! Fuzzes `Space` parsing with arbitrary text.

use std::net::IpAddr;

use signalwire_room_tokens::{ParseSpaceError, Space};

/// Parses the input as a `Space`.
pub fn space(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    match text.parse::<Space>() {
        Ok(space) => {
            assert_one_host(&space);
            assert_host_from_input(&space, text);
            // The base URL of a very long name exceeds the length limit for parsing, but no such host can
            // exist.
            match space.base_url().parse::<Space>() {
                Ok(again) => assert_eq!(again, space),
                Err(error) => assert_eq!(
                    (error, space.base_url().len() > 300),
                    (ParseSpaceError::TooLong, true)
                ),
            }
        }
        Err(error) => {
            // The messages are constants, so they can't contain parts of the input.
            let message = error.to_string();
            assert!(message.len() < 250, "{message}");
            assert!(
                message.ends_with("or `https://myspace.signalwire.com`"),
                "{message}"
            );
        }
    }
}

/// Returns the host without its port.
fn name(space: &Space) -> &str {
    let host = space.host();
    match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => name,
        _ => host,
    }
}

fn address(space: &Space) -> Option<IpAddr> {
    name(space).trim_matches(['[', ']']).parse().ok()
}

/// Asserts that the base URL consists of an allowed scheme and a single valid host.
fn assert_one_host(space: &Space) {
    let (scheme, host) = space.base_url().split_once("://").expect("a scheme");
    assert_eq!(host, space.host());
    let is_loopback = address(space).map_or(name(space) == "localhost", |address| address.is_loopback());
    assert!(scheme == "https" || scheme == "http" && is_loopback, "{space}");
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.:[]".contains(c);
    assert!(!host.is_empty() && host.chars().all(allowed), "{space}");
}

/// Asserts that the host is the one in the input. IP addresses may be written differently.
fn assert_host_from_input(space: &Space, text: &str) {
    let (name, text) = (name(space), text.to_ascii_lowercase());
    let is_written = text.contains(name);
    let is_a_name = name.strip_suffix(".signalwire.com") == Some(text.trim_end_matches('/'));
    assert!(
        is_written || is_a_name || address(space).is_some(),
        "{space} for {text:?}"
    );
}
