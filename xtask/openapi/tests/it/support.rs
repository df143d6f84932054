//! Small test documents.

use proptest::test_runner::{Config as ProptestConfig, RngSeed};
use serde_json::Value;
use xtask_openapi::import::Imported;
use xtask_openapi::lower::{Lowered, lower};
use xtask_openapi::{Document, Error, yaml};

/// Parses YAML from a test.
pub(crate) fn value(text: &str) -> Value {
    yaml::from_str(text).unwrap()
}

/// Parses a document from a test.
pub(crate) fn document(text: &str) -> Document {
    Document::parse("test.yaml", text.as_bytes()).unwrap()
}

/// Converts facts to OpenAPI 3.0.
pub(crate) fn lowered(imported: &Imported) -> Lowered {
    lower(&document(&imported.yaml)).unwrap()
}

/// Returns a document with the schema `S`, given as YAML, and the schema `X`, which accepts any value.
pub(crate) fn with_schema(version: &str, schema: &str) -> Document {
    let indented: String = schema
        .trim()
        .lines()
        .map(|line| format!("      {line}\n"))
        .collect();
    document(&format!(
        "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    X: \
         {{}}\n    S:\n{indented}"
    ))
}

/// Converts the schema `S` of a document returned by [`with_schema`].
pub(crate) fn lower_schema(version: &str, schema: &str) -> Result<(Value, Lowered), Error> {
    let lowered = lower(&with_schema(version, schema))?;
    Ok((lowered.value["components"]["schemas"]["S"].clone(), lowered))
}

/// Converts a schema and checks the result and the reported keywords.
pub(crate) fn check(input: &str, output: &str, weakened: &[&str]) {
    let (schema, lowered) = lower_schema("3.1.0", input).unwrap();
    assert_eq!(schema, value(output), "from {input}");
    let found: Vec<&str> = lowered
        .lossy_conversions
        .iter()
        .map(|conversion| conversion.construct.as_str())
        .collect();
    assert_eq!(found, weakened, "from {input}");
    for conversion in &lowered.lossy_conversions {
        assert!(
            conversion.pointer.starts_with("/components/schemas/S/"),
            "{conversion}"
        );
    }
}

/// Returns the location and the message of an error.
pub(crate) fn parts<T: std::fmt::Debug>(result: Result<T, Error>) -> (String, String) {
    let error = result.expect_err("an error was expected");
    assert!(
        error.to_string().starts_with(&format!("{}: ", error.source_name)),
        "{error}"
    );
    (error.pointer.unwrap_or_default(), error.message)
}

/// Returns a configuration with the given number of random cases, which are the same in every run.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}
