//! Matches and compares media types.

use indexmap::IndexMap;
use serde_json::Value;
use xtask_openapi::Fields as _;

use Relation::{Changed, Generalized, Same, Specialized};

use super::brief::brief;
use super::{Comparison, Context};
use crate::change::Severity::{Breaking, Warning};
use crate::kinds::schema as kinds;
use crate::model::{Fields, Graph, MediaType, Schema, SchemaId};

/// The relation between the old and new names of a media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Same,
    /// From `x+json` to `json`, or to a range such as `application/*`.
    Generalized,
    /// From `json` to `x+json`, or from a range to one of its types.
    Specialized,
    /// The parameters differ, and the subtypes may differ too. Does not apply to ranges, which match any parameters.
    Changed,
}

impl Relation {
    fn of(old: &str, new: &str) -> Option<Self> {
        let (old, new) = (Name::parse(old), Name::parse(new));
        let is_same_kind = old.kind == new.kind;
        let is_kind_of = |a: &Name, b: &Name| b.contains(a) || (is_same_kind && a.structure() == b.subtype);
        let relation = match (&old, &new) {
            _ if is_same_kind && old.subtype == new.subtype => Same,
            _ if is_kind_of(&new, &old) => Specialized,
            _ if is_kind_of(&old, &new) => Generalized,
            _ => return None,
        };
        let is_range = relation != Same && (old.is_range() || new.is_range());
        let is_same = old.parameters == new.parameters || is_range;
        Some(if is_same { relation } else { Changed })
    }
}

/// A media type that exists in both documents.
pub(super) struct Pair<'a> {
    pub(super) relation: Relation,
    pub(super) old_name: &'a str,
    pub(super) new_name: &'a str,
    pub(super) old: &'a MediaType,
    pub(super) new: &'a MediaType,
}

impl Pair<'_> {
    /// Returns the context for the body. The location includes the media type only if the body has more than one.
    pub(super) fn context(&self, body: &Context, alternatives: usize) -> Context {
        let mut context = body.clone();
        context.is_text = is_text(self.new_name);
        let name = Name::parse(self.new_name);
        let is_plain_json = name.kind == "application" && name.subtype == "json";
        if alternatives > 1 && !is_plain_json {
            context.location = format!("{}({})", body.location, self.new_name);
        }
        context
    }
}

/// The media types in both documents.
pub(super) struct Pairs<'a> {
    pub(super) both: Vec<Pair<'a>>,
    pub(super) removed: Vec<&'a str>,
    pub(super) added: Vec<&'a str>,
}

/// Matches media types by name, then by specialization, such as `json` with `x+json`.
pub(super) fn pairs<'a>(
    old: &'a IndexMap<String, MediaType>,
    new: &'a IndexMap<String, MediaType>,
) -> Pairs<'a> {
    let (mut removed, mut added): (Vec<_>, Vec<_>) = (old.iter().collect(), new.iter().collect());
    let mut both = Vec::new();
    for relation in [Same, Changed, Specialized, Generalized] {
        removed.retain(|(old_name, old)| {
            let fits = |(name, _): &(&String, _)| Relation::of(old_name, name) == Some(relation);
            let Some(found) = added.iter().position(fits) else {
                return true;
            };
            let (new_name, new) = added.remove(found);
            both.push(Pair {
                relation,
                old_name,
                new_name,
                old,
                new,
            });
            false
        });
    }
    let names = |content: Vec<(&'a String, _)>| content.into_iter().map(|(name, _)| name.as_str()).collect();
    Pairs {
        both,
        removed: names(removed),
        added: names(added),
    }
}

impl Comparison<'_> {
    /// Compares a body in a single media type.
    pub(super) fn media_type(&mut self, pair: &Pair<'_>, context: &Context) {
        let (old, new) = (pair.old, pair.new);
        let is_lost = encoding_is_lost(&old.rest.facts, &new.rest.facts, context);
        let severity = if is_lost { Breaking } else { Warning };
        let encoding = kinds::ENCODING_CHANGED.with(severity);
        self.rest(encoding, context, &old.rest, &new.rest);
        // A schema that accepts any bytes is equivalent to no schema.
        let is_binary = !is_json(pair.old_name) && !is_json(pair.new_name);
        let limits = |graph: &Graph, id: &SchemaId| !(is_binary && is_any_bytes(graph.get(*id)));
        let old = old.schema.filter(|id| limits(self.old, id));
        let new = new.schema.filter(|id| limits(self.new, id));
        match (old, new) {
            // A schema that accepts any value is equivalent to no schema.
            (None | Some(Graph::ANY), None) | (None, Some(Graph::ANY)) => {}
            (None, Some(id)) => self.added(kinds::MEDIA_TYPE_SCHEMA_ADDED, context, brief(self.new, id)),
            (Some(id), None) => self.removed(kinds::MEDIA_TYPE_SCHEMA_REMOVED, context, brief(self.old, id)),
            (Some(old), Some(new)) => self.schemas(old, new, context),
        }
    }
}

/// Returns `true` if a part of a form is serialized differently, or if a request part may no longer have one of its
/// content types, or if a response part may have a new one.
fn encoding_is_lost(old: &Fields, new: &Fields, context: &Context) -> bool {
    let (sent, accepted) = if context.is_response() {
        (new, old)
    } else {
        (old, new)
    };
    let types = |part: &Value| -> Option<Vec<Name>> {
        let names = part.text("contentType")?.split(',');
        Some(names.map(Name::parse).collect())
    };
    let serialization = |part: &Value| {
        let style = part.text("style").unwrap_or("form").to_owned();
        let explode = part.get("explode").and_then(Value::as_bool);
        (explode.unwrap_or(style == "form"), style)
    };
    let parts = sent
        .get("encoding")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    let mut both = parts.filter_map(|(name, part)| Some((part, accepted.get("encoding")?.get(name)?)));
    both.any(|(sent, accepted)| {
        let is_lost = types(sent).zip(types(accepted)).is_some_and(|(sent, accepted)| {
            let accepts = |name: &Name| accepted.iter().any(|other| other == name || other.contains(name));
            !sent.iter().all(accepts)
        });
        is_lost || serialization(sent) != serialization(accepted)
    })
}

/// Returns `true` for `type: string` with `format: binary` and no limits, which OpenAPI 3.0 requires for bytes.
fn is_any_bytes(schema: &Schema) -> bool {
    schema.text("format") == Some("binary") && schema.values.len() == 1
}

/// Returns `true` if a media type serializes a number in the same way as a string of its digits, as in forms, XML and
/// plain text.
pub(super) fn is_text(name: &str) -> bool {
    let name = Name::parse(name);
    let is_form = name.kind == "multipart" || name.subtype == "x-www-form-urlencoded";
    let is_words = name.kind == "text" && name.structure() != "json";
    is_form || is_words || name.structure() == "xml"
}

/// Returns `true` if two media types differ at most in their parameters.
pub(super) fn are_of_same_type(old: &str, new: &str) -> bool {
    let (old, new) = (Name::parse(old), Name::parse(new));
    (old.kind, old.subtype) == (new.kind, new.subtype)
}

/// Returns `true` for media type ranges, such as `*/*`.
pub(super) fn is_range(name: &str) -> bool {
    Name::parse(name).is_range()
}

/// Returns `true` for JSON media types.
pub(super) fn is_json(name: &str) -> bool {
    let name = Name::parse(name);
    name.kind == "application" && name.structure() == "json"
}

#[derive(PartialEq, Eq)]
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

    fn is_range(&self) -> bool {
        self.subtype == "*"
    }

    /// Returns `true` if this is a range that contains the other media type.
    fn contains(&self, other: &Self) -> bool {
        self.is_range() && (self.kind == "*" || self.kind == other.kind)
    }

    /// Returns the structured syntax of a subtype, such as `json` for both `problem+json` and `json`.
    fn structure(&self) -> &str {
        self.subtype.rsplit('+').next().unwrap_or(&self.subtype)
    }
}
