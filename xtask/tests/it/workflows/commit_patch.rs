//! The script that commits patches from unprivileged jobs and rejects hostile patches.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use crate::support::{OutputExt as _, Workspace};

use super::job::Job;

const GENERATED: &str = "crates/signalwire-room-tokens-api/src/generated/constants.rs";
const MESSAGE: &str = "Update to the published API: additive changes; code generation failed [x].";

/// Returns the patch that git generates for a change to the repository.
fn patch_of(job: &Job, change: impl Fn(&Workspace)) -> String {
    change(job.workspace());
    job.git(["add", "--all", "--force"]);
    let patch = job.git([
        "diff",
        "--cached",
        "--binary",
        "--find-renames",
        "--find-copies-harder",
    ]);
    job.git(["reset", "--quiet", "--hard"]);
    assert!(!patch.is_empty());
    patch
}

/// Returns a patch that adds a one-line file.
fn added(path: &str, mode: &str) -> String {
    let content = if mode == "160000" {
        format!("Subproject commit {}", "1".repeat(40))
    } else {
        "x".to_owned()
    };
    format!(
        "diff --git a/{path} b/{path}\nnew file mode {mode}\n--- /dev/null\n+++ b/{path}\n@@ -0,0 +1 @@\n+{content}\n"
    )
}

/// Asserts that the script rejects the patch with a one-line message and leaves everything unchanged.
#[track_caller]
fn assert_rejected(job: &Job, workflow: &str, patch: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.patch");
    fs::write(&file, patch).unwrap();
    let objects = || job.git(["for-each-ref"]) + &job.git(["status", "--porcelain", "--ignored"]);
    let before = objects();
    let run = job.commit_patch([workflow, file.to_str().unwrap(), "HEAD", MESSAGE]);
    assert_eq!((run.code(), run.stdout().as_str()), (1, ""), "{patch}");
    assert_eq!(objects(), before, "{patch}");
    let said = run.stderr();
    assert!(said.starts_with("commit-patch: "), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

#[test]
fn modified_and_added_files_under_the_workflow_paths_are_committed() {
    let job = Job::new();
    let new = "crates/signalwire-room-tokens-mock/src/generated/inner/a_new.schema.json";
    let patch = patch_of(&job, |workspace| {
        workspace.write(GENERATED, "// Other facts.\n");
        fs::create_dir_all(workspace.path(new).parent().unwrap()).unwrap();
        workspace.write(new, "{}\n");
        workspace.write("spec/openapi.yaml", "openapi: 3.0.3\n");
    });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.patch");
    fs::write(&file, patch).unwrap();
    let head = job.git(["rev-parse", "HEAD"]);
    for workflow in ["api-drift", "regenerate"] {
        let run = job.commit_patch([workflow, file.to_str().unwrap(), "HEAD", MESSAGE]);
        assert_eq!(run.code(), 0, "{}", run.stderr());
        let commit = run.stdout();
        let commit = commit.trim();
        let changed = job.git(["diff-tree", "-r", "--name-status", "HEAD", commit]);
        assert_eq!(
            changed,
            format!("M\t{GENERATED}\nA\t{new}\nM\tspec/openapi.yaml\n")
        );
        assert_eq!(
            job.git(["show", &format!("{commit}:{GENERATED}")]),
            "// Other facts.\n"
        );
        let about = job.git(["show", "--no-patch", "--format=%P%n%s%n%an", commit]);
        assert_eq!(about, format!("{head}{MESSAGE}\n{workflow}\n"));
        assert_eq!(job.git(["rev-parse", "HEAD"]), head);
        assert_eq!(
            job.git(["status", "--porcelain", "--ignored"]),
            "",
            "no file has changed"
        );
    }
}

#[test]
fn renames_and_copies_are_rejected() {
    let job = Job::new();
    let into = "crates/signalwire-room-tokens-api/src/generated/deny.rs";
    let rename = patch_of(&job, |workspace| {
        fs::rename(workspace.path("deny.toml"), workspace.path(into)).unwrap();
    });
    assert!(rename.contains("rename from deny.toml"), "{rename}");
    let said = assert_rejected(&job, "regenerate", &rename);
    assert!(
        said.contains("deny.toml: only regular files may be modified or added"),
        "{said}"
    );

    let out = patch_of(&job, |workspace| {
        fs::rename(workspace.path(GENERATED), workspace.path("build.rs")).unwrap();
    });
    assert!(out.contains("rename from"), "{out}");
    let inside = patch_of(&job, |workspace| {
        fs::rename(workspace.path(GENERATED), workspace.path(into)).unwrap();
    });
    let copy = patch_of(&job, |workspace| {
        fs::copy(workspace.path(GENERATED), workspace.path("build.rs")).unwrap();
    });
    assert!(copy.contains("copy from"), "{copy}");
    for patch in [out, inside, copy] {
        assert_rejected(&job, "regenerate", &patch);
    }
}

#[test]
fn deletions_are_rejected() {
    let job = Job::new();
    for path in [
        GENERATED,
        "deny.toml",
        ".github/workflows/ci.yml",
        "spec/facts.yaml",
    ] {
        let patch = patch_of(&job, |workspace| fs::remove_file(workspace.path(path)).unwrap());
        let said = assert_rejected(&job, "api-drift", &patch);
        assert!(said.contains(path), "{said}");
    }
}

#[test]
fn non_regular_files_are_rejected() {
    let job = Job::new();
    let into = "crates/signalwire-room-tokens-api/src/generated/link.rs";
    let links = patch_of(&job, |workspace| {
        symlink("/etc/passwd", workspace.path(into)).unwrap();
    });
    let replaced = patch_of(&job, |workspace| {
        fs::remove_file(workspace.path(GENERATED)).unwrap();
        symlink("../../../../deny.toml", workspace.path(GENERATED)).unwrap();
    });
    let executable = patch_of(&job, |workspace| {
        let mode = fs::Permissions::from_mode(0o755);
        fs::set_permissions(workspace.path(GENERATED), mode).unwrap();
    });
    assert!(executable.contains("new mode 100755"), "{executable}");
    for patch in [links, replaced, executable] {
        let said = assert_rejected(&job, "regenerate", &patch);
        assert!(said.contains("only regular files"), "{said}");
    }
    for mode in ["100755", "120000", "160000"] {
        assert_rejected(&job, "regenerate", &added(into, mode));
    }
}

#[test]
fn a_forged_git_directory_is_rejected() {
    let job = Job::new();
    for path in [
        ".git/config",
        ".git/hooks/post-commit",
        ".GIT/config",
        "git~1/config",
        "crates/a/src/generated/.git/config",
        "crates/a/src/generated/.git/x.rs",
        "crates/.git/src/generated/x.rs",
    ] {
        assert_rejected(&job, "regenerate", &added(path, "100644"));
    }
    assert!(!job.git(["config", "--list", "--local"]).contains("fsmonitor"));
}

#[test]
fn other_paths_are_rejected() {
    let job = Job::new();
    for path in [
        "build.rs",
        ".gitattributes",
        ".gitmodules",
        ".github/workflows/x.yml",
        ".github/scripts/x",
        "crates/x/src/lib.rs",
        "crates/x/src/generated/.gitattributes",
        "crates/x/src/generated/build",
        "crates/x/src/generated/x.sh",
        "crates/x/src/generated/../lib.rs",
        "crates/x/src/generatedx/x.rs",
        "crates/x/y/src/generated/x.rs",
        "x/crates/x/src/generated/x.rs",
        "Crates/x/src/Generated/x.rs",
        "../crates/x/src/generated/x.rs",
        "/crates/x/src/generated/x.rs",
        "spec/overlay.yaml",
        "SPEC/openapi.yaml",
        "spec/openapi.yaml/x.rs",
        "spec/openapi.yaml\t",
        "\"crates/x/src/generated/x.rs\\n::error::x.rs\"",
        "\"crates/x/src/generated/\\033[2Jx.rs\"",
    ] {
        assert_rejected(&job, "api-drift", &added(path, "100644"));
    }
    // Each workflow may only write to its own paths.
    let facts = patch_of(&job, |workspace| {
        workspace.write("spec/facts.yaml", "openapi: 3.0.3\n");
    });
    let said = assert_rejected(&job, "regenerate", &facts);
    assert!(
        said.contains("spec/facts.yaml: the workflow regenerate does not write this path"),
        "{said}"
    );
}

#[test]
fn one_forbidden_change_rejects_the_patch() {
    let job = Job::new();
    let good = added("crates/x/src/generated/x.rs", "100644");
    let bad = added("build.rs", "100644");
    assert_rejected(&job, "regenerate", &format!("{good}{bad}"));
    assert_rejected(&job, "regenerate", &format!("{bad}{good}"));
}

#[test]
fn invalid_patches_are_rejected() {
    let job = Job::new();
    let good = added("crates/x/src/generated/x.rs", "100644");
    let stale = patch_of(&job, |workspace| workspace.write("spec/openapi.yaml", "x\n"));
    let stale = stale.replace("openapi", "0penapi");
    let large = format!("{good}{}", "#\n".repeat(3 << 20));
    for patch in [
        "",
        "nonsense\n",
        "::error::nonsense\n",
        &*stale,
        &large,
        &good[..good.len() - 3],
    ] {
        assert_rejected(&job, "regenerate", patch);
    }
    assert_rejected(&job, "another", &good);

    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("a.patch"), folder.path().join("link.patch"));
    fs::write(&file, good).unwrap();
    symlink(&file, &link).unwrap();
    for patch in [link.as_path(), folder.path(), &folder.path().join("none")] {
        let run = job.commit_patch(["regenerate", patch.to_str().unwrap(), "HEAD", MESSAGE]);
        assert_eq!(
            (run.code(), run.stdout().as_str()),
            (1, ""),
            "{}",
            patch.display()
        );
    }
    for message in [
        "",
        "Closes #1",
        "@somebody",
        "a\nb",
        "[x](y)",
        "`x`",
        "<x>",
        &"x".repeat(101),
    ] {
        let run = job.commit_patch(["regenerate", file.to_str().unwrap(), "HEAD", message]);
        assert_eq!((run.code(), run.stdout().as_str()), (1, ""), "{message}");
    }
}
