//! Tests of several crates together, in `tests/`, and the README's examples as doctests.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
