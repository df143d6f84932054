//! Runs the README's examples as doctests. The `tests` directory contains tests that span several crates.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
