//! End-to-end tests of the whole workspace; they are in `tests/`. Here are the examples of the README.

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
