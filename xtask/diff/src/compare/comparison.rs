//! The state of a comparison.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use chrono::NaiveDate;
use xtask_openapi::escape::code_span;

use super::context::Context;
use super::equivalence::Equivalence;
use crate::change::{Change, Direction};
use crate::model::{Graph, SchemaId};

/// An old and a new schema.
pub(super) type Pair = (SchemaId, SchemaId);

/// An operation and a location in it.
type At = (Option<String>, String);

/// The properties of a location that affect severities: the direction, whether values are sent as text, and whether
/// they are never sent.
pub(super) type Meaning = (Direction, bool, bool);

/// The maximum number of locations listed in a note.
const MAX_LISTED: usize = 5;

/// The state of a comparison.
#[derive(Debug)]
pub(crate) struct Comparison<'a> {
    pub(crate) old: &'a Graph,
    pub(crate) new: &'a Graph,
    pub(crate) today: NaiveDate,
    /// Maps the old names of security schemes to their new names.
    pub(crate) renames: BTreeMap<String, String>,
    /// The operation that is being compared, or `None` for the document as a whole.
    pub(super) operation: Option<String>,
    pub(super) changes: Vec<Change>,
    pub(super) walk: Walk,
    /// The equivalence classes, computed on first use.
    equivalence: OnceCell<Equivalence>,
}

/// The state of the schema graph traversal.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// The pairs that contain the current pair, with their depths.
    pub(super) open: HashMap<Pair, usize>,
    /// The depth of the outermost enclosing pair that the traversal reached again through a reference cycle.
    pub(super) outermost_cut: usize,
    /// Pairs that are known to be unchanged.
    pub(super) unchanged: HashSet<Pair>,
    /// Pairs that were compared completely, with the properties of their locations.
    pub(super) finished: HashSet<(Pair, Meaning)>,
    pub(super) visits: usize,
    /// Pairs that were too deep for the recursion, with their operations and contexts.
    pub(super) deferred: VecDeque<(Option<String>, Pair, Context)>,
    /// All pairs that were ever deferred, with the properties of their locations.
    pub(super) ever_deferred: HashSet<(Pair, Meaning)>,
    /// The number of times the recursion stopped because it was too deep.
    pub(super) stops: usize,
    /// The number of times a pair was skipped because it had already been compared.
    pub(super) repeats: usize,
    /// The locations that were skipped because the same pair was compared at another location.
    pub(super) left_out: BTreeSet<At>,
    /// `true` if changes are collected but not reported.
    pub(super) is_silent: bool,
    /// The pairs that the current silent comparison has reached, with the properties of their locations.
    pub(super) seen_silently: HashSet<(Pair, Meaning)>,
    /// The locations that were not compared in full, and the reasons.
    pub(super) not_compared: BTreeMap<At, &'static str>,
    pub(super) is_too_much: bool,
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

    /// Returns the changes and notes, or `None` if there are too many schemas to compare.
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
                "Because there are many changes, or many paths to the same schemas, changes to schemas that are used \
                 at several locations are reported at only one of them. Locations not compared again ({count}): \
                 {}{more}.",
                first.join(", ")
            )
        });
        let unmerged = (self.old.has_unmerged || self.new.has_unmerged).then(|| {
            "Because many schemas extend large ones, some were compared without merging them with the schemas that they \
             extend. The report may contain changes that have no effect."
                .to_owned()
        });
        let not_compared = self.walk.not_compared.iter();
        let not_compared =
            not_compared.map(|(at, why)| format!("{} was not compared in full: {why}.", quoted(at)));
        let notes = not_compared.chain(left_out).chain(unmerged).collect();
        (!self.walk.is_too_much).then_some((self.changes, notes))
    }

    /// Returns the equivalence classes of the schemas in both documents.
    pub(super) fn equivalence(&self) -> &Equivalence {
        self.equivalence
            .get_or_init(|| Equivalence::of(self.old, self.new))
    }

    /// Returns the changes between two schemas without adding them to the report. Compares each pair of nested schemas
    /// at only one location. Returns `None`, and adds a note, if the schemas are nested too deeply.
    pub(super) fn silently(&mut self, (old, new): Pair, context: &Context) -> Option<Vec<Change>> {
        let (changes, stops) = (self.changes.len(), self.walk.stops);
        let was_silent = std::mem::replace(&mut self.walk.is_silent, true);
        let seen = std::mem::take(&mut self.walk.seen_silently);
        self.schemas(old, new, context);
        self.walk.seen_silently = seen;
        self.walk.is_silent = was_silent;
        let found = self.changes.split_off(changes);
        if self.walk.stops > stops {
            self.not_compared(context, "the schemas are nested too deeply");
            return None;
        }
        Some(found)
    }

    /// Adds a note that a limit stopped the comparison at this location.
    pub(super) fn not_compared(&mut self, context: &Context, why: &'static str) {
        let key = (self.operation.clone(), context.location.clone());
        self.walk.not_compared.entry(key).or_insert(why);
    }
}

/// Formats an operation and a location for a note.
fn quoted((operation, location): &At) -> String {
    match operation {
        Some(operation) => format!("{} of {}", code_span(location), code_span(operation)),
        None => code_span(location),
    }
}
