//! Atomic file replacement.

use std::io::{self, Write as _};
use std::path::Path;

use tempfile::TempPath;

/// Replaces the content of a file by writing a temporary file in the same directory and renaming it. Does nothing if
/// the content is unchanged.
///
/// Returns `true` if the file was written.
///
/// # Errors
/// Returns an error if the file can't be read or replaced.
pub fn replace(path: &Path, text: &str) -> io::Result<bool> {
    Replacement::prepare(path, text)?.finish()
}

/// New content for a file, held in a temporary file that is deleted unless [`finish`](Self::finish) renames it. To
/// replace several files, prepare all of them first, because nearly all errors occur during preparation.
#[derive(Debug)]
pub struct Replacement<'a> {
    path: &'a Path,
    /// The path of the temporary file, which is closed, or `None` if the content is unchanged.
    temporary: Option<TempPath>,
}

impl<'a> Replacement<'a> {
    /// Writes the temporary file in the directory of the file that it will replace, unless the content is unchanged.
    ///
    /// # Errors
    /// Returns an error if the file exists but can't be read, or if the temporary file can't be written.
    pub fn prepare(path: &'a Path, text: &str) -> io::Result<Self> {
        let unchanged = Self {
            path,
            temporary: None,
        };
        match std::fs::read(path) {
            Ok(bytes) if bytes == text.as_bytes() => return Ok(unchanged),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(_) | Err(_) => {}
        }
        // An empty parent means the current directory.
        let parent = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let mut file = builder().tempfile_in(parent)?;
        file.write_all(text.as_bytes())?;
        Ok(Self {
            temporary: Some(file.into_temp_path()),
            ..unchanged
        })
    }

    /// Replaces the file. Returns `true` if its content changed.
    ///
    /// # Errors
    /// Returns an error if the temporary file can't be renamed.
    pub fn finish(self) -> io::Result<bool> {
        let Some(file) = self.temporary else {
            return Ok(false);
        };
        file.persist(self.path).map_err(|error| error.error)?;
        Ok(true)
    }
}

/// Returns a builder for files with the usual permissions. Temporary files are otherwise accessible only to their
/// owner.
fn builder() -> tempfile::Builder<'static, 'static> {
    #[cfg_attr(not(unix), allow(unused_mut, reason = "only Unix has these permissions"))]
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}
