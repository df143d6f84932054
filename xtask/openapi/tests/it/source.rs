//! The record of where the facts came from.

use xtask_openapi::Document;
use xtask_openapi::source::Source;

use crate::support::parts;

const BYTES: &[u8] = b"openapi: 3.0.3\n";
const SHA256: &str = "faa4988e76ddd0d66e9c95e3d7da6faecc44be96bf988ac35b22dd39213ff509";

fn complete() -> Source {
    Source {
        document: "api.yaml".to_owned(),
        url: Some("https://example.com/a|b".to_owned()),
        commit: Some("0123456".to_owned()),
        date: Some("2026-01-02".to_owned()),
        sha256: "00ff".to_owned(),
    }
}

#[test]
fn a_source_has_the_file_name_and_hash_of_the_document() {
    for (name, expected) in [
        ("/home/me/api.yaml", "api.yaml"),
        ("..\\api.yaml", "api.yaml"),
        ("api.yaml", "api.yaml"),
        (
            "https://example.com/v1/api.yaml",
            "https://example.com/v1/api.yaml",
        ),
    ] {
        let source = Source::of(&Document::parse(name, BYTES).unwrap());
        assert_eq!(
            source,
            Source {
                document: expected.to_owned(),
                sha256: SHA256.to_owned(),
                ..Source::default()
            }
        );
    }
}

#[test]
fn written_values_parse_to_the_same_value() {
    for source in [
        complete(),
        Source {
            url: None,
            commit: None,
            date: None,
            ..complete()
        },
    ] {
        assert_eq!(Source::from_yaml("source.yaml", &source.to_yaml()), Ok(source));
    }
}

#[test]
fn a_record_without_its_hash_is_none() {
    let (_, message) = parts(Source::from_yaml("source.yaml", "document: a\n"));
    assert!(message.contains("`sha256` is missing"), "{message}");
}

#[test]
fn a_record_of_the_same_bytes_is_kept() {
    let now = Source {
        document: "copy.yaml".to_owned(),
        sha256: "00ff".to_owned(),
        ..Source::default()
    };
    assert_eq!(now.clone().or(Some(&complete())), complete());
    let told = Source {
        commit: Some("new".to_owned()),
        ..now.clone()
    };
    assert_eq!(
        told.or(Some(&complete())),
        Source {
            commit: Some("new".to_owned()),
            ..complete()
        }
    );
    let other = Source {
        sha256: "11".to_owned(),
        ..now
    };
    assert_eq!(other.clone().or(Some(&complete())), other);
    assert_eq!(other.clone().or(None), other);
}

#[test]
fn the_block_between_the_markers_is_replaced() {
    let text = "before\n<!-- source:begin -->\nold\n<!-- source:end -->\nafter\n";
    let fresh = complete().refresh_block("README.md", text).unwrap();
    let expected = "before\n<!-- source:begin -->\n| what | value |\n|---|---|\n| document | `api.yaml` |\n\
                    | url | <https://example.com/a\\|b> |\n| commit | `0123456` |\n| date | `2026-01-02` |\n\
                    | sha256 | `00ff` |\n<!-- source:end -->\nafter\n";
    assert_eq!(fresh, expected);
    assert_eq!(complete().refresh_block("README.md", &fresh), Ok(fresh));
}

#[test]
fn markers_must_occur_once_and_in_order() {
    let (begin, end) = ("<!-- source:begin -->", "<!-- source:end -->");
    let wrong = [
        String::new(),
        begin.to_owned(),
        format!("{end}{begin}"),
        format!("{begin}{begin}{end}"),
        format!("{begin}{end}{end}"),
    ];
    for text in wrong {
        let (_, message) = parts(complete().refresh_block("README.md", &text));
        assert!(message.contains("each exactly once"), "{message}");
    }
}
