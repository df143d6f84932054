//! Small documents to test with.

use serde_json::Value;
use xtask_openapi::lower::{Lowered, lower};
use xtask_openapi::{Document, Error, yaml};

/// Parses YAML that a test has written.
pub(crate) fn value(text: &str) -> Value {
    yaml::from_str(text).unwrap()
}

/// A document that a test has written.
pub(crate) fn document(text: &str) -> Document {
    Document::parse("test.yaml", text.as_bytes()).unwrap()
}

/// A document with nothing but the schema `S`, given as YAML.
pub(crate) fn with_schema(version: &str, schema: &str) -> Document {
    let indented: String = schema
        .trim()
        .lines()
        .map(|line| format!("      {line}\n"))
        .collect();
    document(&format!(
        "openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    S:\n{indented}"
    ))
}

/// Lowers the schema `S` of such a document.
pub(crate) fn lower_schema(version: &str, schema: &str) -> Result<(Value, Lowered), Error> {
    let lowered = lower(&with_schema(version, schema))?;
    Ok((lowered.value["components"]["schemas"]["S"].clone(), lowered))
}

/// The place and the message of an error.
pub(crate) fn parts<T: std::fmt::Debug>(result: Result<T, Error>) -> (String, String) {
    let error = result.expect_err("this must not succeed");
    assert!(
        error.to_string().starts_with(&format!("{}: ", error.source_name)),
        "{error}"
    );
    (error.pointer.unwrap_or_default(), error.message)
}
