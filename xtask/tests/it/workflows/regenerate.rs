//! The workflow that adds regenerated code to Dependabot's pull requests.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::support::OutputExt as _;

use super::job::Job;

const BRANCH: &str = "dependabot/cargo/generator";
const GENERATED: &str = "crates/signalwire-room-tokens-api/src/generated/constants.rs";

/// Returns a Dependabot pull request that replaces a string in a file.
fn pull_request(file: &str, from: &str, to: &str) -> Job {
    let mut job = Job::new();
    job.set(
        "github.event.pull_request.base.sha",
        job.git(["rev-parse", "HEAD"]).trim(),
    );
    job.branch_off(BRANCH, file, from, to);
    job.git(["push", "--quiet", "origin", BRANCH]);
    job.set(
        "github.event.pull_request.head.sha",
        job.git(["rev-parse", "HEAD"]).trim(),
    );
    for (expression, value) in [
        ("github.event.pull_request.user.login", "dependabot[bot]"),
        ("github.event.pull_request.head.repo.full_name", "somebody/here"),
        ("github.repository", "somebody/here"),
        ("github.head_ref", BRANCH),
    ] {
        job.set(expression, value);
    }
    job
}

/// Returns a pull request with stale generated code.
fn stale() -> Job {
    pull_request(GENERATED, "; do not edit.", "; this is stale.")
}

#[test]
fn stale_code_is_regenerated_in_the_pull_request() {
    let job = stale();
    let run = job.run("regenerate.yml", &[]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert_eq!(job.commits_ahead(BRANCH).len(), 2);
    assert_eq!(
        job.pushed(BRANCH),
        [""; 0],
        "the file must be the same as on main"
    );
    assert_eq!(
        job.pushed_message(BRANCH),
        "Regenerate with the updated dependencies [dependabot skip]"
    );
}

#[test]
fn up_to_date_code_is_unchanged() {
    let job = pull_request("deny.toml", "[graph]", "[graph] # Here.");
    let run = job.run("regenerate.yml", &[]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert_eq!(job.commits_ahead(BRANCH).len(), 1);
}

/// The actor of a run is the person or bot that pushed to the branch. The author never changes.
#[test]
fn pull_requests_from_other_authors_or_forks_are_ignored() {
    for (expression, value) in [
        ("github.event.pull_request.user.login", "somebody"),
        ("github.event.pull_request.head.repo.full_name", "somebody/fork"),
    ] {
        let mut job = stale();
        job.set(expression, value);
        job.set("github.actor", "dependabot[bot]");
        assert!(job.run_if_asked("regenerate.yml", &[]).is_none());
        assert_eq!(job.commits_ahead(BRANCH).len(), 1);
    }
}

#[test]
fn commands_from_a_forged_git_directory_in_the_artifact_are_not_run() {
    let mut job = stale();
    let marker = tempfile::tempdir().unwrap();
    let marker = marker.path().join("ran");
    let command = format!("touch {}", marker.display());
    job.tamper(move |artifact: &Path| {
        let git = artifact.join(".git");
        fs::create_dir_all(git.join("hooks")).unwrap();
        fs::write(
            git.join("config"),
            format!("[core]\n\tfsmonitor = {command}\n\tpager = {command}\n"),
        )
        .unwrap();
        fs::write(git.join("HEAD"), "ref: refs/heads/main\n").unwrap();
        for hook in ["post-commit", "pre-push", "post-checkout"] {
            let hook = git.join("hooks").join(hook);
            fs::write(&hook, format!("#!/bin/sh\n{command}\n")).unwrap();
            fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        }
    });
    let run = job.run("regenerate.yml", &[]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert_eq!(
        job.changed_files("push"),
        [""; 0],
        "the workspace must not contain files from the artifact"
    );
    assert_eq!(job.commits_ahead(BRANCH).len(), 2);
    assert!(!marker.exists());
}

#[test]
fn hostile_patches_fail_the_job_and_are_not_pushed() {
    let deleted = "diff --git a/deny.toml b/deny.toml\ndeleted file mode 100644\n";
    let renamed = "diff --git a/deny.toml b/crates/x/src/generated/deny.rs\nsimilarity index 100%\n\
                   rename from deny.toml\nrename to crates/x/src/generated/deny.rs\n";
    let link = "diff --git a/crates/x/src/generated/x.rs b/crates/x/src/generated/x.rs\nnew file mode 120000\n\
                --- /dev/null\n+++ b/crates/x/src/generated/x.rs\n@@ -0,0 +1 @@\n+/etc/passwd\n\
                \\ No newline at end of file\n";
    let forged = "diff --git a/.git/config b/.git/config\nnew file mode 100644\n--- /dev/null\n+++ b/.git/config\n\
                  @@ -0,0 +1 @@\n+[core]\n";
    for hostile in [deleted, renamed, link, forged] {
        let mut job = stale();
        job.tamper(move |artifact: &Path| {
            let patch = artifact.join("generated.patch");
            let both = fs::read_to_string(&patch).unwrap() + hostile;
            fs::write(patch, both).unwrap();
        });
        let run = job.run("regenerate.yml", &[]);
        assert_eq!(run.code(), 1, "{hostile}: {}", run.stderr());
        assert_eq!(job.commits_ahead(BRANCH).len(), 1, "{hostile}");
    }
    let mut job = stale();
    job.tamper(|artifact: &Path| {
        fs::remove_file(artifact.join("generated.patch")).unwrap();
        symlink("/etc/passwd", artifact.join("generated.patch")).unwrap();
    });
    assert_eq!(job.run("regenerate.yml", &[]).code(), 1);
}

/// The job with write access doesn't run scripts from the pull request's branch.
#[test]
fn scripts_come_from_the_base_branch() {
    let job = stale();
    let script = ".github/scripts/commit-patch";
    job.workspace().write(script, "#!/bin/sh\ngit rev-parse HEAD\n");
    job.git(["commit", "--quiet", "--all", "--message", "Replace the script"]);
    job.git(["push", "--quiet", "origin", BRANCH]);
    let mut job = job;
    job.set(
        "github.event.pull_request.head.sha",
        job.git(["rev-parse", "HEAD"]).trim(),
    );
    let run = job.run("regenerate.yml", &[]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert_eq!(job.commits_ahead(BRANCH).len(), 3);
    assert_eq!(job.pushed(BRANCH), [script], "the code must be regenerated");
}
