//! Comparison of two documents, operation by operation.

mod called;
mod context;
mod deprecation;
mod equivalence;
mod info;
mod media_type;
mod operation;
mod parameter;
mod request;
mod requirements;
mod response;
mod schema;
mod schemes;
mod server;
mod text_value;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::Hash;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};
use xtask_openapi::escape::code_span;

use crate::change::{Change, Direction, Severity};
use crate::kinds::{ChangeKind, operation as kinds};
use crate::model::{Fields, Graph, SchemaId, without_order};
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

/// The maximum depth of the recursion. In a document whose schemas refer to each other, a path can contain all of them.
/// Deeper schemas are compared after the operations.
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
    /// Pairs that are too deep for the recursion, with their operation and context.
    deferred: VecDeque<(Option<String>, Pair, Context)>,
    /// All pairs that were deferred, with the properties of their location.
    ever_deferred: HashSet<(Pair, Meaning)>,
    /// The number of times that the recursion stopped because of its depth.
    stops: usize,
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

    /// Returns the changes and notes; `None` if there are too many schemas to compare.
    pub(crate) fn finish(mut self) -> Option<(Vec<Change>, Vec<String>)> {
        while let Some((operation, (old, new), context)) = self.walk.deferred.pop_front() {
            self.operation = operation;
            self.schemas(old, new, &context);
        }
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

    /// Records a change. Its severity depends on the direction.
    fn change(&mut self, kind: ChangeKind, context: &Context, old: impl Serialize, new: impl Serialize) {
        let (id, severity) = (context.id(&kind), context.severity(&kind));
        self.record(id, severity, kind.predicate, context, json!(old), json!(new));
    }

    /// Records an added part.
    fn added(&mut self, kind: ChangeKind, context: &Context, new: impl Serialize) {
        self.change(kind, context, Value::Null, new);
    }

    /// Records a removed part.
    fn removed(&mut self, kind: ChangeKind, context: &Context, old: impl Serialize) {
        self.change(kind, context, old, Value::Null);
    }

    fn record(
        &mut self,
        id: String,
        severity: Severity,
        predicate: &str,
        context: &Context,
        old: Value,
        new: Value,
    ) {
        self.changes.push(Change {
            severity,
            direction: context.direction,
            operation: self.operation.clone(),
            message: sentence::of(&context.location, predicate, &old, &new),
            location: context.location.clone(),
            id,
            old,
            new,
        });
    }

    /// Records a changed flag.
    fn flag(&mut self, [set, unset]: [ChangeKind; 2], context: &Context, old: bool, new: bool) {
        if old != new {
            self.change(if new { set } else { unset }, context, old, new);
        }
    }

    /// Records a value that was added, removed or changed.
    fn value(
        &mut self,
        [added, removed, changed]: [ChangeKind; 3],
        context: &Context,
        old: Option<&Value>,
        new: Option<&Value>,
    ) {
        match (old, new) {
            _ if old == new => {}
            (None, _) => self.added(added, context, new),
            (_, None) => self.removed(removed, context, old),
            _ => self.change(changed, context, old, new),
        }
    }

    /// Records the items that were removed and added; their order is not significant.
    fn items<'v, T: Serialize + Eq + Hash + 'v>(
        &mut self,
        [added, removed]: [ChangeKind; 2],
        context: &Context,
        old: impl IntoIterator<Item = &'v T> + Clone,
        new: impl IntoIterator<Item = &'v T> + Clone,
    ) {
        let (before, after): (HashSet<&T>, HashSet<&T>) = (
            old.clone().into_iter().collect(),
            new.clone().into_iter().collect(),
        );
        for item in old.into_iter().filter(|item| !after.contains(item)) {
            self.removed(removed, context, item);
        }
        for item in new.into_iter().filter(|item| !before.contains(item)) {
            self.added(added, context, item);
        }
    }

    /// Records differences in unrecognized fields and extensions.
    fn fields(&mut self, unknown: ChangeKind, context: &Context, old: &Fields, new: &Fields) {
        for name in names(old, new) {
            let (before, after) = (old.get(name), new.get(name));
            let kinds = if name.starts_with("x-") {
                extension(kinds::EXTENSION_CHANGED, before, after)
            } else {
                [unknown; 3]
            };
            self.value(kinds, &context.field(name), before, after);
        }
    }

    /// Records changed documentation. An empty text is the same as none.
    fn prose(&mut self, context: &Context, old: &Fields, new: &Fields) {
        for name in names(old, new) {
            let is_empty = |text: &Value| text.is_null() || *text == "";
            let [old, new] = [old, new].map(|prose| prose.get(name).filter(|text| !is_empty(text)));
            self.value([kinds::PROSE_CHANGED; 3], &context.field(name), old, new);
        }
    }
}

/// Returns the names in both maps.
fn names<'m, V>(old: &'m BTreeMap<String, V>, new: &'m BTreeMap<String, V>) -> BTreeSet<&'m String> {
    old.keys().chain(new.keys()).collect()
}

/// Returns the kinds for a changed extension, which is cosmetic if only the order of arrays and the names of references
/// differ.
fn extension(kind: ChangeKind, old: Option<&Value>, new: Option<&Value>) -> [ChangeKind; 3] {
    let is_reordered = old.map(without_order) == new.map(without_order);
    [if is_reordered {
        kind.with(Severity::Cosmetic)
    } else {
        kind
    }; 3]
}

/// Formats an operation and location for a note.
fn quoted((operation, location): &At) -> String {
    match operation {
        Some(operation) => format!("{} of {}", code_span(location), code_span(operation)),
        None => code_span(location),
    }
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
