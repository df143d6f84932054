//! Strings with encoded content, for which OpenAPI 3.0 has two formats.

use serde_json::json;

use super::keywords::Keywords;
use super::lowering::Lowering;
use crate::document::Fields as _;

impl Lowering<'_> {
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
                self.report_loss(given, name, place, what);
            }
        }
    }
}
