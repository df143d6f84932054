//! Labels of the changes between the documents that SignalWire published.

use crate::support::{Workspace, assert_success, published};

use super::Side;

#[test]
fn the_labels_hold_between_the_published_versions() {
    let versions = [
        "2026-01-22-video.openapi-3.0.yaml",
        "2026-02-11-video.openapi-3.0.yaml",
        "2026-08-21-signalwire-rest.openapi-3.1.yaml",
    ];
    let Some(versions) = versions.into_iter().map(published).collect::<Option<Vec<_>>>() else {
        return;
    };
    let workspace = Workspace::copy();
    let names: Vec<String> = (0..versions.len()).map(|index| format!("{index}.yaml")).collect();
    let import = |(path, name): (&std::path::PathBuf, &'_ String)| {
        let arguments = ["import", "--from", path.to_str().unwrap(), "--output", name];
        assert_success(&workspace.xtask(arguments));
    };
    versions.iter().zip(&names).for_each(import);
    let sides: Vec<Side<'_>> = names.iter().map(|name| Side::of(&workspace, name)).collect();
    for (old, before) in sides.iter().zip(&versions) {
        for (new, after) in sides.iter().zip(&versions) {
            old.assert_labels_hold(new, &format!("{} to {}", before.display(), after.display()));
        }
    }
}
