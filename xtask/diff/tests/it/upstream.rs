//! Comparisons of published documents whose history is known.

use std::sync::LazyLock;

use xtask_diff::{Change, Direction, Report, Severity, Verdict};
use xtask_openapi::lower::lower;
use xtask_openapi::operation::{Operation, Selector, list};
use xtask_openapi::{Document, import, prose};

use crate::support::{diff_documents, shared};

const JANUARY: &str = "upstream/2026-01-22-video.openapi-3.0.yaml";
const FEBRUARY: &str = "upstream/2026-02-11-video.openapi-3.0.yaml";
const AUGUST: &str = "upstream/2026-08-21-signalwire-rest.openapi-3.1.yaml";

fn compare(old: &str, new: &str) -> Option<Report> {
    let room_tokens = "POST /api/video/room_tokens".parse().unwrap();
    Some(diff_documents(published(old)?, published(new)?, &[room_tokens]))
}

/// Returns a published document. Each document is parsed only once.
fn published(name: &str) -> Option<&'static Document> {
    static DOCUMENTS: [LazyLock<Option<Document>>; 3] = [
        LazyLock::new(|| read(JANUARY)),
        LazyLock::new(|| read(FEBRUARY)),
        LazyLock::new(|| read(AUGUST)),
    ];
    let index = [JANUARY, FEBRUARY, AUGUST]
        .iter()
        .position(|known| *known == name)?;
    DOCUMENTS[index].as_ref()
}

fn read(name: &str) -> Option<Document> {
    Some(Document::read(&shared(name)?).unwrap())
}

/// Returns the sorted ids and locations of the changes with the given severity.
fn of(report: &Report, severity: Severity) -> Vec<String> {
    let changes = report.changes.iter().filter(|change| change.severity == severity);
    let mut list: Vec<String> = changes
        .map(|change| format!("{} {}", change.location, change.id))
        .collect();
    list.sort();
    list
}

#[test]
fn each_document_is_identical_to_itself() {
    for name in [JANUARY, FEBRUARY, AUGUST] {
        let Some(report) = compare(name, name) else { return };
        assert_eq!(report.verdict, Verdict::Identical);
    }
}

fn select(operation: &Operation<'_>) -> Selector {
    Selector::MethodPath(operation.method.to_owned(), operation.path().to_owned())
}

#[test]
fn lowered_operations_are_equivalent() {
    let Some(document) = published(AUGUST) else { return };
    let operations = list(document).unwrap();
    let all: Vec<_> = operations.iter().map(select).collect();
    assert_eq!(
        diff_documents(document, document, &all).verdict,
        Verdict::Identical
    );

    let imported = import(document, &all).unwrap();
    let imported = crate::support::document("imported", &imported.facts);
    let lowered = lower(&imported).unwrap();
    let report = diff_documents(
        &imported,
        &crate::support::document("lowered", &lowered.value),
        &all,
    );
    // `lower` reports the keywords that OpenAPI 3.0 doesn't support. Everything else must be equivalent.
    let is_unsupported = |change: &Change| change.id.ends_with("-unevaluated-properties-removed");
    let others: Vec<_> = report
        .changes
        .iter()
        .filter(|change| !is_unsupported(change))
        .collect();
    assert!(others.is_empty(), "{others:#?}");
    assert!(!lowered.lossy_conversions.is_empty());
}

#[test]
fn imported_operations_are_equivalent() {
    let Some(document) = published(AUGUST) else { return };
    let all: Vec<_> = list(document).unwrap().iter().map(select).collect();
    let imported = import(document, &all).unwrap();
    let mut stripped = document.value().clone();
    prose::strip(&mut stripped);
    let report = diff_documents(
        &crate::support::document("published", &stripped),
        &crate::support::document("imported", &imported.facts),
        &all,
    );
    let is_unused = |change: &&Change| change.id == "api-security-component-removed";
    let others: Vec<_> = report
        .changes
        .iter()
        .filter(|change| !is_unused(change))
        .collect();
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn changes_of_february() {
    let Some(report) = compare(JANUARY, FEBRUARY) else {
        return;
    };
    assert_eq!(report.verdict, Verdict::Breaking);
    assert_eq!(
        of(&report, Severity::Breaking),
        [
            "request.body.permissions[] request-property-became-enum",
            "request.body.room_display_name request-property-max-length-set",
            "request.body.room_name request-property-max-length-set",
            "request.body.room_name request-property-pattern-added",
            "request.body.user_name request-property-max-length-set",
            "response.422.body.errors[].attribute response-property-became-nullable",
        ]
    );
    assert_eq!(
        of(&report, Severity::Warning),
        [
            "request.body.audio_video_sync request-property-likely-renamed",
            "request.body.audio_video_sync request-property-removed",
            "request.body.auto_create_room request-property-default-value-added",
            "request.body.enable_room_previews request-property-default-value-added",
            "request.body.end_room_session_on_leave request-property-default-value-added",
            "request.body.join_as request-property-default-value-added",
            "request.body.join_audio_muted request-property-default-value-added",
            "request.body.join_video_muted request-property-default-value-added",
            "request.body.media_allowed request-property-default-value-added",
            "request.body.permissions request-property-default-value-added",
            "request.body.remove_after_seconds_elapsed request-property-exclusive-min-set",
            "request.body.remove_after_seconds_elapsed request-property-max-set",
        ]
    );
    assert_eq!(
        of(&report, Severity::Info),
        [
            "request.body.sync_audio_video new-optional-request-property",
            "response.200.body.token response-property-became-required",
            "response.400 response-non-success-status-added",
            "response.422.body.errors response-property-became-required",
            "response.422.body.errors[].code response-property-became-required",
            "response.422.body.errors[].message response-property-became-required",
            "response.422.body.errors[].type response-property-became-required",
            "response.422.body.errors[].url response-property-became-required",
        ]
    );
}

#[test]
fn changes_until_august() {
    let Some(report) = compare(FEBRUARY, AUGUST) else {
        return;
    };
    assert_eq!(
        of(&report, Severity::Breaking),
        ["request.body request-body-unevaluated-properties-added"]
    );
    assert_eq!(of(&report, Severity::Warning), [""; 0]);
    assert_eq!(
        of(&report, Severity::Info),
        [
            "response.200.body response-body-unevaluated-properties-added",
            "response.400.body response-body-unevaluated-properties-added",
            "response.401.body response-body-unevaluated-properties-added",
            "response.422.body response-body-unevaluated-properties-added",
            "response.422.body.errors[] response-property-unevaluated-properties-added",
            "response.500.body response-body-unevaluated-properties-added",
        ]
    );
}

#[test]
fn the_reverse_comparison_has_as_many_changes() {
    for (old, new) in [(JANUARY, FEBRUARY), (FEBRUARY, AUGUST), (JANUARY, AUGUST)] {
        let (Some(there), Some(back)) = (compare(old, new), compare(new, old)) else {
            return;
        };
        assert_eq!(there.verdict, Verdict::Breaking);
        let places = |report: &Report| {
            let facts = report
                .changes
                .iter()
                .filter(|change| change.severity > Severity::Cosmetic);
            let is_value = |id: &str| id.contains("enum") || id.contains("renamed");
            let places = facts
                .filter(|change| !is_value(&change.id))
                .map(|change| change.location.clone());
            let mut places: Vec<String> = places.collect();
            places.sort();
            places
        };
        assert_eq!(places(&there), places(&back));
    }
}

#[test]
fn removed_defaults_break_readers_of_tokens() {
    let Some(report) = compare(AUGUST, JANUARY) else {
        return;
    };
    let breaking: Vec<_> = report
        .changes
        .iter()
        .filter(|change| change.severity == Severity::Breaking)
        .collect();
    assert!(
        breaking
            .iter()
            .all(|change| change.direction == Direction::Response)
    );
    assert!(
        breaking
            .iter()
            .any(|change| change.location == "response.200.body.token")
    );
    let default = report
        .changes
        .iter()
        .find(|change| change.location == "request.body.permissions")
        .unwrap();
    assert_eq!(
        (default.id.as_str(), default.severity),
        ("request-property-default-value-removed", Severity::Warning)
    );
}
