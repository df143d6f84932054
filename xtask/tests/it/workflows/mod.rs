//! The workflows that guard against changes of the API, run step by step as they are written: in a git repository with a
//! remote, against a server that publishes, with a stand-in for GitHub.

mod api_diff;
mod api_drift;
mod job;
mod publisher;
