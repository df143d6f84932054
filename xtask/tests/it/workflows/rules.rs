//! Rules that apply to all workflows.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};
use xtask_openapi::Document;

use crate::support::root;

/// The jobs with write access. They don't build anything or run untrusted code.
const WRITING: [(&str, &str); 2] = [("api-drift.yml", "pull-request"), ("regenerate.yml", "push")];

/// Returns the file name, text and parsed YAML of each workflow.
fn workflows() -> Vec<(String, String, Value)> {
    let mut workflows = Vec::new();
    for entry in fs::read_dir(root().join(".github/workflows")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let value = Document::parse(&name, text.as_bytes()).unwrap().value().clone();
        workflows.push((name, text, value));
    }
    assert!(workflows.len() >= 10, "{workflows:?}");
    workflows
}

/// Returns the file name, job name and definition of each job in all workflows.
fn jobs() -> Vec<(String, String, Value)> {
    let of_workflow = |(file, _, workflow): (String, String, Value)| {
        let jobs = workflow["jobs"].as_object().unwrap().clone();
        jobs.into_iter().map(move |(name, job)| (file.clone(), name, job))
    };
    workflows().into_iter().flat_map(of_workflow).collect()
}

fn steps(job: &Value) -> &Vec<Value> {
    job["steps"].as_array().expect("steps")
}

/// Returns the scripts of a job, concatenated.
fn scripts(job: &Value) -> String {
    let runs = steps(job).iter().filter_map(|step| step["run"].as_str());
    runs.collect::<Vec<_>>().join("\n")
}

#[test]
fn actions_are_pinned_to_commits_annotated_with_versions() {
    let mut found = 0;
    for (file, text, _) in workflows() {
        for line in text.lines().filter(|line| line.contains("uses:")) {
            let (_, action) = line.split_once("uses: ").unwrap();
            let (action, version) = action
                .split_once(" # v")
                .unwrap_or_else(|| panic!("{file}: {line}"));
            let (name, commit) = action.split_once('@').unwrap();
            assert!(name.starts_with("actions/"), "{file}: {line}");
            let is_hash = commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
            assert!(is_hash, "{file}: {line}");
            let numbers: Vec<_> = version.split('.').map(str::parse::<u32>).collect();
            assert!(
                numbers.len() == 3 && numbers.iter().all(Result::is_ok),
                "{file}: {line}"
            );
            found += 1;
        }
    }
    assert!(found >= 15, "{found}");
}

/// All workflows use the same version of an action.
#[test]
fn an_action_has_one_version() {
    let mut versions = BTreeSet::new();
    for (_, text, _) in workflows() {
        versions.extend(
            text.lines()
                .filter_map(|line| Some(line.split_once("uses: ")?.1.to_owned())),
        );
    }
    let names: Vec<_> = versions
        .iter()
        .map(|action| action.split('@').next().unwrap())
        .collect();
    assert_eq!(
        names.len(),
        names.iter().collect::<BTreeSet<_>>().len(),
        "{versions:?}"
    );
}

#[test]
fn checkouts_do_not_persist_credentials() {
    let mut found = 0;
    for (file, name, job) in jobs() {
        for step in steps(&job) {
            let is_checkout = |uses: &str| uses.starts_with("actions/checkout@");
            if step["uses"].as_str().is_some_and(is_checkout) {
                assert_eq!(step["with"]["persist-credentials"], false, "{file}, {name}");
                assert_eq!(step["with"]["token"], Value::Null, "{file}, {name}");
                found += 1;
            }
        }
    }
    assert!(found >= 12, "{found}");
}

#[test]
fn jobs_with_write_access_build_nothing() {
    for (file, _, workflow) in workflows() {
        assert_eq!(workflow["permissions"], json!({ "contents": "read" }), "{file}");
        let on = workflow["on"].to_string();
        assert!(
            !on.contains("pull_request_target") && !on.contains("workflow_run"),
            "{file}"
        );
    }
    let mut writing = Vec::new();
    for (file, name, job) in jobs() {
        let text = job.to_string();
        let place = (file.as_str(), name.as_str());
        if !WRITING.contains(&place) {
            assert_eq!(job["permissions"], Value::Null, "{place:?}");
            assert!(
                !text.contains("secrets.") && !text.contains("github.token"),
                "{place:?}"
            );
            continue;
        }
        writing.push(name.clone());
        for program in ["cargo", "rustup", "rustc", "npm", "apt-get", "xtask"] {
            assert!(
                !scripts(&job).contains(program),
                "{place:?} must not run {program}"
            );
        }
        assert!(
            !job["env"].to_string().contains("secrets."),
            "{place:?}: exactly one step must have the token"
        );
        for step in steps(&job) {
            let action = step["uses"].as_str().unwrap_or_default();
            if action.starts_with("actions/download-artifact@") {
                let path = step["with"]["path"].as_str().unwrap();
                assert!(path.starts_with("${{ runner.temp }}/"), "{place:?}: {path}");
            }
        }
    }
    assert_eq!(writing.len(), WRITING.len());
}

/// The value of an expression becomes part of the script, so only trusted expressions are allowed.
#[test]
fn scripts_contain_no_untrusted_expressions() {
    for (file, name, job) in jobs() {
        let scripts = scripts(&job);
        for (at, _) in scripts.match_indices("${{") {
            let expression = &scripts[at..];
            assert!(
                expression.starts_with("${{ matrix."),
                "{file}, {name}: {expression}"
            );
        }
    }
}

#[test]
fn path_filters_name_existing_files() {
    let mut found = 0;
    for (file, _, workflow) in workflows() {
        let filters = workflow["on"].as_object().into_iter().flatten();
        for path in filters.flat_map(|(_, event)| event["paths"].as_array().into_iter().flatten()) {
            let path = path.as_str().unwrap().trim_start_matches('!');
            // The part of the path before the first wildcard.
            let fixed = path.split('*').next().unwrap();
            assert!(root().join(fixed).exists(), "{file}: {path}");
            found += 1;
        }
    }
    assert!(found >= 10, "{found}");
}

#[test]
fn only_the_configuration_contains_the_url_of_the_published_document() {
    let config = Document::read(&root().join("spec/config.yaml")).unwrap();
    let url = config.value()["source"]["url"].as_str().unwrap();
    let page = config.value()["source"]["page"].as_str().unwrap();
    for (file, name, job) in jobs() {
        let job = job.to_string();
        assert!(!job.contains(url) && !job.contains(page), "{file}, {name}");
    }
}

#[test]
fn tools_are_installed_at_the_version_managed_by_dependabot() {
    let manifest = fs::read_to_string(root().join(".github/tools/Cargo.toml")).unwrap();
    let mut installed = BTreeSet::new();
    for (file, name, job) in jobs() {
        for line in scripts(&job)
            .lines()
            .filter(|line| line.contains("cargo install"))
        {
            let tool = line.rsplit(' ').next().unwrap();
            let expected =
                format!("cargo install --locked --version \"$(.github/scripts/tool-version {tool})\" {tool}");
            assert_eq!(line, expected, "{file}, {name}");
            installed.insert(tool.to_owned());
        }
    }
    let (_, listed) = manifest.split_once("[dependencies]\n").unwrap();
    let listed: BTreeSet<_> = listed
        .lines()
        .map(|line| line.split(' ').next().unwrap().to_owned())
        .collect();
    assert_eq!(installed, listed);
    let script = root().join(".github/scripts/tool-version");
    for tool in installed {
        let output = std::process::Command::new(&script).arg(&tool).output().unwrap();
        let version = String::from_utf8(output.stdout).unwrap();
        assert!(
            manifest.contains(&format!("\n{tool} = \"={}\"\n", version.trim())),
            "{tool}: {version}"
        );
    }
    let output = std::process::Command::new(&script)
        .arg("cargo-none")
        .output()
        .unwrap();
    assert_eq!(
        (output.status.code(), output.stdout.as_slice()),
        (Some(1), &b""[..])
    );

    let dependabot = fs::read_to_string(root().join(".github/dependabot.yml")).unwrap();
    assert!(dependabot.contains("package-ecosystem: cargo\n    directory: /.github/tools\n"));
    assert!(dependabot.contains("package-ecosystem: github-actions\n    directory: /\n"));
}

#[test]
fn cargo_deny_checks_every_workspace() {
    let workspace = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let excluded = workspace
        .lines()
        .find_map(|line| line.strip_prefix("exclude = ["))
        .unwrap();
    let excluded: Vec<_> = excluded.split('"').skip(1).step_by(2).collect();
    assert!(excluded.len() >= 3, "{excluded:?}");
    let jobs = jobs();
    let (_, _, deny) = jobs.iter().find(|(_, name, _)| name == "deny").unwrap();
    let scripts = scripts(deny);
    assert!(scripts.lines().any(|line| line == "cargo deny check"));
    // `cargo install --locked` builds each tool with the tool's own lock file.
    for workspace in excluded.iter().filter(|path| **path != ".github/tools") {
        let check = format!("cargo deny --manifest-path {workspace}/Cargo.toml check");
        assert!(scripts.lines().any(|line| line == check), "{check}");
    }
}
