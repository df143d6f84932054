//! Runs the README's examples as doctests. Tests that need several crates are in `tests/`.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
