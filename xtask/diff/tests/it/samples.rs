//! Pairs of documents with known differences, each with the expected ids and the expected effect on clients.

use std::path::Path;

use serde_json::Value;
use xtask_diff::{Report, Severity, Verdict};
use xtask_openapi::Document;

use crate::support::{diff_documents, shared};

/// The minimum number of pairs, out of 100, with correct ids.
const MIN_IDS: usize = 100;
/// The minimum number of pairs, out of 100, with the correct effect on clients. For two pairs, this comparison reports
/// a more severe effect than expected: a new `maxLength` in a request breaks clients that send longer strings, and a
/// required property that becomes read-only is a warning.
const MIN_CLIENT: usize = 98;

#[derive(Default)]
struct Score {
    pairs: usize,
    ids: usize,
    client: usize,
    false_alarms: usize,
}

#[test]
fn samples_are_classified_correctly() {
    let (Some(directory), Some(table)) = (shared("diff-samples"), shared("facts/change-kinds.md")) else {
        return;
    };
    // Ids that are not in the table are our own, so the samples don't list them.
    let table = std::fs::read_to_string(table).unwrap();
    let has_rule = |id: &str| table.contains(&format!("| {id} |"));
    let mut directories: Vec<_> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    directories.sort();
    let mut score = Score::default();
    for directory in directories.iter().filter(|path| path.is_dir()) {
        score_pair(directory, &has_rule, &mut score);
    }
    let Score {
        pairs,
        ids,
        client,
        false_alarms,
    } = score;
    println!(
        "{pairs} pairs: {ids} with correct ids, {client} with correct verdicts, {false_alarms} false alarms"
    );
    assert!(ids >= MIN_IDS && client >= MIN_CLIENT);
    assert_eq!(false_alarms, 0);
}

fn score_pair(directory: &Path, has_rule: &dyn Fn(&str) -> bool, score: &mut Score) {
    let name = directory.file_name().unwrap().to_string_lossy().into_owned();
    let read = |file: &str| Document::read(&directory.join(file)).unwrap();
    let expected: Value =
        serde_json::from_slice(&std::fs::read(directory.join("expect.json")).unwrap()).unwrap();
    let selector = expected["operation"].as_str().unwrap().parse().unwrap();
    let report = diff_documents(&read("old.yaml"), &read("new.yaml"), &[selector]);

    let here = expected.get("this_operation").unwrap_or(&expected);
    let mut missing = strings(&here["ids"]);
    let mut surplus = Vec::new();
    for id in report
        .changes
        .iter()
        .filter(|change| change.severity > Severity::Cosmetic)
        .map(|change| &change.id)
    {
        match missing.iter().position(|expected| expected == id) {
            Some(index) => drop(missing.remove(index)),
            None => surplus.push(id.clone()),
        }
    }
    let welcome = [strings(&here["also"]), strings(&here["ids"])].concat();
    surplus.retain(|id| !welcome.contains(id) && has_rule(id));
    let client = client(&report);
    let is_right = Some(client) == expected["client"].as_str();

    score.pairs += 1;
    score.ids += usize::from(missing.is_empty());
    score.client += usize::from(is_right);
    score.false_alarms += usize::from(!surplus.is_empty());
    if !missing.is_empty() || !surplus.is_empty() || !is_right {
        println!(
            "{name}: missing {missing:?}, unexpected {surplus:?}, {client} for {}",
            expected["client"]
        );
    }
}

fn client(report: &Report) -> &'static str {
    match (report.verdict, report.worst()) {
        (Verdict::Breaking, _) => "breaking",
        (_, Some(Severity::Warning)) => "review",
        _ => "ok",
    }
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array()
        .into_iter()
        .flatten()
        .map(|item| item.as_str().unwrap().to_owned())
        .collect()
}
