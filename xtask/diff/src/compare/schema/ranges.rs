//! Numeric ranges. Combines `minimum` with `exclusiveMinimum`, and `maximum` with `exclusiveMaximum`.

use std::cmp::Ordering;

use serde_json::Number;

use crate::model::{Schema, order};

/// One end of a range: the limit, and whether it is inclusive.
type End = (Number, bool);

/// Compares the end of the range that `keyword` limits in the new schema with that in the old one. The end that allows
/// more numbers is the greater one. Returns `None` if the keyword doesn't limit a range, or if that end is unlimited in
/// one of the documents.
pub(super) fn shift(keyword: &str, old: &Schema, new: &Schema) -> Option<Ordering> {
    let is_upper = match keyword {
        "minimum" | "exclusiveMinimum" => false,
        "maximum" | "exclusiveMaximum" => true,
        _ => return None,
    };
    Some(compare(&end(new, is_upper)?, &end(old, is_upper)?, is_upper))
}

/// Returns the end of a range, which is the stricter of the two limits.
fn end(schema: &Schema, is_upper: bool) -> Option<End> {
    let (inside, outside) = if is_upper {
        ("maximum", "exclusiveMaximum")
    } else {
        ("minimum", "exclusiveMinimum")
    };
    let is_whole = schema.types.iter().flatten().eq(["integer"]);
    let mut ends = Vec::new();
    for (keyword, is_inside) in [(inside, true), (outside, false)] {
        let Some(value) = schema.value(keyword) else {
            continue;
        };
        // Only numbers can be compared.
        let limit = value.as_number()?;
        ends.push(match limit.as_i64() {
            // For integers, `> 4` is equivalent to `>= 5`.
            Some(whole) if is_whole && !is_inside => {
                let step = if is_upper { -1 } else { 1 };
                (Number::from(whole.saturating_add(step)), true)
            }
            _ => (limit.clone(), is_inside),
        });
    }
    ends.into_iter().min_by(|a, b| compare(a, b, is_upper))
}

/// Compares two ends. The one that allows more numbers is the greater one.
fn compare(a: &End, b: &End, is_upper: bool) -> Ordering {
    let by_limit = order(&a.0, &b.0);
    let by_limit = if is_upper { by_limit } else { by_limit.reverse() };
    by_limit.then(a.1.cmp(&b.1))
}
