//! Converts a schema: first its nested schemas, then the schema itself by applying the rules in order.

use serde_json::{Map, Value, json};

use super::keywords::{Keywords, all_of, drop_empty};
use super::lowering::Lowering;
use super::union;
use crate::document::Version;
use crate::grammar::Kind;
use crate::pointer;

/// OpenAPI 3.1 keywords that add no constraint and are dropped. Definitions are used only through references,
/// references to anchors are not supported, and `then` and `else` have no effect without `if`.
const NOT_CARRIED: [&str; 7] = [
    "$schema",
    "$comment",
    "$anchor",
    "$defs",
    "definitions",
    "then",
    "else",
];

/// OpenAPI 3.1 keywords that are dropped and reported, and the message.
const DROPPED: [(&str, &str); 4] = [
    ("nullable", "dropped: it has no meaning in OpenAPI 3.1"),
    (
        "if",
        "dropped with its `then` and `else`: conditions are not checked",
    ),
    ("dependentRequired", DEPENDENCIES),
    ("dependentSchemas", DEPENDENCIES),
];

const DEPENDENCIES: &str = "dropped: dependencies between properties are not checked";

impl Lowering<'_> {
    /// Converts a schema.
    pub(super) fn schema(&mut self, value: &Value, place: &str) -> Value {
        match (value, self.version) {
            (Value::Object(given), Version::V3_0) => self.schema_3_0(given, place),
            (Value::Object(given), Version::V3_1) => self.schema_3_1(given, place),
            // Boolean schemas: `true` accepts every value, and `false` accepts none.
            (Value::Bool(false), _) => json!({ "not": {} }),
            _ => json!({}),
        }
    }

    fn schema_3_0(&mut self, given: &Keywords, place: &str) -> Value {
        if let Some(reference) = given.get("$ref") {
            return self.reference(reference, given, place);
        }
        let mut keywords = self.inside(given, place);
        self.close_arrays(&mut keywords);
        drop_empty(&mut keywords);
        Value::Object(keywords)
    }

    fn schema_3_1(&mut self, given: &Keywords, place: &str) -> Value {
        let mut keywords = self.inside(given, place);
        let null_union = union::take(given, &mut keywords);
        self.const_to_enum(&mut keywords);
        self.exclusive_bounds(&mut keywords);
        self.content_of_strings(given, &mut keywords, place);
        self.arrays(given, &mut keywords, place);
        self.objects(given, &mut keywords, place);
        self.first_example(&mut keywords);
        self.types(&mut keywords);
        self.close_arrays(&mut keywords);
        union::put(null_union, &mut keywords);
        self.report_wider_null(given, &keywords, place);
        self.reference_with_siblings(&mut keywords);
        drop_empty(&mut keywords);
        Value::Object(keywords)
    }

    /// Converts nested schemas.
    fn inside(&mut self, given: &Keywords, place: &str) -> Keywords {
        let mut keywords = Map::new();
        let is_new = self.version == Version::V3_1;
        for (name, value) in given
            .iter()
            .filter(|(name, _)| !(is_new && NOT_CARRIED.contains(&name.as_str())))
        {
            if let Some((_, what)) = DROPPED.iter().find(|(keyword, _)| is_new && keyword == name) {
                self.report_loss(name, place, what);
                continue;
            }
            let lossy_conversions = self.lossy_conversions.len();
            let parent = place;
            let place = pointer::child(place, name);
            let lowered = match Kind::Schema.content(name) {
                // `additionalProperties` is the only keyword that accepts a boolean schema in OpenAPI 3.0.
                Some(content) if !(name == "additionalProperties" && value.is_boolean()) => {
                    self.content(value, content, &place)
                }
                _ => value.clone(),
            };
            if is_new
                && name == "not"
                && (self.lossy_conversions.len() > lossy_conversions || self.leads_to_lossy(value))
            {
                // A wider schema inside `not` would make the whole schema stricter.
                self.lossy_conversions.truncate(lossy_conversions);
                let what = "dropped: OpenAPI 3.0 cannot express the excluded schema";
                self.report_loss(name, parent, what);
                continue;
            }
            keywords.insert(name.clone(), lowered);
        }
        keywords
    }

    /// Keeps only the first example, because OpenAPI 3.0 has a single `example`.
    fn first_example(&self, keywords: &mut Keywords) {
        if let Some(Value::Array(examples)) = keywords.shift_remove("examples")
            && let Some(first) = examples.into_iter().next()
        {
            keywords.entry("example").or_insert(first);
        }
    }

    /// Moves a `$ref` that has siblings into `allOf`, because OpenAPI 3.0 ignores the siblings of `$ref`.
    fn reference_with_siblings(&self, keywords: &mut Keywords) {
        if keywords.len() > 1
            && let Some(reference) = keywords.shift_remove("$ref")
        {
            all_of(keywords, json!({ "$ref": reference }), Some(0));
        }
    }
}
