//! Numeric ranges. Combines `minimum` with `exclusiveMinimum`, and `maximum` with `exclusiveMaximum`.

use std::cmp::Ordering;

use serde_json::Number;

use crate::model::{Schema, order};

/// The change at one end of a range that is limited in both documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    /// More numbers are valid.
    Wider,
    /// Fewer numbers are valid.
    Narrower,
    /// The same numbers are valid.
    None,
}

/// One end of a range. `is_inside` is `true` if the limit itself is valid.
struct End {
    limit: Number,
    is_inside: bool,
}

/// Returns the change to the end of the range that is limited by `keyword`. Returns `None` if the keyword doesn't limit
/// a range, or if that end is unlimited in one of the documents.
pub(super) fn shift(keyword: &str, old: &Schema, new: &Schema) -> Option<Shift> {
    let (inside, outside, is_upper) = match keyword {
        "minimum" | "exclusiveMinimum" => ("minimum", "exclusiveMinimum", false),
        "maximum" | "exclusiveMaximum" => ("maximum", "exclusiveMaximum", true),
        _ => return None,
    };
    let (old, new) = (
        end(old, inside, outside, is_upper)?,
        end(new, inside, outside, is_upper)?,
    );
    Some(match compare(&new, &old, is_upper) {
        Ordering::Less => Shift::Narrower,
        Ordering::Equal => Shift::None,
        Ordering::Greater => Shift::Wider,
    })
}

/// Returns the end of a range, which is the stricter of the two limits.
fn end(schema: &Schema, inside: &str, outside: &str, is_upper: bool) -> Option<End> {
    let is_whole = schema
        .types
        .as_ref()
        .is_some_and(|types| types.len() == 1 && types.contains("integer"));
    let limit = |keyword: &str| match schema.value(keyword) {
        None => Some(None),
        // Only numbers can be compared.
        Some(value) => Some(Some(value.as_number()?.clone())),
    };
    let inside = limit(inside)?.map(|limit| End {
        limit,
        is_inside: true,
    });
    let outside = limit(outside)?.map(|limit| match limit.as_i64().filter(|_| is_whole) {
        // For integers, `> 4` is equivalent to `>= 5`.
        Some(whole) => End {
            limit: Number::from(if is_upper {
                whole.saturating_sub(1)
            } else {
                whole.saturating_add(1)
            }),
            is_inside: true,
        },
        None => End {
            limit,
            is_inside: false,
        },
    });
    match (inside, outside) {
        (Some(a), Some(b)) if compare(&a, &b, is_upper) == Ordering::Greater => Some(b),
        (Some(a), _) => Some(a),
        (None, b) => b,
    }
}

/// Compares two ends by how many numbers they allow.
fn compare(a: &End, b: &End, is_upper: bool) -> Ordering {
    let by_limit = order(&a.limit, &b.limit);
    let by_limit = if is_upper { by_limit } else { by_limit.reverse() };
    by_limit.then(a.is_inside.cmp(&b.is_inside))
}
