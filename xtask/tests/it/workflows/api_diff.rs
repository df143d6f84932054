//! The job that checks pull requests that change `spec/`.

use std::process::Output;

use crate::support::OutputExt as _;

use super::job::Job;

/// Runs the job. `fail_on` is the severity that the workflow derives from the labels of the pull request.
fn run(job: &Job, fail_on: &str) -> Output {
    job.run("api-diff.yml", &[("FAIL_ON", fail_on)])
}

/// Returns a job on a branch where the facts have been changed.
fn with_change(from: &str, to: &str) -> Job {
    let job = Job::new();
    job.branch_off("a-change", "spec/facts.yaml", from, to);
    job
}

#[test]
fn no_change_passes() {
    let run = run(&Job::new(), "breaking");
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert!(
        !run.stdout().contains("::"),
        "unexpected annotation: {}",
        run.stdout()
    );
}

#[test]
fn an_additive_change_is_annotated_and_passes() {
    let job = with_change("maxLength: 200\n", "maxLength: 300\n");
    let run = run(&job, "breaking");
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let annotation = "file=spec/facts.yaml,title=request-property-max-length-increased::";
    assert!(run.stdout().contains(annotation), "{}", run.stdout());
    assert!(job.summary().contains("room_display_name"), "{}", job.summary());
}

#[test]
fn a_breaking_change_fails_the_job() {
    let job = with_change("maxLength: 200\n", "maxLength: 100\n");
    let run = run(&job, "breaking");
    assert_eq!(run.code(), 1, "{}", run.stderr());
    let annotation = "::error file=spec/facts.yaml,title=request-property-max-length-decreased::";
    assert!(run.stdout().contains(annotation), "{}", run.stdout());
}

#[test]
fn a_labeled_breaking_change_passes_and_is_reported() {
    let run = run(&with_change("maxLength: 200\n", "maxLength: 100\n"), "never");
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert!(run.stdout().contains("request-property-max-length-decreased"));
}

#[test]
fn unreadable_facts_fail_the_job() {
    let run = run(
        &with_change("openapi: \"3.1.0\"\n", "openapi: \"4\"\n"),
        "breaking",
    );
    assert_eq!(run.code(), 2, "{}", run.stderr());
    assert!(
        run.stderr().contains("spec/facts.yaml: at /openapi"),
        "{}",
        run.stderr()
    );
}
