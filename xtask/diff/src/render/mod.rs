//! Human-readable reports: for a terminal, as a pull request comment, and as annotations for a workflow run.

mod github;
mod markdown;
mod parts;
mod text;

pub use github::github;
pub use markdown::{MAX_MARKDOWN_BYTES, markdown, markdown_within};
pub use text::{Style, text};
