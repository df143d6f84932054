//! Workflows that detect API changes and stale generated code. The tests run the steps in the workflow files in a git
//! repository with a remote, using a local document server and a mock of GitHub.

mod api_diff;
mod api_drift;
mod commit_patch;
mod job;
mod place;
mod publisher;
mod regenerate;
mod rules;
