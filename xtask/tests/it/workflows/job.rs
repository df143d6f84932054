//! Runs workflows job by job and step by step.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use serde_json::Value;
use tempfile::TempDir;
use xtask_openapi::Document;

use crate::support::{Files, Workspace, assert_success, copy, root, xtask_binary};

use super::place::Place;

/// The directory with mocks of the programs on a runner.
const MOCKS: &str = "xtask/tests/mocks/github";

/// A hook that makes the remote accept a push only if git is configured to use a token.
const PRE_RECEIVE: &str = "#!/bin/sh\n[ -n \"$GH_TOKEN\" ] && grep --quiet gh-mock \"$HOME/.gitconfig\"\n";

/// An open pull request.
#[derive(Debug)]
pub(super) struct PullRequest {
    pub(super) number: String,
    pub(super) head: String,
    pub(super) title: String,
    pub(super) body: String,
}

/// A function that modifies the directory of an artifact.
type Tampering = Box<dyn Fn(&Path)>;

/// A repository with a remote, and the environment for a workflow's jobs.
pub(super) struct Job {
    workspace: Workspace,
    around: TempDir,
    event: BTreeMap<String, String>,
    tampering: Option<Tampering>,
}

impl Job {
    pub(super) fn new() -> Self {
        static TEMPLATE: LazyLock<Files> = LazyLock::new(template);
        let workspace = Workspace::empty();
        TEMPLATE.write(&workspace.path(""));
        let job = Self::of(workspace);
        fs::rename(job.workspace.path("remote.git"), job.around("remote.git")).unwrap();
        job.git([
            "remote",
            "add",
            "origin",
            job.around("remote.git").to_str().unwrap(),
        ]);
        job
    }

    /// Returns a job whose repository and remote contain the given facts, or no facts.
    pub(super) fn with_facts(facts: Option<&str>) -> Self {
        let job = Self::new();
        match facts {
            Some(facts) => job.workspace.write("spec/facts.yaml", facts),
            None => fs::remove_file(job.workspace.path("spec/facts.yaml")).unwrap(),
        }
        job.git(["commit", "--quiet", "--all", "--message", "Change the facts"]);
        job.git(["push", "--quiet", "origin", "main"]);
        job
    }

    /// Sets the URL of the published document.
    pub(super) fn publish_at(&self, url: &str) {
        let config = self.workspace.read("spec/config.yaml");
        let lines = config.lines().map(|line| match line.starts_with("  url: ") {
            true => format!("  url: {url}\n"),
            false => format!("{line}\n"),
        });
        let changed: String = lines.collect();
        if changed == config {
            return;
        }
        self.workspace.write("spec/config.yaml", &changed);
        self.git(["commit", "--quiet", "--all", "--message", "Change the URL"]);
        self.git(["push", "--quiet", "origin", "main"]);
    }

    fn of(workspace: Workspace) -> Self {
        let around = tempfile::tempdir().unwrap();
        fs::create_dir(around.path().join("pull-requests")).unwrap();
        Self {
            workspace,
            around,
            event: BTreeMap::new(),
            tampering: None,
        }
    }

    /// Sets the value of an expression such as `github.head_ref`.
    pub(super) fn set(&mut self, expression: &str, value: &str) {
        self.event.insert(expression.to_owned(), value.to_owned());
    }

    /// Registers a change to be made to the artifact after its upload. Hostile code in the uploading job could make
    /// such changes.
    pub(super) fn tamper(&mut self, with: impl Fn(&Path) + 'static) {
        self.tampering = Some(Box::new(with));
    }

    fn around(&self, name: &str) -> PathBuf {
        self.around.path().join(name)
    }

    fn work(&self, job: &str) -> PathBuf {
        self.around(job).join("work")
    }

    fn temp(&self, job: &str) -> PathBuf {
        self.around(job).join("temp")
    }

    /// Returns a command that ignores the user's own configuration.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.workspace.path(""))
            .env("HOME", self.around.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            // Without this, git would copy its sample hooks into every repository.
            .env("GIT_TEMPLATE_DIR", "")
            .env("GIT_CONFIG_COUNT", "1")
            .env("GIT_CONFIG_KEY_0", "maintenance.auto")
            .env("GIT_CONFIG_VALUE_0", "false");
        for name in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{name}_NAME"), "Test")
                .env(format!("GIT_{name}_EMAIL"), "test@localhost");
        }
        for name in [
            "GH_TOKEN",
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "XDG_CONFIG_HOME",
        ] {
            command.env_remove(name);
        }
        command
    }

    #[track_caller]
    pub(super) fn git<const N: usize>(&self, arguments: [&str; N]) -> String {
        let output = self.command("git").args(arguments).output().unwrap();
        assert_success(&output);
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the repository's script that commits a patch.
    pub(super) fn commit_patch(&self, arguments: [&str; 4]) -> Output {
        let script = self.workspace.path(".github/scripts/commit-patch");
        self.command(script.to_str().unwrap())
            .args(arguments)
            .output()
            .unwrap()
    }

    /// Runs those jobs of a workflow whose conditions are met, up to the first failure. `variables` override the
    /// variables of the workflow. Returns the output of the last step that ran.
    pub(super) fn run(&self, workflow: &str, variables: &[(&str, &str)]) -> Output {
        self.run_if_asked(workflow, variables)
            .expect("at least one step should run")
    }

    /// Like [`run`](Self::run), but returns `None` if no job's condition is met.
    pub(super) fn run_if_asked(&self, workflow: &str, variables: &[(&str, &str)]) -> Option<Output> {
        let text = fs::read(root().join(".github/workflows").join(workflow)).unwrap();
        let workflow = Document::parse(workflow, &text).unwrap();
        let variables: BTreeMap<&str, &str> = variables.iter().copied().collect();
        let hook = self.around("remote.git/hooks/pre-receive");
        fs::create_dir_all(hook.parent().unwrap()).unwrap();
        fs::write(&hook, PRE_RECEIVE).unwrap();
        fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        let mut last = None;
        let mut values = self.event.clone();
        for (name, job) in workflow.value()["jobs"].as_object().expect("jobs") {
            let mut place = Place {
                name,
                values: values.clone(),
            };
            if !place.holds(&job["if"]) {
                continue;
            }
            place.values.insert(
                "runner.temp".to_owned(),
                self.temp(name).to_str().unwrap().to_owned(),
            );
            last = self.run_job(job, &mut place, &variables).or(last);
            if !last.as_ref().is_some_and(|output| output.status.success()) {
                break;
            }
            for (output, value) in job["outputs"].as_object().into_iter().flatten() {
                let value = place.fill(value.as_str().expect("a text"));
                values.insert(format!("needs.{name}.outputs.{output}"), value);
            }
        }
        last
    }

    /// Runs the steps of a job on a new runner.
    fn run_job(
        &self,
        job: &Value,
        place: &mut Place<'_>,
        variables: &BTreeMap<&str, &str>,
    ) -> Option<Output> {
        fs::remove_dir_all(self.around(place.name)).ok();
        fs::create_dir_all(self.temp(place.name)).unwrap();
        fs::remove_file(self.around(".gitconfig")).ok();
        let mut last = None;
        for step in job["steps"].as_array().expect("steps") {
            if !place.holds(&step["if"]) {
                continue;
            }
            let Some(script) = step["run"].as_str() else {
                self.use_action(step, place);
                continue;
            };
            let envs = [&job["env"], &step["env"]]
                .into_iter()
                .filter_map(Value::as_object)
                .flatten();
            let env = envs.map(|(name, value)| match variables.get(&**name) {
                Some(value) => (name.clone(), (*value).to_owned()),
                None => (name.clone(), place.fill(value.as_str().expect("a text"))),
            });
            let output = self.step(script, place, &env.collect());
            if let Some(id) = step["id"].as_str() {
                self.take_outputs(id, place);
            }
            let failed = !output.status.success();
            last = Some(output);
            if failed {
                break;
            }
        }
        last
    }

    /// Simulates an action.
    fn use_action(&self, step: &Value, place: &Place<'_>) {
        let (action, _) = step["uses"].as_str().unwrap().split_once('@').unwrap();
        let with = |name: &str| Some(place.fill(step["with"][name].as_str()?));
        let artifact = || self.around("artifacts").join(with("name").unwrap());
        match action {
            "actions/checkout" => self.check_out(place, with("ref")),
            "actions/upload-artifact" => {
                fs::remove_dir_all(artifact()).ok();
                copy(Path::new(&with("path").unwrap()), &artifact());
                if let Some(tampering) = &self.tampering {
                    tampering(&artifact());
                }
            }
            // Artifacts are archives, which may contain symbolic links.
            "actions/download-artifact" => {
                let mut command = self.command("cp");
                command.arg("-R").arg(artifact()).arg(with("path").unwrap());
                assert_success(&command.output().unwrap());
            }
            other => panic!("the action {other} is not supported by this test"),
        }
    }

    /// Clones the remote and checks out `commit`, or the repository's current commit.
    fn check_out(&self, place: &Place<'_>, commit: Option<String>) {
        let work = self.work(place.name);
        let work = work.to_str().unwrap();
        let remote = self.around("remote.git");
        self.git(["clone", "--quiet", remote.to_str().unwrap(), work]);
        let commit = commit.unwrap_or_else(|| {
            let here = self.workspace.path("");
            self.git(["-C", work, "fetch", "--quiet", here.to_str().unwrap(), "HEAD"]);
            "FETCH_HEAD".to_owned()
        });
        self.git(["-C", work, "checkout", "--quiet", "--detach", &commit]);
    }

    /// Runs a script the way a runner does: from a file, in a shell that stops at the first failure.
    fn step(&self, script: &str, place: &Place<'_>, env: &BTreeMap<String, String>) -> Output {
        let file = self.around("step.sh");
        fs::write(&file, script).unwrap();
        fs::write(self.around("output"), "").unwrap();
        let path = std::env::join_paths(std::iter::once(root().join(MOCKS)).chain(std::env::split_paths(
            &std::env::var_os("PATH").unwrap_or_default(),
        )));
        self.command("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail"])
            .arg(&file)
            .current_dir(self.work(place.name))
            .envs(env)
            .env("PATH", path.unwrap())
            .env("GITHUB_OUTPUT", self.around("output"))
            .env("GITHUB_STEP_SUMMARY", self.around("summary.md"))
            .env("GITHUB_WORKSPACE", self.work(place.name))
            .env("RUNNER_TEMP", self.temp(place.name))
            .env("PULL_REQUESTS", self.around("pull-requests"))
            .env("XTASK", xtask_binary())
            .output()
            .unwrap()
    }

    /// Stores the outputs of a step for later steps.
    fn take_outputs(&self, id: &str, place: &mut Place<'_>) {
        for line in fs::read_to_string(self.around("output")).unwrap().lines() {
            let (name, value) = line.split_once('=').expect("NAME=VALUE");
            let name = format!("steps.{id}.outputs.{name}");
            place.values.insert(name, value.to_owned());
        }
    }

    /// Returns the files in a job's working tree that differ from the last commit, or nothing if the job didn't run.
    pub(super) fn changed_files(&self, job: &str) -> Vec<String> {
        let work = self.work(job);
        if !work.exists() {
            return Vec::new();
        }
        lines(&self.git(["-C", work.to_str().unwrap(), "status", "--porcelain", "--ignored"]))
    }

    /// Returns the branches of the remote.
    pub(super) fn branches(&self) -> Vec<String> {
        self.git(["fetch", "--quiet", "origin"]);
        lines(&self.git([
            "for-each-ref",
            "--format=%(refname:lstrip=3)",
            "refs/remotes/origin",
        ]))
    }

    /// Returns the files in a remote branch that differ from `main`.
    pub(super) fn pushed(&self, branch: &str) -> Vec<String> {
        self.git(["fetch", "--quiet", "origin"]);
        lines(&self.git(["diff", "--name-only", "main", &format!("origin/{branch}")]))
    }

    pub(super) fn read_pushed(&self, branch: &str, file: &str) -> String {
        self.git(["fetch", "--quiet", "origin"]);
        self.git(["show", &format!("origin/{branch}:{file}")])
    }

    pub(super) fn pushed_message(&self, branch: &str) -> String {
        self.git(["log", "-1", "--format=%s", &format!("origin/{branch}")])
            .trim()
            .to_owned()
    }

    /// Returns the commits on a remote branch that are not on `main`, newest first.
    pub(super) fn commits_ahead(&self, branch: &str) -> Vec<String> {
        self.git(["fetch", "--quiet", "origin"]);
        lines(&self.git(["rev-list", &format!("main..origin/{branch}")]))
    }

    /// Creates and checks out a branch on which a file has been changed.
    pub(super) fn branch_off(&self, branch: &str, file: &str, from: &str, to: &str) {
        self.git(["switch", "--quiet", "--create", branch]);
        self.workspace.replace(file, from, to);
        self.git(["commit", "--quiet", "--all", "--message", "Change a file"]);
    }

    /// Returns the repository's working copy.
    pub(super) fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// Returns the job summary.
    pub(super) fn summary(&self) -> String {
        fs::read_to_string(self.around("summary.md")).unwrap()
    }

    pub(super) fn report(&self) -> String {
        fs::read_to_string(self.temp("update").join("api-drift/report.md")).unwrap()
    }

    /// Returns the open pull request, if there is one.
    pub(super) fn pull_request(&self) -> Option<PullRequest> {
        let open: &Path = &self.around("pull-requests").join("open");
        let read = |name: &str| fs::read_to_string(open.join(name)).unwrap();
        open.exists().then(|| PullRequest {
            number: read("number"),
            head: read("head"),
            title: read("title"),
            body: read("body"),
        })
    }
}

/// Creates a repository and its remote, each with a single pack. Tests copy the result, because git takes too long to
/// create it each time.
fn template() -> Files {
    let job = Job::of(Workspace::copy());
    copy(&root().join(".github"), &job.workspace.path(".github"));
    fs::copy(root().join("deny.toml"), job.workspace.path("deny.toml")).unwrap();
    job.git(["init", "--quiet", "--initial-branch=main"]);
    job.git(["add", "--all"]);
    job.git(["commit", "--quiet", "--message", "As it was"]);
    job.git(["repack", "-a", "-d", "--quiet"]);
    let remote = job.workspace.path("remote.git");
    let remote = remote.to_str().unwrap();
    job.git(["clone", "--quiet", "--bare", "--no-local", ".", remote]);
    // Make each push write a pack instead of one file per object.
    job.git(["-C", remote, "config", "receive.unpackLimit", "1"]);
    Files::read(&job.workspace.path(""))
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
