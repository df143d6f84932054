//! Keywords that contain subschemas, other than properties and composition: items, conditions, names and content.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::composition::is_certainly_harmless;
use crate::change::Change;
use crate::change::Severity::{Breaking, Info, Warning};
use crate::compare::brief::brief;
use crate::compare::{Comparison, Context};
use crate::kinds::{ChangeKind, schema as kinds};
use crate::model::{Graph, SUBTYPES, Schema, SchemaId};

impl Comparison<'_> {
    pub(super) fn parts(&mut self, old: &Schema, new: &Schema, context: &Context) {
        self.item_schemas(old, new, context);
        self.subtypes(old, new, context);
        for (keyword, kinds) in kinds::PARTS {
            self.part(keyword, kinds, old, new, context);
        }
        for (keyword, kinds) in kinds::NAMED_PARTS {
            self.named_parts(keyword, kinds, old, new, context);
        }
        for (keyword, kind) in [
            ("contentEncoding", kinds::CONTENT_ENCODING_CHANGED),
            ("contentMediaType", kinds::CONTENT_MEDIA_TYPE_CHANGED),
        ] {
            self.value([kind; 3], context, old.value(keyword), new.value(keyword));
        }
    }

    fn item_schemas(&mut self, old: &Schema, new: &Schema, context: &Context) {
        let of = |schema: &Schema| schema.single.get("items").copied().unwrap_or(Graph::ANY);
        let (before, after) = (of(old), of(new));
        let items = context.part("[]");
        if old.may_be("array") != new.may_be("array") || is_full(old, new) || is_full(new, old) {
            // Adding or removing the array type is reported as a type change. `items` doesn't describe the items of a
            // tuple.
        } else if (before == Graph::ANY) != (after == Graph::ANY) && self.has_type(before, after) {
            // If either schema accepts any value, only the types are compared.
            self.types(self.old.get(before), self.new.get(after), &items);
        } else {
            self.schemas(before, after, &items);
        }
        self.prefix_items(old, new, (before, after), context);
    }

    /// Compares the items of tuples. Items that only one of the documents lists are described by `items` in the other.
    fn prefix_items(&mut self, old: &Schema, new: &Schema, items: (SchemaId, SchemaId), context: &Context) {
        let (before, after) = (old.list("prefixItems"), new.list("prefixItems"));
        for (index, (before, after)) in before.iter().zip(after).enumerate() {
            self.schemas(*before, *after, &context.part(&format!("[{index}]")));
        }
        let kind = match before.len().cmp(&after.len()) {
            Ordering::Equal => return,
            Ordering::Less => kinds::PREFIX_ITEMS_ADDED,
            Ordering::Greater => kinds::PREFIX_ITEMS_REMOVED,
        };
        let shared = before.len().min(after.len());
        let effects = (shared..before.len().max(after.len())).map(|index| {
            let old = before.get(index).copied().unwrap_or(items.0);
            let new = after.get(index).copied().unwrap_or(items.1);
            let found = self.silently((old, new), context);
            let severities = |found: Vec<Change>| found.iter().map(|change| change.severity).max();
            found.map_or(Breaking, |found| severities(found).unwrap_or(Info))
        });
        let severity = effects.max().unwrap_or(Info).max(Info);
        self.change(kind.with(severity), context, before.len(), after.len());
    }

    /// Compares the schemas that a discriminator selects. Added and removed values are reported when the mapping is
    /// compared.
    fn subtypes(&mut self, old: &Schema, new: &Schema, context: &Context) {
        for (value, id) in old.map(SUBTYPES) {
            if let Some(other) = new.member(SUBTYPES, value) {
                self.schemas(id, other, &context.part(&format!(".discriminator[{value:?}]")));
            }
        }
    }

    fn has_type(&self, old: SchemaId, new: SchemaId) -> bool {
        self.old.get(old).types.is_some() || self.new.get(new).types.is_some()
    }

    fn part(&mut self, keyword: &str, kinds: [ChangeKind; 2], old: &Schema, new: &Schema, context: &Context) {
        let [added, removed] = kinds;
        let of = |schema: &Schema| schema.single.get(keyword).copied();
        let (old, new) = match (of(old), of(new)) {
            (None, None) => return,
            (None, Some(id)) => return self.added(added, context, brief(self.new, id)),
            (Some(id), None) => return self.removed(removed, context, brief(self.old, id)),
            (Some(old), Some(new)) => (old, new),
        };
        // Narrowing a condition may widen the whole schema, so the report says only that the condition changed.
        let kind = match keyword {
            "if" => kinds::IF_CHANGED,
            "not" => kinds::NOT_CHANGED,
            _ => return self.schemas(old, new, &context.part(&format!(".{keyword}"))),
        };
        if self.equivalence().is(old, new) {
            return;
        }
        let is_harmless = keyword == "not" && self.is_opposite_harmless(old, new, context);
        let kind = if is_harmless { kind.with(Info) } else { kind };
        let (before, after) = (brief(self.old, old), brief(self.new, new));
        // Different schemas may have the same summary.
        let is_shown = before != after;
        self.change(
            kind,
            context,
            is_shown.then_some(before),
            is_shown.then_some(after),
        );
    }

    /// Returns `true` if changing a `not` schema breaks no clients. It breaks requests if the `not` schema accepts more
    /// values, and responses if it accepts fewer. Changes that need review count as harmful.
    fn is_opposite_harmless(&mut self, old: SchemaId, new: SchemaId, context: &Context) -> bool {
        let context = Context {
            direction: context.direction.reversed(),
            ..context.clone()
        };
        let found = self.silently((old, new), &context);
        found.is_some_and(|found| found.iter().all(is_certainly_harmless))
    }

    fn named_parts(
        &mut self,
        keyword: &str,
        [added, removed]: [ChangeKind; 2],
        old: &Schema,
        new: &Schema,
        context: &Context,
    ) {
        // If no other properties are allowed, an entry allows additional properties instead of constraining them.
        // Clients usually ignore additional properties in responses.
        let of_graph = |kind: ChangeKind, graph: &Graph, schema: &Schema| {
            let allows = keyword == "patternProperties" && graph.is_closed(schema);
            let reversed = kind.reversed();
            let response = reversed.response.min(Warning);
            if allows {
                ChangeKind { response, ..reversed }
            } else {
                kind
            }
        };
        let (added, removed) = (of_graph(added, self.old, old), of_graph(removed, self.new, new));
        for (name, id) in old.map(keyword) {
            match new.member(keyword, name) {
                Some(other) => self.schemas(id, other, &context.part(&format!(".{keyword}[{name:?}]"))),
                None => self.removed(removed, context, json!({ name: brief(self.old, id) })),
            }
        }
        for (name, id) in new
            .map(keyword)
            .filter(|(name, _)| old.member(keyword, name).is_none())
        {
            self.added(added, context, json!({ name: brief(self.new, id) }));
        }
    }
}

/// Returns `true` if a tuple schema lists all items that the array may have.
fn is_full(schema: &Schema, other: &Schema) -> bool {
    let listed = schema
        .list("prefixItems")
        .len()
        .max(other.list("prefixItems").len());
    let limit = schema.value("maxItems").and_then(Value::as_u64);
    listed > 0 && limit.is_some_and(|limit| usize::try_from(limit).is_ok_and(|limit| limit <= listed))
}
