//! Number and string keywords that OpenAPI 3.0 doesn't have: numeric exclusive bounds, and the encoding and media type
//! of strings.

use serde_json::{Value, json};

use super::keywords::Keywords;
use super::lowering::Lowering;
use crate::document::Fields as _;

/// The exclusive bounds. Each entry also contains the inclusive bound, and the sign of the direction in which the bound
/// becomes stricter.
const BOUNDS: [(&str, &str, f64); 2] = [
    ("exclusiveMinimum", "minimum", 1.0),
    ("exclusiveMaximum", "maximum", -1.0),
];

impl Lowering<'_> {
    /// Converts `exclusiveMinimum: 0` to `minimum: 0, exclusiveMinimum: true`. If both bounds are given, keeps the
    /// stricter one.
    pub(super) fn exclusive_bounds(&self, keywords: &mut Keywords) {
        for (exclusive, inclusive, sign) in BOUNDS {
            let Some(bound) = keywords.shift_remove(exclusive) else {
                continue;
            };
            let Some(number) = bound.as_f64() else { continue };
            let other = keywords.get(inclusive).and_then(Value::as_f64);
            if !other.is_some_and(|other| sign * other > sign * number) {
                keywords.insert(inclusive.to_owned(), bound);
                keywords.insert(exclusive.to_owned(), json!(true));
            }
        }
    }

    /// Converts Base64 to `format: byte` and `application/octet-stream` to `format: binary`. Drops all other content
    /// keywords.
    pub(super) fn content_of_strings(&mut self, given: &Keywords, keywords: &mut Keywords, place: &str) {
        let (expressed, format) = match (given.text("contentEncoding"), given.text("contentMediaType")) {
            _ if keywords.contains_key("format") => ("", None),
            (Some("base64"), _) => ("contentEncoding", Some("byte")),
            (None, Some("application/octet-stream")) => ("contentMediaType", Some("binary")),
            _ => ("", None),
        };
        if let Some(format) = format {
            keywords.insert("format".to_owned(), json!(format));
        }
        let what = "dropped: OpenAPI 3.0 cannot describe the content of strings";
        for name in ["contentEncoding", "contentMediaType", "contentSchema"] {
            if keywords.shift_remove(name).is_some() && name != expressed {
                self.report_loss(name, place, what);
            }
        }
    }
}
