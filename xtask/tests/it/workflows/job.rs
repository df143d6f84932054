//! A job of a workflow, carried out step by step on this machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;
use xtask_openapi::Document;

use crate::support::{Workspace, assert_success, root, xtask_binary};

/// The programs that stand in for those of a runner.
const STAND_INS: &str = "xtask/tests/stand-ins/github";

/// What is open at GitHub.
#[derive(Debug)]
pub(super) struct PullRequest {
    pub(super) number: String,
    pub(super) head: String,
    pub(super) title: String,
    pub(super) body: String,
}

/// The repository, its remote, and everything that the job's steps find around them.
pub(super) struct Job {
    workspace: Workspace,
    around: TempDir,
}

impl Job {
    pub(super) fn new() -> Self {
        Self::of(Workspace::copy())
    }

    /// A job whose repository has these facts, or none.
    pub(super) fn with_facts(facts: Option<&str>) -> Self {
        let workspace = Workspace::copy();
        match facts {
            Some(facts) => workspace.write("spec/facts.yaml", facts),
            None => fs::remove_file(workspace.path("spec/facts.yaml")).unwrap(),
        }
        Self::of(workspace)
    }

    fn of(workspace: Workspace) -> Self {
        let around = tempfile::tempdir().unwrap();
        let job = Self { workspace, around };
        fs::create_dir(job.around("pull-requests")).unwrap();
        let remote = job.around("remote.git");
        job.git(["init", "--quiet", "--bare", remote.to_str().unwrap()]);
        job.git(["init", "--quiet", "--initial-branch=main"]);
        job.git(["remote", "add", "origin", remote.to_str().unwrap()]);
        job.git(["add", "--all"]);
        job.git(["commit", "--quiet", "--message", "As it was"]);
        job.git(["push", "--quiet", "origin", "main"]);
        job
    }

    fn around(&self, name: &str) -> PathBuf {
        self.around.path().join(name)
    }

    /// A command with nothing of the user's own settings.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.workspace.path(""))
            .env("HOME", self.around.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_NAME", "Test")
            .env("GIT_AUTHOR_EMAIL", "test@localhost")
            .env("GIT_COMMITTER_NAME", "Test")
            .env("GIT_COMMITTER_EMAIL", "test@localhost");
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "XDG_CONFIG_HOME"] {
            command.env_remove(name);
        }
        command
    }

    #[track_caller]
    fn git<const N: usize>(&self, arguments: [&str; N]) -> String {
        let output = self.command("git").args(arguments).output().unwrap();
        assert_success(&output);
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the steps of a workflow's job, with these variables other than it says; what the last one that ran has said.
    pub(super) fn run(&self, workflow: &str, job: &str, variables: &[(&str, &str)]) -> Output {
        let text = fs::read(root().join(".github/workflows").join(workflow)).unwrap();
        let workflow = Document::parse(workflow, &text).unwrap();
        let job = &workflow.value()["jobs"][job];
        fs::write(self.around("output"), "").unwrap();
        let report = self.around("report.md").display().to_string();
        let variables: BTreeMap<&str, &str> = [("REPORT", &*report)]
            .into_iter()
            .chain(variables.iter().copied())
            .collect();
        let mut last = None;
        for step in job["steps"].as_array().expect("steps") {
            let Some(script) = step["run"].as_str() else {
                assert!(step["uses"].as_str().unwrap().starts_with("actions/checkout@"));
                continue;
            };
            let outputs = self.outputs();
            if !step["if"]
                .as_str()
                .is_none_or(|condition| holds(condition, &outputs))
            {
                continue;
            }
            let envs = [&job["env"], &step["env"]]
                .into_iter()
                .filter_map(Value::as_object)
                .flatten();
            let env = envs.map(|(name, value)| match variables.get(&**name) {
                Some(value) => (name.clone(), (*value).to_owned()),
                None => (name.clone(), self.fill(value.as_str().expect("a text"), &outputs)),
            });
            let output = self.step(script, &env.collect());
            let failed = !output.status.success();
            last = Some(output);
            if failed {
                break;
            }
        }
        last.expect("a step that runs")
    }

    /// As a runner does it: a script in a file, for a shell that stops at the first failure.
    fn step(&self, script: &str, env: &BTreeMap<String, String>) -> Output {
        let file = self.around("step.sh");
        fs::write(&file, script).unwrap();
        let path = std::env::join_paths(std::iter::once(root().join(STAND_INS)).chain(
            std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()),
        ));
        self.command("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail"])
            .arg(&file)
            .envs(env)
            .env("PATH", path.unwrap())
            .env("GITHUB_OUTPUT", self.around("output"))
            .env("GITHUB_STEP_SUMMARY", self.around("summary.md"))
            .env("GITHUB_WORKSPACE", self.workspace.path(""))
            .env("PULL_REQUESTS", self.around("pull-requests"))
            .env("XTASK", xtask_binary())
            .output()
            .unwrap()
    }

    /// A value of the workflow, with what it asks GitHub for filled in.
    fn fill(&self, value: &str, outputs: &BTreeMap<String, String>) -> String {
        let mut value = value.to_owned();
        while let Some((before, rest)) = value.split_once("${{") {
            let (expression, after) = rest.split_once("}}").expect("an expression");
            let filled = match expression.trim() {
                "github.workspace" => self.workspace.path("").display().to_string(),
                "github.base_ref" => "main".to_owned(),
                "secrets.API_DRIFT_TOKEN || github.token" => "a token".to_owned(),
                expression => output(expression, outputs),
            };
            value = format!("{before}{filled}{after}");
        }
        value
    }

    /// What the step `update` has written for later ones.
    fn outputs(&self) -> BTreeMap<String, String> {
        let text = fs::read_to_string(self.around("output")).unwrap();
        let pair = |line: &str| {
            line.split_once('=')
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
        };
        text.lines().map(|line| pair(line).expect("NAME=VALUE")).collect()
    }

    pub(super) fn checkout_main(&self) {
        self.git(["switch", "--quiet", "--force", "main"]);
    }

    /// What differs from the last commit, in the working tree.
    pub(super) fn changed_files(&self) -> Vec<String> {
        lines(&self.git(["status", "--porcelain"]))
    }

    /// The branches of the remote.
    pub(super) fn branches(&self) -> Vec<String> {
        self.git(["fetch", "--quiet", "origin"]);
        lines(&self.git([
            "for-each-ref",
            "--format=%(refname:lstrip=3)",
            "refs/remotes/origin",
        ]))
    }

    /// The files in which a branch of the remote differs from `main`.
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

    pub(super) fn commits_ahead(&self, branch: &str) -> usize {
        lines(&self.git(["rev-list", &format!("main..origin/{branch}")])).len()
    }

    /// Goes to a new branch on which the facts say something else.
    pub(super) fn branch_off(&self, branch: &str, from: &str, to: &str) {
        self.git(["switch", "--quiet", "--create", branch]);
        self.workspace.replace("spec/facts.yaml", from, to);
        self.git(["commit", "--quiet", "--all", "--message", "Change the facts"]);
    }

    /// What the run's page shows.
    pub(super) fn summary(&self) -> String {
        fs::read_to_string(self.around("summary.md")).unwrap()
    }

    pub(super) fn report(&self) -> String {
        fs::read_to_string(self.around("report.md")).unwrap()
    }

    /// The pull request that is open, if any.
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

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// What a step's condition comes to.
fn holds(condition: &str, outputs: &BTreeMap<String, String>) -> bool {
    let (expression, value) = condition.split_once(" == ").expect("a comparison");
    output(expression, outputs) == value.trim_matches('\'')
}

fn output(expression: &str, outputs: &BTreeMap<String, String>) -> String {
    let name = expression.strip_prefix("steps.update.outputs.");
    let name = name.unwrap_or_else(|| panic!("{expression} is nothing that this test knows"));
    outputs.get(name).cloned().unwrap_or_default()
}
