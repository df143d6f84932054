//! Moves the path prefix in the server URLs into the paths.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::grammar::METHODS;
use crate::operation::operations;
use crate::server::{path_prefix, url};

/// Moves the path prefix shared by all servers from their URLs to the paths.
///
/// Does nothing if the servers have different prefixes.
pub(super) fn move_into_paths(document: &mut Value) {
    let Some(prefix) = shared_prefix(document).filter(|prefix| !prefix.is_empty()) else {
        return;
    };
    let Some(Value::Object(paths)) = document.get_mut("paths") else {
        return;
    };
    *paths = std::mem::take(paths)
        .into_iter()
        .map(|(path, item)| match path.starts_with('/') {
            true => (format!("{prefix}{path}"), item),
            false => (path, item),
        })
        .collect();
    for item in paths.values_mut().filter_map(Value::as_object_mut) {
        shorten_urls(item.get_mut("servers"), &prefix);
        for (_, operation) in item
            .iter_mut()
            .filter(|(name, _)| METHODS.contains(&name.as_str()))
        {
            shorten_urls(operation.get_mut("servers"), &prefix);
        }
    }
    shorten_urls(document.get_mut("servers"), &prefix);
}

/// Returns the path prefix shared by all servers of all operations, if there is one.
fn shared_prefix(document: &Value) -> Option<String> {
    let mut prefixes = BTreeSet::new();
    for operation in operations(document) {
        let servers = operation.servers();
        if servers.is_empty() {
            return None;
        }
        prefixes.extend(servers.iter().map(|server| path_prefix(url(server))));
    }
    let only = prefixes.pop_first()?;
    prefixes.is_empty().then(|| only.to_owned())
}

fn shorten_urls(servers: Option<&mut Value>, prefix: &str) {
    for server in servers.and_then(Value::as_array_mut).into_iter().flatten() {
        let Some(Value::String(url)) = server.get_mut("url") else {
            continue;
        };
        // A relative URL that consists of nothing but the prefix becomes the root.
        match url.trim_end_matches('/').strip_suffix(prefix) {
            Some("") => *url = "/".to_owned(),
            Some(shorter) => *url = shorter.to_owned(),
            None => {}
        }
    }
}
