//! Comparison of two documents, operation by operation.

mod called;
mod context;
mod deprecation;
mod equivalence;
mod info;
mod media_type;
mod operation;
mod parameter;
mod prose;
mod request;
mod requirements;
mod response;
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
use crate::kinds::ChangeKind;
use crate::model::{Graph, SchemaId};
use crate::sentence;

pub(crate) use context::{Context, Scope};
use equivalence::Equivalence;
use media_type::brief_body;
pub(crate) use operation::template;
pub(crate) use schemes::Schemes;

/// An old and a new schema.
type Pair = (SchemaId, SchemaId);

/// An operation and a location in it.
type At = (Option<String>, String);

/// The properties of a location that affect severities: the direction, whether values are sent as text, and whether
/// they are never sent.
type Meaning = (Direction, bool, bool);

/// The maximum nesting depth of schemas, including references. In a document whose schemas refer to each other, a path
/// can contain all of them.
const MAX_DEPTH: usize = 900;

/// The maximum number of schema pairs to visit.
const MAX_VISITS: usize = 500_000;

/// The number of visited pairs after which a pair that was compared at one location is not compared again at others.
/// The number of paths through schemas that refer to each other grows exponentially.
const MANY_VISITS: usize = 20_000;

/// The number of changes after which a pair is not compared again.
const MANY_CHANGES: usize = 2_000;

/// The maximum number of locations in a note.
const MAX_LISTED: usize = 5;

/// The state of a comparison.
#[derive(Debug)]
pub(crate) struct Comparison<'a> {
    pub(crate) old: &'a Graph,
    pub(crate) new: &'a Graph,
    pub(crate) today: NaiveDate,
    /// The new names of security schemes by their old names.
    pub(crate) renames: BTreeMap<String, String>,
    /// The operation that is being compared; `None` for the whole document.
    operation: Option<String>,
    changes: Vec<Change>,
    walk: Walk,
    /// The equivalence classes, computed on first use.
    equivalence: OnceCell<Equivalence>,
}

/// The state of the traversal of the schema graphs.
#[derive(Debug, Default)]
struct Walk {
    /// The pairs that contain the current one, with their depth.
    open: HashMap<Pair, usize>,
    /// The depth of the outermost pair that the traversal returned to.
    outermost_cut: usize,
    /// Pairs that are known to be unchanged.
    unchanged: HashSet<Pair>,
    /// Pairs that were compared completely, with the properties of their location.
    finished: HashSet<(Pair, Meaning)>,
    visits: usize,
    /// Locations of pairs that were already compared at another location.
    left_out: BTreeSet<At>,
    /// `true` if changes are counted, but not reported.
    is_silent: bool,
    /// The locations that were not compared in full, with the reason.
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
            walk: Walk::default(),
            equivalence: OnceCell::new(),
        }
    }

    /// Returns the changes and notes; `None` if the documents are nested too deeply.
    pub(crate) fn finish(self) -> Option<(Vec<Change>, Vec<String>)> {
        let left_out = (!self.walk.left_out.is_empty() && !self.changes.is_empty()).then(|| {
            let count = self.walk.left_out.len();
            let first: Vec<String> = self.walk.left_out.iter().take(MAX_LISTED).map(quoted).collect();
            let more = if count > MAX_LISTED { ", …" } else { "" };
            format!(
                "Because there are many changes, or many paths to them, schemas that are used at several locations are \
                 only reported at one. Not compared again at {count} locations: {}{more}.",
                first.join(", ")
            )
        });
        let not_compared = self.walk.not_compared.iter();
        let not_compared =
            not_compared.map(|(at, why)| format!("{} was not compared in full: {why}.", quoted(at)));
        let notes = not_compared.chain(left_out).collect();
        (!self.walk.is_too_much).then_some((self.changes, notes))
    }

    /// Returns the equivalence classes of the schemas of both documents.
    fn equivalence(&self) -> &Equivalence {
        self.equivalence
            .get_or_init(|| Equivalence::of(self.old, self.new))
    }

    /// Adds a note that a limit stopped the comparison at this location.
    fn not_compared(&mut self, context: &Context, why: &'static str) {
        let key = (self.operation.clone(), context.location.clone());
        self.walk.not_compared.entry(key).or_insert(why);
    }

    /// Records a change with the kind's id and severity.
    fn change(&mut self, kind: &ChangeKind, context: &Context, old: Value, new: Value) {
        self.change_as(kind.request, kind, context, old, new);
    }

    /// Records a change with a specific severity.
    fn change_as(
        &mut self,
        severity: Severity,
        kind: &ChangeKind,
        context: &Context,
        old: Value,
        new: Value,
    ) {
        self.record(kind.id.to_owned(), severity, kind, context, old, new);
    }

    fn record(
        &mut self,
        id: String,
        severity: Severity,
        kind: &ChangeKind,
        context: &Context,
        old: Value,
        new: Value,
    ) {
        self.changes.push(Change {
            severity,
            direction: context.direction,
            operation: self.operation.clone(),
            message: sentence::of(&context.location, kind.predicate, &old, &new),
            location: context.location.clone(),
            id,
            old,
            new,
        });
    }

    /// Records differences in unrecognized fields and extensions.
    fn fields(
        &mut self,
        kinds: [&ChangeKind; 2],
        context: &Context,
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
            let context = context.at(
                context.direction,
                context.scope,
                format!("{}.{name}", context.location),
            );
            self.change(kind, &context, or_null(old.get(name)), or_null(new.get(name)));
        }
    }
}

/// Formats an operation and location for a note.
fn quoted((operation, location): &At) -> String {
    match operation {
        Some(operation) => format!("{} of {}", code_span(location), code_span(operation)),
        None => code_span(location),
    }
}

fn or_null(value: Option<&Value>) -> Value {
    value.cloned().unwrap_or_default()
}

/// Returns a short description of a schema: its name, or else its types.
fn brief(graph: &Graph, id: SchemaId) -> Value {
    let schema = graph.get(id);
    match &schema.name {
        _ if schema.is_never => json!("nothing"),
        Some(name) => json!(name),
        None => schema::type_name(schema),
    }
}
