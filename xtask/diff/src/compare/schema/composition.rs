//! Composition: `allOf`, `anyOf`, `oneOf`, and the discriminator that selects an alternative.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::change::Severity;
use crate::compare::{Comparison, Place, Scope, brief, or_null};
use crate::kinds::{Kind, schema as kinds};
use crate::model::{Graph, Schema, SchemaId};

impl Comparison<'_> {
    pub(super) fn composition(&mut self, old: &Schema, new: &Schema, place: &Place, is_wrapped: bool) {
        self.members(
            "allOf",
            [&kinds::ALL_OF_ADDED, &kinds::ALL_OF_REMOVED],
            old,
            new,
            place,
        );
        self.members(
            "anyOf",
            [&kinds::ANY_OF_ADDED, &kinds::ANY_OF_REMOVED],
            old,
            new,
            place,
        );
        if !is_wrapped {
            self.members(
                "oneOf",
                [&kinds::ONE_OF_ADDED, &kinds::ONE_OF_REMOVED],
                old,
                new,
                place,
            );
        }
        self.discriminator(old.value("discriminator"), new.value("discriminator"), place);
    }

    /// Reports an object that became one of several objects, which no longer is a change of its own parts.
    pub(super) fn wrapped_in_one_of(&mut self, old: &Schema, new: &Schema, place: &Place) -> bool {
        let was_object = old.map("properties").next().is_some() && old.list("oneOf").is_empty();
        let is_only_union =
            !new.list("oneOf").is_empty() && new.types.is_none() && new.map("properties").next().is_none();
        if !was_object
            || !is_only_union
            || !old
                .map("properties")
                .any(|(name, _)| self.is_in_alternative(new, name))
        {
            return false;
        }
        let names: Vec<Value> = new.list("oneOf").iter().map(|id| brief(self.new, *id)).collect();
        if place.scope == Scope::Body {
            self.schema_change(&kinds::WRAPPED_IN_ONE_OF, place, json!("object"), json!(names));
        } else {
            for name in names {
                self.schema_change_as(Severity::Breaking, &kinds::ONE_OF_ADDED, place, Value::Null, name);
            }
        }
        true
    }

    /// Whether one of the alternatives of a `oneOf` has the property.
    pub(super) fn is_in_alternative(&self, schema: &Schema, name: &str) -> bool {
        schema
            .list("oneOf")
            .iter()
            .any(|id| self.new.get(*id).property(name).is_some())
    }

    fn members(
        &mut self,
        keyword: &str,
        [added, removed]: [&Kind; 2],
        old: &Schema,
        new: &Schema,
        place: &Place,
    ) {
        let mut gone: Vec<(usize, SchemaId)> = old.list(keyword).iter().copied().enumerate().collect();
        let mut fresh: Vec<(usize, SchemaId)> = new.list(keyword).iter().copied().enumerate().collect();
        if gone.is_empty() && fresh.is_empty() {
            return;
        }
        for (_, old_id, (index, new_id)) in self.same_members(&mut gone, &mut fresh) {
            self.implicit_mapping((old, old_id), (new, new_id), place);
            let (old, new) = (old_id, new_id);
            // Nothing but words can differ here.
            self.schemas(
                old,
                new,
                &place.part(&format!(".{keyword}[{index}]"), place.items.part("", [None; 2])),
            );
        }
        for (_, old, (index, new)) in self.changed_members(keyword, &mut gone, &mut fresh) {
            let type_names = [self.old.get(old), self.new.get(new)].map(|schema| schema.name.as_deref());
            let items = place.items.part(&format!("Variant{index}"), type_names);
            self.schemas(old, new, &place.part(&format!(".{keyword}[{index}]"), items));
        }
        for (_, id) in gone {
            let kind = self.annotation_kind(
                keyword,
                self.old.get(id),
                removed,
                &kinds::ALL_OF_REMOVED_ANNOTATION_ONLY,
            );
            self.schema_change(kind, place, brief(self.old, id), Value::Null);
        }
        for (_, id) in fresh {
            let kind = self.annotation_kind(
                keyword,
                self.new.get(id),
                added,
                &kinds::ALL_OF_ADDED_ANNOTATION_ONLY,
            );
            self.schema_change(kind, place, Value::Null, brief(self.new, id));
        }
    }

    fn annotation_kind<'k>(
        &self,
        keyword: &str,
        member: &Schema,
        kind: &'k Kind,
        only: &'k Kind,
    ) -> &'k Kind {
        if keyword == "allOf" && member.is_annotation_only() {
            only
        } else {
            kind
        }
    }

    /// Takes out the members that say the same; of several, those of the same name belong together.
    fn same_members(
        &mut self,
        gone: &mut Vec<(usize, SchemaId)>,
        fresh: &mut Vec<(usize, SchemaId)>,
    ) -> Vec<Member> {
        let mut pairs = Vec::new();
        for by_name in [true, false] {
            gone.retain(|(at, old)| {
                let fits = |(_, new): &(usize, SchemaId)| {
                    let names_fit = !by_name || self.old.get(*old).name == self.new.get(*new).name;
                    names_fit && self.sameness.of((self.old, *old), (self.new, *new))
                };
                let mut fits = fits;
                let Some(index) = fresh.iter().position(&mut fits) else {
                    return true;
                };
                pairs.push((*at, *old, fresh.remove(index)));
                false
            });
        }
        pairs
    }

    /// Takes out the members that are each other's successor: by name, by title, or because only one is left.
    fn changed_members(
        &self,
        keyword: &str,
        gone: &mut Vec<(usize, SchemaId)>,
        fresh: &mut Vec<(usize, SchemaId)>,
    ) -> Vec<Member> {
        let name = |graph: &Graph, id: SchemaId| graph.get(id).name.clone();
        let title = |graph: &Graph, id: SchemaId| graph.get(id).prose.get("title").cloned();
        let mut pairs = Vec::new();
        for by_name in [true, false] {
            gone.retain(|(at, old)| {
                let found = fresh.iter().position(|(_, new)| {
                    if by_name {
                        name(self.old, *old).is_some_and(|old| Some(old) == name(self.new, *new))
                    } else {
                        title(self.old, *old).is_some_and(|old| Some(old) == title(self.new, *new))
                    }
                });
                let Some(index) = found else { return true };
                pairs.push((*at, *old, fresh.remove(index)));
                false
            });
        }
        if let ([(at, old)], [(index, new)]) = (gone.as_slice(), fresh.as_slice()) {
            let are_named = name(self.old, *old).is_some() && name(self.new, *new).is_some();
            let has_title = title(self.old, *old).is_some() || title(self.new, *new).is_some();
            let only_annotates = |graph: &Graph, id: SchemaId| graph.get(id).is_annotation_only();
            let differ =
                keyword == "allOf" && only_annotates(self.old, *old) != only_annotates(self.new, *new);
            if !are_named && !has_title && !differ {
                pairs.push((*at, *old, (*index, *new)));
                gone.clear();
                fresh.clear();
            }
        }
        pairs
    }

    fn discriminator(&mut self, old: Option<&Value>, new: Option<&Value>, place: &Place) {
        let (old, new) = match (old, new) {
            _ if old == new => return,
            (None, _) => {
                return self.schema_change(&kinds::DISCRIMINATOR_ADDED, place, Value::Null, property_of(new));
            }
            (_, None) => {
                return self.schema_change(
                    &kinds::DISCRIMINATOR_REMOVED,
                    place,
                    property_of(old),
                    Value::Null,
                );
            }
            (Some(old), Some(new)) => (old, new),
        };
        let (before, after) = (property_of(Some(old)), property_of(Some(new)));
        if before != after {
            self.schema_change(&kinds::DISCRIMINATOR_RENAMED, place, before, after);
        }
        let empty = Map::new();
        let mapping = |value: &'_ Value| {
            value
                .get("mapping")
                .and_then(Value::as_object)
                .unwrap_or(&empty)
                .clone()
        };
        let (old, new) = (mapping(old), mapping(new));
        let values: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for value in values {
            let (before, after) = (old.get(value), new.get(value));
            let kind = match (before, after) {
                _ if before == after => continue,
                (None, _) => &kinds::MAPPING_ADDED,
                (_, None) => &kinds::MAPPING_DELETED,
                _ if self.is_renamed_schema(before, after) => continue,
                _ => &kinds::MAPPING_CHANGED,
            };
            let entry =
                |target: Option<&Value>| target.map_or(Value::Null, |target| json!({ value: target }));
            self.schema_change(kind, place, entry(before), entry(after));
        }
    }

    /// Without a mapping, the name of an alternative is the value that selects it, and goes over the wire.
    fn implicit_mapping(&mut self, old: (&Schema, SchemaId), new: (&Schema, SchemaId), place: &Place) {
        let unmapped = |graph: &Graph, (union, id): (&Schema, SchemaId)| {
            let discriminator = union.value("discriminator")?;
            let name = json!(graph.get(id).name.as_ref()?);
            let mapping = discriminator.get("mapping").and_then(Value::as_object);
            let is_mapped = mapping.is_some_and(|mapping| mapping.values().any(|target| *target == name));
            (!is_mapped).then_some(name)
        };
        match (unmapped(self.old, old), unmapped(self.new, new)) {
            (Some(old), Some(new)) if old != new => {
                self.schema_change(&kinds::MAPPING_CHANGED, place, old, new);
            }
            _ => {}
        }
    }

    /// Whether a mapping leads to the same schema, which has got another name.
    fn is_renamed_schema(&mut self, old: Option<&Value>, new: Option<&Value>) -> bool {
        let named = |graph: &Graph, name: Option<&Value>| {
            name.and_then(Value::as_str).and_then(|name| graph.named(name))
        };
        let name_is_new = named(self.old, new).is_none() && named(self.new, old).is_none();
        match (named(self.old, old), named(self.new, new)) {
            (Some(old), Some(new)) if name_is_new => self.sameness.of((self.old, old), (self.new, new)),
            _ => false,
        }
    }
}

/// The position and id of an old member, and those of the new one that belongs to it.
type Member = (usize, SchemaId, (usize, SchemaId));

fn property_of(discriminator: Option<&Value>) -> Value {
    or_null(discriminator.and_then(|discriminator| discriminator.get("propertyName")))
}
