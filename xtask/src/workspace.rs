//! The workspace that the commands work on.

use std::path::{Path, PathBuf};

/// The root of the workspace, wherever the command is called from: the folder above that of this package,
/// which cargo says when it runs the command.
pub(crate) fn root() -> PathBuf {
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    xtask.parent().map_or_else(|| xtask.clone(), Path::to_path_buf)
}
