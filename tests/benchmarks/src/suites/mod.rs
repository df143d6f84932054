//! Benchmark suites. Each one writes a section of `BENCHMARKS.md`.

pub(crate) mod calls;
pub(crate) mod ci;
mod commands;
pub(crate) mod dependencies;
pub(crate) mod development;
pub(crate) mod in_flight;
pub(crate) mod micro;
pub(crate) mod throughput;
pub(crate) mod tools;
mod whole_document;
