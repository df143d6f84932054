//! The comparison of two documents, operation by operation.

mod called;
mod deprecation;
mod info;
mod media_type;
mod operation;
mod parameter;
mod place;
mod prose;
mod request;
mod requirements;
mod response;
mod same;
mod schema;
mod schemes;
mod server;
mod text_value;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use xtask_openapi::escape::code_span;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::change::{Change, Direction, Severity};
use crate::kinds::Kind;
use crate::model::{Graph, SchemaId};
use crate::sentence;

use media_type::brief_body;
pub(crate) use operation::template;
pub(crate) use place::{Place, Scope};
use same::Sameness;
pub(crate) use schemes::Schemes;

/// An old and a new schema.
type Pair = (SchemaId, SchemaId);

/// An operation and a location in it.
type At = (Option<String>, String);

/// The context that affects severities: the direction, and if values are text or never sent.
type Meaning = (Direction, bool, bool);

/// How deep schemas may lie in each other, references followed.
const MAX_DEPTH: usize = 200;

/// How many pairs of schemas are looked at; an honest document stays far below.
const MAX_VISITS: usize = 500_000;

/// From this many pairs on, one that was looked at in one place is not looked at again in others. Where every schema
/// refers to every other, there are more ways through them than could ever be gone.
const MANY_VISITS: usize = 20_000;

/// From this many changes on, likewise.
const MANY_CHANGES: usize = 2_000;

/// The maximum number of locations in a note.
const MAX_LISTED: usize = 5;

/// The comparison of the operations of two documents.
#[derive(Debug)]
pub(crate) struct Comparison<'a> {
    pub(crate) old: &'a Graph,
    pub(crate) new: &'a Graph,
    pub(crate) today: NaiveDate,
    /// The new names of security schemes, by their old ones.
    pub(crate) renames: BTreeMap<String, String>,
    /// The operation that is being compared; none for what belongs to the whole document.
    operation: Option<String>,
    changes: Vec<Change>,
    /// The generated types that only the name of a schema has changed for: old and new.
    renamed_types: BTreeSet<[String; 2]>,
    walk: Walk,
    /// Computed on first use.
    sameness: OnceCell<Sameness>,
}

/// The way through the graphs of schemas.
#[derive(Debug, Default)]
struct Walk {
    /// The pairs that the present one lies in, with their depth.
    open: HashMap<Pair, usize>,
    /// The depth of the outermost pair that the walk came back to.
    outermost_cut: usize,
    /// Pairs that are known to have no difference.
    unchanged: HashSet<Pair>,
    /// Pairs that were compared completely, in a context of this meaning.
    finished: HashSet<(Pair, Meaning)>,
    visits: usize,
    /// The places of pairs that were already compared in another place.
    left_out: BTreeSet<At>,
    /// Changes are only counted, not reported.
    is_silent: bool,
    /// The reasons why something was not compared in full.
    not_compared: BTreeMap<At, &'static str>,
    is_too_much: bool,
}

impl<'a> Comparison<'a> {
    pub(crate) fn new(old: &'a Graph, new: &'a Graph, today: NaiveDate) -> Self {
        Self {
            old,
            new,
            today,
            renames: BTreeMap::new(),
            operation: None,
            changes: Vec::new(),
            renamed_types: BTreeSet::new(),
            walk: Walk::default(),
            sameness: OnceCell::new(),
        }
    }

    /// The changes, and notes about the report; `None` if the documents are too much to compare.
    pub(crate) fn finish(self) -> Option<(Vec<Change>, Vec<String>)> {
        let left_out = (!self.walk.left_out.is_empty() && !self.changes.is_empty()).then(|| {
            let count = self.walk.left_out.len();
            let first: Vec<String> = self.walk.left_out.iter().take(MAX_LISTED).map(quoted).collect();
            let more = if count > MAX_LISTED { ", …" } else { "" };
            format!(
                "There are so many changes, or ways to them, that a schema which is used in several places is \
                 reported in one. Not compared again in {count} places: {}{more}.",
                first.join(", ")
            )
        });
        let not_compared = self.walk.not_compared.iter();
        let not_compared =
            not_compared.map(|(at, why)| format!("{} was not compared in full: {why}.", quoted(at)));
        let not_compared: Vec<String> = not_compared.collect();
        let renamed = self.renamed_types.iter().map(|[old, new]| {
            format!(
                "The schema of `types::{old}` has another name, and so has the generated type: `types::{new}`. That is \
                 no change of the API, and a major one of the generated crate."
            )
        });
        let notes = renamed.chain(not_compared).chain(left_out).collect();
        (!self.walk.is_too_much).then_some((self.changes, notes))
    }

    /// The equivalence classes of the schemas of both documents.
    fn sameness(&self) -> &Sameness {
        self.sameness.get_or_init(|| Sameness::of(self.old, self.new))
    }

    /// Notes that a bound stopped the comparison at a place.
    fn not_compared(&mut self, place: &Place, why: &'static str) {
        let key = (self.operation.clone(), place.location.clone());
        self.walk.not_compared.entry(key).or_insert(why);
    }

    /// Records a change whose id is the kind's.
    fn change(&mut self, kind: &Kind, place: &Place, old: Value, new: Value) {
        self.change_as(kind.request, kind, place, old, new);
    }

    /// Records a change whose severity depends on more than its kind.
    fn change_as(&mut self, severity: Severity, kind: &Kind, place: &Place, old: Value, new: Value) {
        self.record(kind.id.to_owned(), severity, kind, place, old, new);
    }

    fn record(&mut self, id: String, severity: Severity, kind: &Kind, place: &Place, old: Value, new: Value) {
        self.changes.push(Change {
            severity,
            direction: place.direction,
            operation: self.operation.clone(),
            message: sentence::of(&place.location, &id, kind.says, &old, &new),
            location: place.location.clone(),
            rust: place.items.effect(kind.touches, kind.id, &old, &new),
            id,
            old,
            new,
        });
    }

    /// The name of a reusable schema that only the old document has.
    fn old_type(&self, id: Option<SchemaId>) -> Option<&'a str> {
        let name = self.old.get(id?).name.as_deref()?;
        self.new.named(name).is_none().then_some(name)
    }

    /// The name of a reusable schema that only the new document has.
    fn new_type(&self, id: Option<SchemaId>) -> Option<&'a str> {
        let name = self.new.get(id?).name.as_deref()?;
        self.old.named(name).is_none().then_some(name)
    }

    /// Records the differences of fields that no rule knows.
    fn fields(
        &mut self,
        kinds: [&Kind; 2],
        place: &Place,
        old: &BTreeMap<String, Value>,
        new: &BTreeMap<String, Value>,
    ) {
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        for name in names.into_iter().filter(|name| old.get(*name) != new.get(*name)) {
            let [unknown, extension] = kinds;
            let kind = if name.starts_with("x-") {
                extension
            } else {
                unknown
            };
            let place = place.at(place.direction, place.scope, format!("{}.{name}", place.location));
            self.change(kind, &place, or_null(old.get(name)), or_null(new.get(name)));
        }
    }
}

/// An operation and location in a note.
fn quoted((operation, location): &At) -> String {
    match operation {
        Some(operation) => format!("{} of {}", code_span(location), code_span(operation)),
        None => code_span(location),
    }
}

fn or_null(value: Option<&Value>) -> Value {
    value.cloned().unwrap_or_default()
}

/// A schema in a word or two: its name, or else its types.
fn brief(graph: &Graph, id: SchemaId) -> Value {
    let schema = graph.get(id);
    match &schema.name {
        _ if schema.is_never => json!("nothing"),
        Some(name) => json!(name),
        None => schema::type_name(schema),
    }
}
