//! Operations: their names and what they send.

use serde_json::{Value, json};
use xtask_openapi::grammar::{Kind, METHODS};

use crate::operations::default_id;
use crate::walk::change;

/// Names operations that have no name.
pub(super) fn name(document: &mut Value) -> usize {
    let Some(Value::Object(paths)) = document.get_mut("paths") else {
        return 0;
    };
    let mut count = 0;
    for (path, item) in paths {
        let Value::Object(item) = item else { continue };
        for (method, operation) in item
            .iter_mut()
            .filter(|(name, _)| METHODS.contains(&name.as_str()))
        {
            let Value::Object(operation) = operation else {
                continue;
            };
            if !operation.get("operationId").is_some_and(Value::is_string) {
                operation.insert("operationId".to_owned(), Value::String(default_id(path, method)));
                count += 1;
            }
        }
    }
    count
}

/// Keeps of a request body JSON, or the first kind that is offered.
pub(super) fn keep_one_media_type(document: &mut Value) -> usize {
    change(document, &mut |kind, body| {
        let Some(Value::Object(content)) = body.get_mut("content").filter(|_| kind == Kind::RequestBody)
        else {
            return false;
        };
        let Some(first) = content.keys().next().cloned().filter(|_| content.len() > 1) else {
            return false;
        };
        let kept = content
            .keys()
            .find(|name| is_json(name))
            .cloned()
            .unwrap_or(first);
        content.retain(|name, _| *name == kept);
        true
    })
}

/// Removes `encoding`, which says how the parts of a body are written.
pub(super) fn drop_encoding(document: &mut Value) -> usize {
    change(document, &mut |kind, media_type| {
        kind == Kind::MediaType && media_type.shift_remove("encoding").is_some()
    })
}

/// Lets JSON without a schema be any JSON.
pub(super) fn give_json_a_schema(document: &mut Value) -> usize {
    change(document, &mut |kind, owner| {
        let has_content = matches!(kind, Kind::RequestBody | Kind::Response);
        let Some(Value::Object(content)) = owner.get_mut("content").filter(|_| has_content) else {
            return false;
        };
        let mut has_changed = false;
        for (_, media_type) in content.iter_mut().filter(|(name, _)| is_json(name)) {
            let Value::Object(media_type) = media_type else {
                continue;
            };
            if !media_type.contains_key("schema") {
                media_type.insert("schema".to_owned(), json!({}));
                has_changed = true;
            }
        }
        has_changed
    })
}

/// As progenitor sees it: with or without a charset.
fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type.starts_with("application/json;")
}
