//! Media types: which of two documents belong together, and what is in them.

use indexmap::IndexMap;
use serde_json::Value;

use super::{Comparison, Place, brief};
use crate::kinds::Kind;
use crate::model::{Graph, MediaType};

/// What became of a media type's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Same,
    /// From `x+json` to `json`.
    Generalized,
    /// From `json` to `x+json`.
    Specialized,
    /// Other parameters.
    Changed,
}

/// The same media type in both documents.
pub(super) struct Pair<'a> {
    pub(super) relation: Relation,
    pub(super) old_name: &'a str,
    pub(super) new_name: &'a str,
    pub(super) old: &'a MediaType,
    pub(super) new: &'a MediaType,
}

impl Pair<'_> {
    /// The place of the body: with the media type only where it takes that to tell bodies apart.
    pub(super) fn place(&self, body: &Place, alternatives: usize) -> Place {
        let is_text = is_text(self.new_name);
        let name = Name::parse(self.new_name);
        let is_plain_json = name.kind == "application" && name.subtype == "json";
        let location = if alternatives > 1 && !is_plain_json {
            format!("{}({})", body.location, self.new_name)
        } else {
            body.location.clone()
        };
        Place {
            location,
            is_text,
            ..body.clone()
        }
    }
}

/// The media types of both documents.
pub(super) struct Pairs<'a> {
    pub(super) both: Vec<Pair<'a>>,
    pub(super) removed: Vec<&'a str>,
    pub(super) added: Vec<&'a str>,
}

/// Finds the media types that belong together: by name, then those of which one is a kind of the other.
pub(super) fn pairs<'a>(
    old: &'a IndexMap<String, MediaType>,
    new: &'a IndexMap<String, MediaType>,
) -> Pairs<'a> {
    let mut added: Vec<&str> = new.keys().map(String::as_str).collect();
    let mut removed: Vec<&str> = old.keys().map(String::as_str).collect();
    let mut both = Vec::new();
    for wanted in [
        Relation::Same,
        Relation::Changed,
        Relation::Specialized,
        Relation::Generalized,
    ] {
        removed.retain(|old_name| {
            let found = added
                .iter()
                .position(|new_name| relation(old_name, new_name) == Some(wanted));
            let Some(new_name) = found.map(|index| added.remove(index)) else {
                return true;
            };
            let (Some(old), Some(new)) = (old.get(*old_name), new.get(new_name)) else {
                return true;
            };
            both.push(Pair {
                relation: wanted,
                old_name,
                new_name,
                old,
                new,
            });
            false
        });
    }
    Pairs { both, removed, added }
}

impl Comparison<'_> {
    /// What a body in one media type is made of.
    pub(super) fn media_type(
        &mut self,
        old: &MediaType,
        new: &MediaType,
        place: &Place,
        fields: [&Kind; 2],
        [added, removed]: [&Kind; 2],
    ) {
        self.fields(fields, place, &old.fields, &new.fields);
        self.prose(
            &crate::kinds::schema::PROSE_CHANGED,
            place,
            &old.prose,
            &new.prose,
        );
        match (old.schema, new.schema) {
            (None, None) => {}
            (None, Some(id)) => {
                let place = place.typed([self.new_type(Some(id)); 2]);
                self.change(added, &place, Value::Null, brief(self.new, id));
            }
            (Some(id), None) => {
                let place = place.typed([self.old_type(Some(id)); 2]);
                self.change(removed, &place, brief(self.old, id), Value::Null);
            }
            (Some(old), Some(new)) => {
                let names = [self.old.get(old), self.new.get(new)].map(|schema| schema.name.as_deref());
                self.schemas(old, new, &place.typed(names));
            }
        }
    }
}

/// Whether a number and its digits look the same in a media type: in forms, in XML, and in text that is no JSON.
pub(super) fn is_text(name: &str) -> bool {
    let name = Name::parse(name);
    let is_form = name.kind == "multipart" || name.subtype == "x-www-form-urlencoded";
    let is_words = name.kind == "text" && name.structure() != "json";
    is_form || is_words || name.structure() == "xml"
}

/// Whether a body is JSON.
pub(super) fn is_json(name: &str) -> bool {
    let name = Name::parse(name);
    name.kind == "application" && name.structure() == "json"
}

struct Name {
    kind: String,
    subtype: String,
    parameters: Vec<String>,
}

impl Name {
    fn parse(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let mut parts = name.split(';').map(str::trim);
        let essence = parts.next().unwrap_or_default();
        let (kind, subtype) = essence.split_once('/').unwrap_or((essence, ""));
        let mut parameters: Vec<String> = parts.map(str::to_owned).collect();
        parameters.sort();
        Self {
            kind: kind.to_owned(),
            subtype: subtype.to_owned(),
            parameters,
        }
    }

    /// What the subtype is written in: `json` of `problem+json` and of `json`.
    fn structure(&self) -> &str {
        self.subtype.rsplit('+').next().unwrap_or(&self.subtype)
    }
}

fn relation(old: &str, new: &str) -> Option<Relation> {
    let (old, new) = (Name::parse(old), Name::parse(new));
    let is_kind_of = |a: &Name, b: &Name| a.subtype != b.subtype && a.structure() == b.subtype;
    let relation = match (&old, &new) {
        _ if old.kind != new.kind => return None,
        _ if old.subtype == new.subtype => Relation::Same,
        _ if is_kind_of(&new, &old) => Relation::Specialized,
        _ if is_kind_of(&old, &new) => Relation::Generalized,
        _ => return None,
    };
    Some(if old.parameters == new.parameters {
        relation
    } else {
        Relation::Changed
    })
}

/// A body in few words: its schema in the first media type, or that type's name.
pub(super) fn brief_body(graph: &Graph, content: &IndexMap<String, MediaType>) -> Value {
    match content.first() {
        Some((_, MediaType { schema: Some(id), .. })) => brief(graph, *id),
        Some((name, _)) => Value::String(name.clone()),
        None => Value::String("empty".to_owned()),
    }
}
