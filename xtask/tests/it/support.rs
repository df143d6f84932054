//! Runs the `xtask` binary on copies of the workspace files that it reads and writes.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt;
use std::fs::Permissions;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use xtask_openapi::document::sha256;

/// Returns the root of this workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Returns the path to the binary that `cargo xtask` runs.
pub(crate) fn xtask_binary() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_xtask"))
}

/// Returns the path to a published document next to the workspace, if it exists.
pub(crate) fn published(name: &str) -> Option<PathBuf> {
    let path = root().parent().unwrap().join("shared/upstream").join(name);
    if !path.exists() {
        println!("skipped: {} does not exist", path.display());
        return None;
    }
    Some(path)
}

/// A copy of the workspace files that the commands read and write.
pub(crate) struct Workspace(TempDir);

/// The parts of the workspace that the commands use.
const PARTS: [&str; 4] = [
    "spec",
    "crates/signalwire-room-tokens-api/src/generated",
    "crates/signalwire-room-tokens-mock/src/generated",
    "crates/signalwire-room-tokens/src/generated",
];

impl Workspace {
    pub(crate) fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn copy() -> Self {
        let workspace = Self::empty();
        for part in PARTS {
            copy(&root().join(part), &workspace.path(part));
        }
        workspace
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// Replaces a string that must occur exactly once.
    pub(crate) fn replace(&self, name: &str, from: &str, to: &str) {
        let text = self.read(name);
        assert_eq!(text.matches(from).count(), 1, "{from} in {name}");
        self.write(name, &text.replace(from, to));
    }

    /// Returns the contents of all files by their relative paths.
    pub(crate) fn files(&self) -> BTreeMap<PathBuf, Content> {
        let entries = Files::read(self.0.path()).0.into_iter();
        let files = entries.filter_map(|(path, _, content)| Some((path, Content(content?))));
        files.collect()
    }

    /// Runs `cargo xtask ARGUMENTS` in this copy of the workspace.
    pub(crate) fn xtask<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Output {
        self.xtask_command(arguments).output().unwrap()
    }

    /// Returns the command without running it.
    pub(crate) fn xtask_command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(xtask_binary());
        command
            .args(arguments)
            .current_dir(self.0.path())
            // Cargo sets this variable to the package's directory. The workspace is its parent directory.
            .env("CARGO_MANIFEST_DIR", self.path("xtask"));
        command
    }
}

/// The content of a file. `Debug` shows only its hash, so that the messages of failed assertions are short.
#[derive(PartialEq, Eq)]
pub(crate) struct Content(pub(crate) Vec<u8>);

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&sha256(&self.0))
    }
}

/// A copy of a directory tree in memory.
pub(crate) struct Files(Vec<(PathBuf, Permissions, Option<Vec<u8>>)>);

impl Files {
    pub(crate) fn read(root: &Path) -> Self {
        let mut entries = Vec::new();
        let mut directories = vec![root.to_owned()];
        while let Some(directory) = directories.pop() {
            for entry in std::fs::read_dir(directory).unwrap() {
                let path = entry.unwrap().path();
                let metadata = std::fs::metadata(&path).unwrap();
                let content = metadata.is_file().then(|| std::fs::read(&path).unwrap());
                let relative = path.strip_prefix(root).unwrap().to_owned();
                entries.push((relative, metadata.permissions(), content));
                if metadata.is_dir() {
                    directories.push(path);
                }
            }
        }
        Self(entries)
    }

    pub(crate) fn write(&self, root: &Path) {
        for (path, permissions, content) in &self.0 {
            let path = root.join(path);
            match content {
                None => std::fs::create_dir(&path).unwrap(),
                Some(content) => {
                    std::fs::write(&path, content).unwrap();
                    std::fs::set_permissions(&path, permissions.clone()).unwrap();
                }
            }
        }
    }
}

/// Copies a directory. Follows symbolic links.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    Files::read(from).write(to);
}

/// Accessors for the exit code and output of a command.
pub(crate) trait OutputExt {
    fn code(&self) -> i32;
    fn stdout(&self) -> String;
    fn stderr(&self) -> String;
}

impl OutputExt for Output {
    fn code(&self) -> i32 {
        self.status.code().expect("the command should exit normally")
    }

    fn stdout(&self) -> String {
        String::from_utf8(self.stdout.clone()).unwrap()
    }

    fn stderr(&self) -> String {
        String::from_utf8(self.stderr.clone()).unwrap()
    }
}

/// Asserts that the command succeeded. The failure message includes the command's output.
#[track_caller]
pub(crate) fn assert_success(output: &Output) {
    assert!(output.status.success(), "{output:?}");
}
