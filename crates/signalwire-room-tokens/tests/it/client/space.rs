//! Tests for space parsing: accepted formats, and rejected values that could send credentials to the wrong
//! host.

use proptest::prelude::*;
use signalwire_room_tokens::{Client, ErrorKind, ParseSpaceError, Space};

#[test]
fn all_common_forms_of_a_space_are_accepted() {
    let own = "https://myspace.signalwire.com";
    let cases = [
        ("myspace", own),
        ("MySpace", own),
        ("myspace.signalwire.com", own),
        ("myspace.signalwire.com/", own),
        ("MYSPACE.SignalWire.COM", own),
        ("https://myspace.signalwire.com", own),
        ("https://myspace.signalwire.com/", own),
        ("HTTPS://myspace.signalwire.com", own),
        ("https://myspace.signalwire.com:443", own),
        ("my-space-2", "https://my-space-2.signalwire.com"),
        ("2130706433", "https://2130706433.signalwire.com"),
        ("video.example.org", "https://video.example.org"),
        ("video.example.org:8443", "https://video.example.org:8443"),
        (
            "https://video.example.org:8443/",
            "https://video.example.org:8443",
        ),
        ("https://192.0.2.7", "https://192.0.2.7"),
        ("https://[2001:db8::7]:8443", "https://[2001:db8::7]:8443"),
        ("xn--bcher-kva.example", "https://xn--bcher-kva.example"),
        // Loopback hosts are allowed for testing.
        ("localhost:8080", "http://localhost:8080"),
        ("localhost", "http://localhost"),
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("127.1.2.3:8080", "http://127.1.2.3:8080"),
        ("[::1]:8080", "http://[::1]:8080"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:8080/", "http://localhost:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("https://localhost:8443", "https://localhost:8443"),
    ];
    for (text, base_url) in cases {
        let space: Space = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(space.base_url(), base_url, "{text}");
        assert_eq!(space.to_string(), base_url);
        assert_eq!(space.host(), base_url.split_once("://").unwrap().1);
        assert_eq!(String::from(space.clone()), base_url);
        assert_eq!(
            base_url.parse(),
            Ok(space),
            "the output must parse to the same space"
        );
    }
}

#[test]
fn spaces_that_could_misdirect_credentials_are_rejected() {
    use ParseSpaceError::{Characters, Empty, Host, NotOnlyAHost, OneLabel, PlainHttp, Scheme, TooLong};
    let long = "x".repeat(301);
    let cases = [
        ("", Empty),
        (long.as_str(), TooLong),
        ("a.signalwire.com@evil.example", NotOnlyAHost),
        ("https://user:pass@myspace.signalwire.com", NotOnlyAHost),
        ("https://myspace.signalwire.com/api", NotOnlyAHost),
        ("https://myspace.signalwire.com//", NotOnlyAHost),
        ("https:///myspace", NotOnlyAHost),
        ("https://myspace.signalwire.com?x=1", NotOnlyAHost),
        ("https://myspace.signalwire.com#x", NotOnlyAHost),
        ("https://evil.example\\.signalwire.com", NotOnlyAHost),
        ("evil.example/.signalwire.com", NotOnlyAHost),
        ("evil.example#", NotOnlyAHost),
        ("evil.example?", NotOnlyAHost),
        ("//evil.example", NotOnlyAHost),
        ("my space", Characters),
        (" myspace", Characters),
        ("myspace\n", Characters),
        ("my\tspace", Characters),
        ("my\0space", Characters),
        ("my_space", Characters),
        ("myspace%2eevil.example", Characters),
        ("mуspace.signalwire.com", Characters), // a Cyrillic letter
        ("bücher.example", Characters),
        ("myspace.signalwire。com", Characters),
        ("{Your_Space_Name}.signalwire.com", Characters),
        ("ftp://myspace.signalwire.com", Scheme),
        ("javascript://myspace", Scheme),
        ("://myspace", Scheme),
        ("http://myspace.signalwire.com", PlainHttp),
        ("http://192.0.2.7", PlainHttp),
        ("http://localhost.evil.example", PlainHttp),
        ("http://127.0.0.1.evil.example", PlainHttp),
        ("http://[2001:db8::7]", PlainHttp),
        ("http://0.0.0.0", PlainHttp),
        ("https://", Host),
        ("https:myspace", Host),
        ("https://myspace:", Host),
        ("myspace:", Host),
        ("myspace:0", Host),
        ("https://myspace.signalwire.com:99999", Host),
        ("https://myspace.signalwire.com:http", Host),
        ("https://.signalwire.com", Host),
        ("https://a..signalwire.com", Host),
        ("https://-a.signalwire.com", Host),
        ("https://a-.signalwire.com", Host),
        ("myspace.", Host),
        (".", Host),
        ("-", Host),
        ("https://[::1", Host),
        ("::1", Host),
        ("https://256.1.1.1", Host),
        ("127.1", Host),
        ("0x7f.1", Host),
        ("1.2.3", Host),
        ("https://2130706433", Host),
        ("https://myspace", OneLabel),
        ("https://myspace:8443", OneLabel),
        ("myspace:443", OneLabel),
    ];
    for (text, expected) in cases {
        match text.parse::<Space>() {
            Ok(space) => panic!("{text:?} was accepted as {space}"),
            Err(error) => assert_eq!(error, expected, "{text:?}"),
        }
    }
}

#[test]
fn space_errors_give_an_example_without_repeating_the_value() {
    let error = Client::new("https://user:hunter2@evil.example", "p", "t").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    let text = format!("{error} {error:?}");
    assert!(text.contains("the space contains more than a host"), "{text}");
    assert!(text.contains("`myspace.signalwire.com`"), "{text}");
    assert!(!text.contains("hunter2") && !text.contains("evil"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// If a value is accepted, requests must go to the host in that value and to no other.
    #[test]
    fn requests_go_only_to_the_host_of_the_space(text in "[a-z.:@/\\\\?#\\[\\]%0-9 -]{1,40}") {
        if let Ok(space) = text.parse::<Space>() {
            let host = space.host();
            let own = text.split("://").last().unwrap().trim_end_matches('/');
            let expected = [own.to_owned(), format!("{own}.signalwire.com")];
            // URL parsers normalize IP addresses and omit default ports.
            let is_address = host.starts_with('[') || host.bytes().all(|b| b.is_ascii_digit() || b".:".contains(&b));
            prop_assert!(
                is_address || expected.iter().any(|own| host == own || own.starts_with(&format!("{host}:"))),
                "{} became {}", text, space
            );
            prop_assert!(!space.base_url().contains(['@', '\\', '?', '#', ' ', '%']));
        }
    }

    #[test]
    fn parsing_never_panics(text in any::<String>()) {
        let _ = text.parse::<Space>();
    }
}

#[test]
fn spaces_can_be_deserialized() {
    let read = |text: &str| serde_json::from_value::<Space>(serde_json::json!(text));
    assert_eq!(
        read("myspace").unwrap().base_url(),
        "https://myspace.signalwire.com"
    );
    assert_eq!(read("127.0.0.1:80").unwrap().base_url(), "http://127.0.0.1");
    let error = read("https://me:sentinel@host").unwrap_err().to_string();
    assert!(error.contains("the space contains more than a host"), "{error}");
    assert!(!error.contains("sentinel"), "{error}");
    assert!(serde_json::from_str::<Space>("7").is_err());
}
