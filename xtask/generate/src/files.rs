//! Writes the generated files, or compares them with the existing files.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use similar::TextDiff;
use xtask_openapi::Error;
use xtask_openapi::file::Replacement;
use xtask_openapi::lower::LossyConversion;

use crate::operations::RenamedOperation;

/// The number of context lines in a diff.
const CONTEXT_LINES: usize = 3;

/// A generated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The path, relative to the output root.
    pub path: PathBuf,
    /// The complete content.
    pub content: String,
}

/// All generated files and the directories that contain only generated files.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Files {
    /// The files.
    pub outputs: Vec<Output>,
    /// The directories that contain only generated files.
    pub owned: Vec<PathBuf>,
    /// The parts of the merged document that can't be expressed in OpenAPI 3.0 and are therefore missing from the code.
    pub lossy_conversions: Vec<LossyConversion>,
    /// The operations that could not be named after their operationIds in the code.
    pub renamed_operations: Vec<RenamedOperation>,
}

/// A file that differs from the generated one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// The path, relative to the root.
    pub path: PathBuf,
    /// The difference.
    pub state: State,
}

/// The difference between an existing file and the generated one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The content differs. Contains a unified diff from the existing to the generated content.
    Differs(String),
    /// The file doesn't exist.
    Missing,
    /// The file exists but is not generated.
    Orphaned,
}

/// The result of writing a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// The file was created or its content changed.
    Written,
    /// The file was already up to date.
    Unchanged,
    /// The file was removed because it is no longer generated.
    Removed,
}

/// Returns a function that adds the path of the file or directory to an error.
fn at(path: &Path) -> impl Fn(io::Error) -> Error {
    move |error| Error::new(path.display().to_string(), error.to_string())
}

impl Files {
    /// Returns all files under `root` that differ from the generated files.
    ///
    /// # Errors
    /// Returns an error if a file or directory cannot be read.
    pub fn check(&self, root: &Path) -> Result<Vec<Stale>, Error> {
        let mut stale = Vec::new();
        for Output { path, content } in &self.outputs {
            let state = match std::fs::read(root.join(path)) {
                Ok(current) if current == content.as_bytes() => continue,
                Ok(current) => State::Differs(diff(path, &String::from_utf8_lossy(&current), content)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => State::Missing,
                Err(error) => return Err(at(path)(error)),
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

    /// Writes all files under `root`, in order, and removes orphaned files. Each file is replaced atomically. Unchanged
    /// files are not rewritten. All new content is written to temporary files first. If that fails, for example because
    /// there is a directory in place of a file, no file is replaced.
    ///
    /// # Errors
    /// Returns an error if a file or directory cannot be read or written.
    pub fn write(&self, root: &Path) -> Result<Vec<(PathBuf, Written)>, Error> {
        let orphans = self.orphans(root)?;
        let files: Vec<PathBuf> = self
            .outputs
            .iter()
            .map(|output| root.join(&output.path))
            .collect();
        let mut prepared = Vec::new();
        for (Output { path, content }, file) in self.outputs.iter().zip(&files) {
            let create = || std::fs::create_dir_all(file.parent().unwrap_or(root));
            let replacement = create().and_then(|()| Replacement::prepare(file, content));
            prepared.push((path, replacement.map_err(at(path))?));
        }
        let mut done = Vec::new();
        for (path, replacement) in prepared {
            let written = match replacement.finish().map_err(at(path))? {
                true => Written::Written,
                false => Written::Unchanged,
            };
            done.push((path.clone(), written));
        }
        for path in orphans {
            std::fs::remove_file(root.join(&path)).map_err(at(&path))?;
            done.push((path, Written::Removed));
        }
        Ok(done)
    }

    /// Returns the orphaned files in the owned directories, in sorted order.
    fn orphans(&self, root: &Path) -> Result<BTreeSet<PathBuf>, Error> {
        let mut orphans = BTreeSet::new();
        let mut directories = self.owned.clone();
        while let Some(directory) = directories.pop() {
            let failed = at(&directory);
            let entries = match std::fs::read_dir(root.join(&directory)) {
                Ok(entries) => entries,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(failed(error)),
            };
            for entry in entries {
                let entry = entry.map_err(&failed)?;
                let path = directory.join(entry.file_name());
                if entry.file_type().map_err(&failed)?.is_dir() {
                    directories.push(path);
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
        .header(&format!("{path} (current)"), &format!("{path} (generated)"))
        .to_string()
}
