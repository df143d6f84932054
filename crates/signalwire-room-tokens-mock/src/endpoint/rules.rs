//! Documented rules that JSON Schema can't express.

use serde_json::Value;

use super::time;
use super::violation::Violation;

/// Maximum length of `meta` and `room_meta`, in characters of compact JSON.
const META_MAX_CHARS: usize = 2000;

/// Returns the violations in `body` that the schema doesn't cover. Skips values that violate the schema.
pub(super) fn violations(body: &Value) -> Vec<Violation> {
    let metas = ["meta", "room_meta"]
        .into_iter()
        .filter_map(|field| long_meta(body, field));
    metas.chain(reversed_window(body)).collect()
}

fn long_meta(body: &Value, field: &str) -> Option<Violation> {
    let meta = body.get(field).filter(|meta| meta.is_object())?;
    let length = meta.to_string().chars().count();
    (length > META_MAX_CHARS).then(|| {
        let message =
            format!("{field} must be at most {META_MAX_CHARS} characters of JSON, but has {length}");
        Violation::new("invalid_parameter", field, message)
    })
}

fn reversed_window(body: &Value) -> Option<Violation> {
    let instant = |field| body.get(field).and_then(Value::as_str).and_then(time::parse);
    (instant("join_until")? < instant("join_from")?).then(|| {
        Violation::new(
            "invalid_join_until_date",
            "join_until",
            "join_until must not be before join_from",
        )
    })
}
