//! Media types: matching and comparison.

use indexmap::IndexMap;
use serde_json::Value;

use super::{Comparison, Context, brief};
use crate::kinds::ChangeKind;
use crate::model::{Graph, MediaType};

/// The relation between the old and the new name of a media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Same,
    /// From `x+json` to `json`.
    Generalized,
    /// From `json` to `x+json`.
    Specialized,
    /// The parameters differ.
    Changed,
}

/// A media type that both documents have.
pub(super) struct Pair<'a> {
    pub(super) relation: Relation,
    pub(super) old_name: &'a str,
    pub(super) new_name: &'a str,
    pub(super) old: &'a MediaType,
    pub(super) new: &'a MediaType,
}

impl Pair<'_> {
    /// Returns the context of the body. Its location includes the media type only if the body has several.
    pub(super) fn context(&self, body: &Context, alternatives: usize) -> Context {
        let is_text = is_text(self.new_name);
        let name = Name::parse(self.new_name);
        let is_plain_json = name.kind == "application" && name.subtype == "json";
        let location = if alternatives > 1 && !is_plain_json {
            format!("{}({})", body.location, self.new_name)
        } else {
            body.location.clone()
        };
        Context {
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

/// Matches media types: by name, then by one being a specialization of the other.
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
    /// Compares a body in one media type.
    pub(super) fn media_type(
        &mut self,
        old: &MediaType,
        new: &MediaType,
        context: &Context,
        fields: [&ChangeKind; 2],
        [added, removed]: [&ChangeKind; 2],
    ) {
        self.fields(fields, context, &old.fields, &new.fields);
        self.prose(
            &crate::kinds::schema::PROSE_CHANGED,
            context,
            &old.prose,
            &new.prose,
        );
        match (old.schema, new.schema) {
            (None, None) => {}
            (None, Some(id)) => self.change(added, context, Value::Null, brief(self.new, id)),
            (Some(id), None) => self.change(removed, context, brief(self.old, id), Value::Null),
            (Some(old), Some(new)) => self.schemas(old, new, context),
        }
    }
}

/// Returns `true` if a number and a string with its digits are written the same way in a media type: forms, XML and
/// plain text.
pub(super) fn is_text(name: &str) -> bool {
    let name = Name::parse(name);
    let is_form = name.kind == "multipart" || name.subtype == "x-www-form-urlencoded";
    let is_words = name.kind == "text" && name.structure() != "json";
    is_form || is_words || name.structure() == "xml"
}

/// Returns `true` for JSON media types.
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

    /// Returns the structure of a subtype: `json` for `problem+json` and `json`.
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

/// Returns a short description of a body: its schema in the first media type, or else the name of that media type.
pub(super) fn brief_body(graph: &Graph, content: &IndexMap<String, MediaType>) -> Value {
    match content.first() {
        Some((_, MediaType { schema: Some(id), .. })) => brief(graph, *id),
        Some((name, _)) => Value::String(name.clone()),
        None => Value::String("empty".to_owned()),
    }
}
