//! Keywords with subschemas other than properties and composition: items, conditions, names, contents.

use serde_json::{Value, json};

use super::composition::is_certainly_harmless;
use crate::change::{Direction, Severity};
use crate::compare::{Comparison, Context, brief, or_null};
use crate::kinds::{ChangeKind, schema as kinds};
use crate::model::{Graph, SUBTYPES, Schema, SchemaId};

/// A keyword with one schema: its step in a location, and the kinds for adding, removing and changing it. Without a
/// kind for changing, the subschema is compared like any other schema.
struct Part {
    keyword: &'static str,
    step: &'static str,
    added: &'static ChangeKind,
    removed: &'static ChangeKind,
    changed: Option<&'static ChangeKind>,
}

const fn part(
    keyword: &'static str,
    step: &'static str,
    added: &'static ChangeKind,
    removed: &'static ChangeKind,
) -> Part {
    Part {
        keyword,
        step,
        added,
        removed,
        changed: None,
    }
}

const PARTS: [Part; 9] = [
    // Narrowing a condition may widen the whole schema, so it is only compared as changed or unchanged.
    Part {
        changed: Some(&kinds::IF_CHANGED),
        ..part("if", ".if", &kinds::IF_ADDED, &kinds::IF_REMOVED)
    },
    Part {
        changed: Some(&kinds::NOT_CHANGED),
        ..part("not", ".not", &kinds::NOT_ADDED, &kinds::NOT_REMOVED)
    },
    part("then", ".then", &kinds::THEN_ADDED, &kinds::THEN_REMOVED),
    part("else", ".else", &kinds::ELSE_ADDED, &kinds::ELSE_REMOVED),
    part(
        "contains",
        ".contains",
        &kinds::CONTAINS_ADDED,
        &kinds::CONTAINS_REMOVED,
    ),
    part(
        "propertyNames",
        ".propertyNames",
        &kinds::PROPERTY_NAMES_ADDED,
        &kinds::PROPERTY_NAMES_REMOVED,
    ),
    part(
        "contentSchema",
        ".contentSchema",
        &kinds::CONTENT_SCHEMA_ADDED,
        &kinds::CONTENT_SCHEMA_REMOVED,
    ),
    part(
        "unevaluatedItems",
        ".unevaluatedItems",
        &kinds::UNEVALUATED_ITEMS_ADDED,
        &kinds::UNEVALUATED_ITEMS_REMOVED,
    ),
    part(
        "unevaluatedProperties",
        ".unevaluatedProperties",
        &kinds::UNEVALUATED_PROPERTIES_ADDED,
        &kinds::UNEVALUATED_PROPERTIES_REMOVED,
    ),
];

impl Comparison<'_> {
    pub(super) fn parts(&mut self, old: &Schema, new: &Schema, context: &Context) {
        self.items(old, new, context);
        self.subtypes(old, new, context);
        for part in &PARTS {
            self.part(part, old, new, context);
        }
        let dependent = [&kinds::DEPENDENT_SCHEMA_ADDED, &kinds::DEPENDENT_SCHEMA_REMOVED];
        self.named_parts("dependentSchemas", dependent, old, new, context);
        let patterns = [&kinds::PATTERN_PROPERTY_ADDED, &kinds::PATTERN_PROPERTY_REMOVED];
        self.named_parts("patternProperties", patterns, old, new, context);
        let encoding = &kinds::CONTENT_ENCODING_CHANGED;
        self.value(
            "contentEncoding",
            [encoding, encoding, encoding],
            old,
            new,
            context,
        );
        let media_type = &kinds::CONTENT_MEDIA_TYPE_CHANGED;
        self.value(
            "contentMediaType",
            [media_type, media_type, media_type],
            old,
            new,
            context,
        );
    }

    fn items(&mut self, old: &Schema, new: &Schema, context: &Context) {
        let of = |schema: &Schema| schema.single.get("items").copied().unwrap_or(Graph::ANY);
        let (before, after) = (of(old), of(new));
        let type_names = [self.old.get(before), self.new.get(after)].map(|schema| schema.name.as_deref());
        let items = context.part("[]", context.items.part("Item", type_names));
        let is_array = |schema: &Schema| schema.types.as_ref().is_none_or(|types| types.contains("array"));
        if is_array(old) != is_array(new) {
            // Added and removed arrays are reported as a changed type.
        } else if (before == Graph::ANY) != (after == Graph::ANY) && self.has_type(before, after) {
            // Only the type is compared if the schema accepted any value before.
            self.types(self.old.get(before), self.new.get(after), &items);
        } else {
            self.schemas(before, after, &items);
        }
        let (before, after) = (old.list("prefixItems"), new.list("prefixItems"));
        for (index, (before, after)) in before.iter().zip(after).enumerate() {
            self.schemas(
                *before,
                *after,
                &context.part(&format!("[{index}]"), context.items.part("Item", [None; 2])),
            );
        }
        let kind = match before.len().cmp(&after.len()) {
            std::cmp::Ordering::Equal => return,
            std::cmp::Ordering::Less => &kinds::PREFIX_ITEMS_ADDED,
            std::cmp::Ordering::Greater => &kinds::PREFIX_ITEMS_REMOVED,
        };
        self.schema_change(kind, context, json!(before.len()), json!(after.len()));
    }

    /// Compares the schemas that a discriminator selects. Added and removed values are compared as part of its mapping.
    fn subtypes(&mut self, old: &Schema, new: &Schema, context: &Context) {
        let selected = new.maps.get(SUBTYPES);
        for (value, id) in old.map(SUBTYPES) {
            let Some(other) = selected.and_then(|selected| selected.get(value)) else {
                continue;
            };
            let type_names = [self.old.get(id), self.new.get(*other)].map(|schema| schema.name.as_deref());
            let items = context.items.part("", type_names);
            self.schemas(
                id,
                *other,
                &context.part(&format!(".discriminator[{value:?}]"), items),
            );
        }
    }

    fn has_type(&self, old: SchemaId, new: SchemaId) -> bool {
        self.old.get(old).types.is_some() || self.new.get(new).types.is_some()
    }

    fn part(&mut self, part: &Part, old: &Schema, new: &Schema, context: &Context) {
        let of = |schema: &Schema| schema.single.get(part.keyword).copied();
        match (of(old), of(new)) {
            (None, None) => {}
            (None, Some(id)) => self.schema_change(part.added, context, Value::Null, brief(self.new, id)),
            (Some(id), None) => self.schema_change(part.removed, context, brief(self.old, id), Value::Null),
            (Some(old), Some(new)) => match part.changed {
                Some(_) if self.equivalence().is(old, new) => {}
                Some(kind) => {
                    let (before, after) = (brief(self.old, old), brief(self.new, new));
                    // Some different schemas have the same summary.
                    let (before, after) = if before == after {
                        (Value::Null, Value::Null)
                    } else {
                        (before, after)
                    };
                    if part.keyword == "not" && self.is_opposite_harmless(old, new, context) {
                        return self.schema_change_as(Severity::Info, kind, context, before, after);
                    }
                    self.schema_change(kind, context, before, after);
                }
                None => self.schemas(
                    old,
                    new,
                    &context.part(part.step, context.items.part("", [None; 2])),
                ),
            },
        }
    }

    /// Returns `true` if a changed `not` schema breaks no client: a request breaks if the `not` schema accepts more
    /// values, a response if it accepts fewer. Changes that need a review count as harmful.
    fn is_opposite_harmless(&mut self, old: SchemaId, new: SchemaId, context: &Context) -> bool {
        let opposite = match context.direction {
            Direction::Response => Direction::Request,
            _ => Direction::Response,
        };
        let context = context.at(opposite, context.scope, context.location.clone());
        let found = self.silently(|comparison| comparison.schemas(old, new, &context));
        found.is_some_and(|found| found.iter().all(is_certainly_harmless))
    }

    fn named_parts(
        &mut self,
        keyword: &str,
        [added, removed]: [&ChangeKind; 2],
        old: &Schema,
        new: &Schema,
        context: &Context,
    ) {
        for (name, id) in old.map(keyword) {
            match new.maps.get(keyword).and_then(|named| named.get(name)) {
                Some(other) => {
                    let step = format!(".{keyword}[{name:?}]");
                    self.schemas(
                        id,
                        *other,
                        &context.part(&step, context.items.part("Value", [None; 2])),
                    );
                }
                None => self.schema_change(
                    removed,
                    context,
                    json!({ name: or_null(Some(&brief(self.old, id))) }),
                    Value::Null,
                ),
            }
        }
        for (name, id) in new.map(keyword) {
            if old
                .maps
                .get(keyword)
                .is_none_or(|named| !named.contains_key(name))
            {
                self.schema_change(added, context, Value::Null, json!({ name: brief(self.new, id) }));
            }
        }
    }
}
