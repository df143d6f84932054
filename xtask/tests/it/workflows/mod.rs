//! The workflows that guard against changes of the API or of the generated code, run step by step as they are written: in a git repository with a
//! remote, against a server that publishes, with a stand-in for GitHub.

mod api_diff;
mod api_drift;
mod commit_patch;
mod job;
mod place;
mod publisher;
mod regenerate;
mod rules;
