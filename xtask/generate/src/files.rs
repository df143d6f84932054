//! The files that are generated: compared with what is there, or written.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use similar::TextDiff;
use xtask_openapi::file;

/// How many lines that stay the same a diff shows around those that do not.
const CONTEXT_LINES: usize = 3;

/// One generated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Where it goes, below the root that is written to.
    pub path: PathBuf,
    /// All of it.
    pub content: String,
}

/// All generated files, and the folders in which there is nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// The files.
    pub outputs: Vec<Output>,
    /// The folders that hold generated files only.
    pub owned: Vec<PathBuf>,
}

/// One file that is not as it would be generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// Below the root.
    pub path: PathBuf,
    /// In what way.
    pub state: State,
}

/// In what way a file is not as it would be generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It differs: the unified diff from what is there to what would be.
    Differs(String),
    /// It is not there.
    Missing,
    /// It is there, and nothing generates it.
    Orphaned,
}

/// What writing has done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is new, or has new content.
    Written,
    /// It was as it should be.
    Unchanged,
    /// Nothing generates it any more, so it is gone.
    Removed,
}

/// A file or folder that could not be used.
#[derive(Debug)]
pub struct FileError {
    /// Which one.
    pub path: PathBuf,
    /// Why.
    pub error: io::Error,
}

impl std::fmt::Display for FileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for FileError {}

impl Files {
    /// Everything below `root` that is not as it would be generated.
    ///
    /// # Errors
    /// If something cannot be read, so that nothing can be told.
    pub fn check(&self, root: &Path) -> Result<Vec<Stale>, FileError> {
        let mut stale = Vec::new();
        for Output { path, content } in &self.outputs {
            let state = match std::fs::read(root.join(path)) {
                Ok(there) if there == content.as_bytes() => continue,
                Ok(there) => State::Differs(diff(path, &String::from_utf8_lossy(&there), content)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => State::Missing,
                Err(error) => {
                    return Err(FileError {
                        path: path.clone(),
                        error,
                    });
                }
            };
            stale.push(Stale {
                path: path.clone(),
                state,
            });
        }
        let orphans = self.orphans(root)?;
        stale.extend(orphans.into_iter().map(|path| Stale {
            path,
            state: State::Orphaned,
        }));
        Ok(stale)
    }

    /// Makes everything below `root` as generated: each file at once or not at all, untouched when equal.
    ///
    /// # Errors
    /// If something cannot be read or written.
    pub fn write(&self, root: &Path) -> Result<Vec<(PathBuf, Written)>, FileError> {
        let orphans = self.orphans(root)?;
        let mut done = Vec::new();
        for Output { path, content } in &self.outputs {
            let at = root.join(path);
            let create = || std::fs::create_dir_all(at.parent().unwrap_or(root));
            let written = create().and_then(|()| file::replace(&at, content));
            let written = written.map_err(|error| FileError {
                path: path.clone(),
                error,
            })?;
            done.push((
                path.clone(),
                if written {
                    Written::Written
                } else {
                    Written::Unchanged
                },
            ));
        }
        for path in orphans {
            match std::fs::remove_file(root.join(&path)) {
                Ok(()) => done.push((path, Written::Removed)),
                Err(error) => return Err(FileError { path, error }),
            }
        }
        Ok(done)
    }

    /// The files in owned folders that nothing generates, sorted.
    fn orphans(&self, root: &Path) -> Result<BTreeSet<PathBuf>, FileError> {
        let mut orphans = BTreeSet::new();
        let mut folders = self.owned.clone();
        while let Some(folder) = folders.pop() {
            let failed = |error| FileError {
                path: folder.clone(),
                error,
            };
            let entries = match std::fs::read_dir(root.join(&folder)) {
                Ok(entries) => entries,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(failed(error)),
            };
            for entry in entries {
                let entry = entry.map_err(failed)?;
                let path = folder.join(entry.file_name());
                if entry.file_type().map_err(failed)?.is_dir() {
                    folders.push(path);
                } else if !self.outputs.iter().any(|output| output.path == path) {
                    orphans.insert(path);
                }
            }
        }
        Ok(orphans)
    }
}

fn diff(path: &Path, there: &str, generated: &str) -> String {
    let path = path.display();
    TextDiff::from_lines(there, generated)
        .unified_diff()
        .context_radius(CONTEXT_LINES)
        .header(&format!("{path} (there)"), &format!("{path} (generated)"))
        .to_string()
}
