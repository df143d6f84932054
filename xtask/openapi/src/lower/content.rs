//! Strings with encoded content, for which OpenAPI 3.0 has two formats.

use serde_json::{Value, json};

use super::arrays::original;
use super::keywords::Keywords;
use super::lowering::Lowering;

impl Lowering<'_> {
    /// Converts Base64 to `format: byte` and `application/octet-stream` to `format: binary`. Drops all other content
    /// keywords.
    pub(super) fn content_of_strings(&mut self, given: &Keywords, keywords: &mut Keywords, place: &str) {
        let encoding = keywords.shift_remove("contentEncoding");
        let media_type = keywords.shift_remove("contentMediaType");
        let schema = keywords.shift_remove("contentSchema");
        let text = |value: &Option<Value>| value.as_ref().and_then(Value::as_str).map(str::to_owned);
        let format = match (text(&encoding).as_deref(), text(&media_type).as_deref()) {
            _ if keywords.contains_key("format") => None,
            (Some("base64"), _) => Some("byte"),
            (None, Some("application/octet-stream")) => Some("binary"),
            _ => None,
        };
        if let Some(format) = format {
            keywords.insert("format".to_owned(), json!(format));
        }
        let what = "dropped: OpenAPI 3.0 cannot describe the content of strings";
        if encoding.is_some() && format != Some("byte") {
            self.report_loss(place, "contentEncoding", original(given, "contentEncoding"), what);
        }
        if media_type.is_some() && format != Some("binary") {
            self.report_loss(
                place,
                "contentMediaType",
                original(given, "contentMediaType"),
                what,
            );
        }
        if schema.is_some() {
            self.report_loss(place, "contentSchema", original(given, "contentSchema"), what);
        }
    }
}
