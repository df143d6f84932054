//! Runs the fuzz targets as tests.

use std::fs;
use std::path::Path;

use fuzz_bodies::{Body, TARGETS};

use crate::mutate::Mutator;

/// Returns the checked-in inputs for a target. Skips inputs found by a fuzzer, whose file names are hashes.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../corpus")
        .join(target);
    let is_a_hash = |name: &str| name.len() == 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut files: Vec<_> = fs::read_dir(&directory)
        .unwrap_or_else(|error| panic!("{}: {error}", directory.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| !is_a_hash(&path.file_name().unwrap().to_string_lossy()))
        .collect();
    files.sort();
    files.into_iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Prints the input if the target panics.
struct PrintOnPanic<'a>(&'a [u8]);

impl Drop for PrintOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the input was {:?}", String::from_utf8_lossy(self.0));
        }
    }
}

fn check(body: Body, input: &[u8]) {
    let _guard = PrintOnPanic(input);
    body(input);
}

fn run(target: &str, mutations: usize) {
    let (_, body) = TARGETS.iter().find(|(name, _)| *name == target).unwrap();
    let corpus = corpus(target);
    assert!(corpus.len() >= 5, "{} inputs", corpus.len());
    for input in &corpus {
        check(*body, input);
    }
    let mut mutator = Mutator::new(&corpus);
    for _ in 0..mutations {
        check(*body, &mutator.next_input());
    }
}

#[test]
fn claims() {
    run("claims", 3000);
}

#[test]
fn diff() {
    run("diff", 300);
}

#[test]
fn error_body() {
    run("error_body", 1000);
}

#[test]
fn escape() {
    run("escape", 5000);
}

#[test]
fn import() {
    run("import", 500);
}

#[test]
fn overlay() {
    run("overlay", 1000);
}

#[test]
fn retry_after() {
    run("retry_after", 1000);
}

#[test]
fn space() {
    run("space", 5000);
}

#[test]
fn time() {
    run("time", 5000);
}

#[test]
fn each_target_has_a_test_and_a_program() {
    let (tests, programs) = (include_str!("targets.rs"), include_str!("../../../Cargo.toml"));
    for (name, _) in TARGETS {
        assert!(tests.contains(&format!("#[test]\nfn {name}() {{")), "{name}");
        assert!(
            programs.contains(&format!("path = \"fuzz_targets/{name}.rs\"")),
            "{name}"
        );
    }
}
