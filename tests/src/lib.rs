//! Runs the README's examples as doctests. The `tests` directory contains tests that involve several crates.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
