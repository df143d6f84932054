//! The scheduled job that looks for changes of the published API.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::support::Said as _;

use super::job::Job;
use super::publisher::{Publisher, facts, without};

const BRANCH: &str = "api-drift";

/// Runs the job with the document published here.
fn run(job: &Job, source: &str) -> Output {
    job.run("api-drift.yml", &[("SOURCE", source)])
}

#[test]
fn no_change_makes_no_noise() {
    let job = Job::new();
    let run = run(&job, Publisher::of(facts()).url());
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert_eq!(job.changed_files("update"), [""; 0]);
    assert_eq!(job.branches(), ["main"]);
    assert!(job.pull_request().is_none());
    assert!(job.report().contains("as checked in"), "{}", job.report());
}

#[test]
fn a_path_whose_prefix_moved_into_the_server_is_no_change() {
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
fn a_breaking_change_says_so() {
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
fn a_change_that_the_generator_cannot_take_becomes_a_pull_request_too() {
    // A new field has no prose yet.
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
        "Update to the published API: additive changes; the code cannot be generated"
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
    assert_eq!(job.commits_ahead(BRANCH).len(), 1, "of today's change alone");
}

#[test]
fn a_change_that_is_taken_back_closes_the_pull_request() {
    let job = Job::new();
    let publisher = Publisher::of(facts().replace("maxLength: 200\n", "maxLength: 300\n"));
    assert_eq!(run(&job, publisher.url()).code(), 0);
    assert!(job.pull_request().is_some());

    publisher.publish(facts());
    let run = run(&job, publisher.url());
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert!(job.pull_request().is_none());
}

/// Runs the job where it cannot tell: it must be red, and leave everything as it was.
#[track_caller]
fn assert_cannot_tell(job: Job, publisher: &Publisher, reason: &str) {
    let before = job.changed_files("update");
    let run = run(&job, publisher.url());
    assert_eq!(run.code(), 2, "{}", run.stderr());
    assert!(run.stderr().contains(reason), "{reason}: {}", run.stderr());
    assert_eq!(job.changed_files("update"), before, "nothing is written");
    assert_eq!(job.branches(), ["main"]);
    assert!(job.pull_request().is_none());
}

#[test]
fn a_document_that_is_not_there_is_not_no_change() {
    assert_cannot_tell(
        Job::new(),
        &Publisher::answering("404 Not Found", "gone".to_owned()),
        "404",
    );
}

#[test]
fn a_page_is_no_document() {
    let page = "<!DOCTYPE html>\n<html><body>Sign in to continue</body></html>\n".to_owned();
    assert_cannot_tell(Job::new(), &Publisher::of(page), "HTML");
}

#[test]
fn a_part_of_a_document_is_no_document() {
    let whole = facts();
    let (half, _) = whole.split_once("components:\n").expect("schemas");
    // Cut off where the text is still good YAML, and cut off by the network.
    assert_cannot_tell(Job::new(), &Publisher::of(half.to_owned()), "leads nowhere");
    assert_cannot_tell(Job::new(), &Publisher::breaking_off(&whole), "cannot be fetched");
}

#[test]
fn an_operation_that_is_gone_is_not_no_change() {
    let other = facts().replace("/api/video/room_tokens:", "/api/video/passes:");
    assert_cannot_tell(Job::new(), &Publisher::of(other), "room");
}

#[test]
fn a_server_that_is_not_there_is_not_no_change() {
    let publisher = Publisher::of(facts());
    publisher.close();
    assert_cannot_tell(Job::new(), &publisher, "cannot be fetched");
}

#[test]
fn a_lost_baseline_is_not_no_change() {
    for lost in [
        None,
        Some(String::new()),
        Some("openapi: 3.0.3\n".to_owned()),
        Some(without("paths")),
    ] {
        let job = Job::with_facts(lost.as_deref());
        assert_cannot_tell(job, &Publisher::of(facts()), "nothing to compare with");
    }
}

/// Asserts that the workflow fails and publishes nothing after the artifact was changed.
#[track_caller]
fn assert_not_published(with: impl Fn(&Path) + 'static, variables: &[(&str, &str)]) {
    let mut job = Job::new();
    job.tamper(with);
    let publisher = Publisher::of(facts().replace("maxLength: 200\n", "maxLength: 300\n"));
    let variables = [&[("SOURCE", publisher.url())], variables].concat();
    let run = job.run("api-drift.yml", &variables);
    assert_eq!(run.code(), 1, "{}", run.stderr());
    assert_eq!(job.branches(), ["main"]);
    assert!(job.pull_request().is_none());
}

#[test]
fn a_report_that_is_no_file_or_too_long_is_not_published() {
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
fn a_title_that_says_more_than_a_title_is_not_published() {
    assert_not_published(|_| {}, &[("TITLE", "Closes #1")]);
}

#[test]
fn a_patch_of_anything_else_is_not_published() {
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
