//! The scheduled job that checks the published API for changes.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::support::OutputExt as _;

use super::job::Job;
use super::publisher::{Publisher, facts, without};

const BRANCH: &str = "api-drift";

/// Runs the job with the document published at `source`.
fn run(job: &Job, source: &str) -> Output {
    job.publish_at(source);
    job.run("api-drift.yml", &[])
}

#[test]
fn no_change_publishes_nothing() {
    let job = Job::new();
    let run = run(&job, Publisher::of(facts()).url());
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert_eq!(job.changed_files("update"), [""; 0]);
    assert_eq!(job.branches(), ["main"]);
    assert!(job.pull_request().is_none());
    assert!(job.report().contains("is up to date"), "{}", job.report());
}

#[test]
fn moving_a_path_prefix_into_the_server_is_not_a_change() {
    let moved = facts()
        .replace("/api/video/room_tokens:", "/room_tokens:")
        .replace(".signalwire.com\n", ".signalwire.com/api/video\n");
    assert!(moved.contains("- url: https://{space_name}.signalwire.com/api/video\n"));
    let job = Job::new();
    let run = run(&job, Publisher::of(moved).url());
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert_eq!(job.changed_files("update"), [""; 0]);
    assert!(job.pull_request().is_none());
}

#[test]
fn an_additive_change_becomes_a_pull_request_with_the_code() {
    let job = Job::new();
    let run = run(
        &job,
        Publisher::of(facts().replace("maxLength: 200\n", "maxLength: 300\n")).url(),
    );
    assert_eq!(run.code(), 0, "{}", run.stderr());

    let pull_request = job.pull_request().expect("a pull request");
    assert_eq!(pull_request.head, BRANCH);
    assert_eq!(
        pull_request.title,
        "Update to the published API: additive changes"
    );
    assert!(
        pull_request
            .body
            .contains("request-property-max-length-increased"),
        "{}",
        pull_request.body
    );
    let pushed = job.pushed(BRANCH);
    for file in [
        "spec/facts.yaml",
        "spec/source.yaml",
        "spec/README.md",
        "spec/openapi.yaml",
        "crates/signalwire-room-tokens-api/src/generated/constants.rs",
        "crates/signalwire-room-tokens/src/generated/rules.rs",
    ] {
        assert!(pushed.iter().any(|pushed| pushed == file), "{file}: {pushed:?}");
    }
    assert!(
        job.read_pushed(BRANCH, "spec/facts.yaml")
            .contains("maxLength: 300\n")
    );
    assert_eq!(job.pushed_message(BRANCH), pull_request.title);
}

#[test]
fn a_breaking_change_is_named_in_the_title() {
    let job = Job::new();
    let run = run(
        &job,
        Publisher::of(facts().replace("maxLength: 200\n", "maxLength: 100\n")).url(),
    );
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let pull_request = job.pull_request().expect("a pull request");
    assert_eq!(
        pull_request.title,
        "Update to the published API: breaking changes"
    );
    assert!(pull_request.body.contains("room_display_name"));
    assert!(pull_request.body.len() < 64 << 10);
}

#[test]
fn an_unsupported_change_becomes_a_pull_request() {
    // The new field has no description yet.
    let published = facts().replace(
        "        sync_audio_video:\n",
        "        waiting_room:\n          type: boolean\n        sync_audio_video:\n",
    );
    let job = Job::new();
    let run = run(&job, Publisher::of(published).url());
    assert_eq!(run.code(), 0, "{}", run.stderr());

    let pull_request = job.pull_request().expect("a pull request");
    assert_eq!(
        pull_request.title,
        "Update to the published API: additive changes; code generation failed"
    );
    for words in ["waiting_room", "spec/overlay.yaml", "cargo xtask generate"] {
        assert!(
            pull_request.body.contains(words),
            "{words}: {}",
            pull_request.body
        );
    }
    let pushed = job.pushed(BRANCH);
    assert!(pushed.contains(&"spec/facts.yaml".to_owned()), "{pushed:?}");
    assert!(
        !pushed.iter().any(|file| file.contains("generated")),
        "{pushed:?}"
    );
}

#[test]
fn a_later_run_updates_the_one_pull_request() {
    let job = Job::new();
    let publisher = Publisher::of(facts().replace("maxLength: 200\n", "maxLength: 300\n"));
    assert_eq!(run(&job, publisher.url()).code(), 0);
    let first = job.pull_request().expect("a pull request");

    publisher.publish(facts().replace("maxLength: 200\n", "maxLength: 100\n"));
    let run = run(&job, publisher.url());
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let second = job.pull_request().expect("a pull request");
    assert_eq!(second.number, first.number);
    assert_eq!(second.title, "Update to the published API: breaking changes");
    assert!(
        job.read_pushed(BRANCH, "spec/facts.yaml")
            .contains("maxLength: 100\n")
    );
    assert_eq!(
        job.commits_ahead(BRANCH).len(),
        1,
        "the branch must contain only the latest change"
    );
}

#[test]
fn a_reverted_change_closes_the_pull_request() {
    let job = Job::new();
    let publisher = Publisher::of(facts().replace("maxLength: 200\n", "maxLength: 300\n"));
    assert_eq!(run(&job, publisher.url()).code(), 0);
    assert!(job.pull_request().is_some());

    publisher.publish(facts());
    let run = run(&job, publisher.url());
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert!(job.pull_request().is_none());
}

/// Asserts that a job fails without publishing or changing anything.
#[track_caller]
fn assert_fails_without_changes(job: Job, publisher: &Publisher, reason: &str) {
    let before = job.changed_files("update");
    let run = run(&job, publisher.url());
    assert_eq!(run.code(), 2, "{}", run.stderr());
    assert!(run.stderr().contains(reason), "{reason}: {}", run.stderr());
    assert_eq!(job.changed_files("update"), before, "the files must be unchanged");
    assert_eq!(job.branches(), ["main"]);
    assert!(job.pull_request().is_none());
}

#[test]
fn a_missing_document_is_an_error() {
    assert_fails_without_changes(
        Job::new(),
        &Publisher::responding_with("404 Not Found", "gone".to_owned()),
        "404",
    );
}

#[test]
fn an_html_page_is_rejected() {
    let page = "<!DOCTYPE html>\n<html><body>Sign in to continue</body></html>\n".to_owned();
    assert_fails_without_changes(Job::new(), &Publisher::of(page), "HTML");
}

#[test]
fn a_truncated_document_is_rejected() {
    let whole = facts();
    let (half, _) = whole.split_once("components:\n").expect("schemas");
    // One document is cut off so that what remains is still valid YAML, and the other is truncated during the transfer.
    assert_fails_without_changes(Job::new(), &Publisher::of(half.to_owned()), "is unresolved");
    assert_fails_without_changes(Job::new(), &Publisher::truncating(&whole), "failed to fetch");
}

#[test]
fn a_removed_operation_is_an_error() {
    let other = facts().replace("/api/video/room_tokens:", "/api/video/passes:");
    assert_fails_without_changes(Job::new(), &Publisher::of(other), "room");
}

#[test]
fn an_unreachable_server_is_an_error() {
    let publisher = Publisher::of(facts());
    publisher.close();
    assert_fails_without_changes(Job::new(), &publisher, "failed to fetch");
}

#[test]
fn missing_facts_are_an_error() {
    for lost in [
        None,
        Some(String::new()),
        Some("openapi: 3.0.3\n".to_owned()),
        Some(without("paths")),
    ] {
        let job = Job::with_facts(lost.as_deref());
        assert_fails_without_changes(
            job,
            &Publisher::of(facts()),
            "failed to read the checked-in facts",
        );
    }
}

/// Asserts that the workflow fails and publishes nothing if the artifact has been tampered with.
#[track_caller]
fn assert_not_published(with: impl Fn(&Path) + 'static, variables: &[(&str, &str)]) {
    let mut job = Job::new();
    job.tamper(with);
    let publisher = Publisher::of(facts().replace("maxLength: 200\n", "maxLength: 300\n"));
    job.publish_at(publisher.url());
    let run = job.run("api-drift.yml", variables);
    assert_eq!(run.code(), 1, "{}", run.stderr());
    assert_eq!(job.branches(), ["main"]);
    assert!(job.pull_request().is_none());
}

#[test]
fn a_report_that_is_not_a_file_or_is_too_long_is_not_published() {
    let report = |artifact: &Path| artifact.join("report.md");
    assert_not_published(move |artifact| fs::remove_file(report(artifact)).unwrap(), &[]);
    assert_not_published(
        move |artifact| {
            fs::remove_file(report(artifact)).unwrap();
            std::os::unix::fs::symlink("/etc/passwd", report(artifact)).unwrap();
        },
        &[],
    );
    assert_not_published(
        move |artifact| fs::write(report(artifact), "x".repeat((64 << 10) + 1)).unwrap(),
        &[],
    );
}

#[test]
fn an_invalid_title_is_not_published() {
    assert_not_published(|_| {}, &[("TITLE", "Closes #1")]);
}

#[test]
fn patches_to_other_paths_are_not_published() {
    let workflow = "diff --git a/.github/workflows/x.yml b/.github/workflows/x.yml\nnew file mode 100644\n\
                    --- /dev/null\n+++ b/.github/workflows/x.yml\n@@ -0,0 +1 @@\n+on: push\n";
    assert_not_published(
        move |artifact| {
            let patch = artifact.join("update.patch");
            let both = fs::read_to_string(&patch).unwrap() + workflow;
            fs::write(patch, both).unwrap();
        },
        &[],
    );
}
