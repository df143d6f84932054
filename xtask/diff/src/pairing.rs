//! Selects the operations to compare, and matches old operations with new ones.

use std::collections::{BTreeSet, HashMap};

use xtask_openapi::operation::{self, Operation, Selector};
use xtask_openapi::{Document, Error};

use crate::compare::template;

/// The selected operations: pairs, in the order of the new document, and operations that exist in only one document.
#[derive(Debug, Default)]
pub(crate) struct Pairing<'d> {
    pub(crate) both: Vec<(Operation<'d>, Operation<'d>)>,
    /// The removed operations. The flag is `true` if the new document has no operation on the same path.
    pub(crate) removed: Vec<(Operation<'d>, bool)>,
    pub(crate) added: Vec<Operation<'d>>,
}

/// Selects operations in both documents and matches them.
///
/// # Errors
/// Returns an error if a document can't be read, or if a selector matches no operation in either document, or more than
/// one in the same document.
pub(crate) fn pair<'d>(
    old: &'d Document,
    new: &'d Document,
    selectors: &[Selector],
) -> Result<Pairing<'d>, Error> {
    let (all_old, all_new) = (operation::list(old)?, operation::list(new)?);
    let chosen = choose((old, &all_old), (new, &all_new), selectors)?;
    let (old_index, new_index) = (Index::of(&all_old), Index::of(&all_new));
    let mut pairing = Pairing::default();
    let mut both = Vec::new();
    for (position, wanted) in all_old.iter().enumerate() {
        let is_chosen = chosen.old.contains(&position);
        let counterpart = chosen.counterparts.get(&position).copied();
        match successor(wanted, counterpart, &old_index, &new_index) {
            // The operation may be selected by a name that exists only in the new document.
            Some(successor) if is_chosen || chosen.new.contains(&successor) => {
                both.push((successor, wanted.clone()));
            }
            None if is_chosen => {
                let path_is_removed = new_index.on_path_of(wanted).is_empty();
                pairing.removed.push((wanted.clone(), path_is_removed));
            }
            _ => {}
        }
    }
    both.sort_by_key(|(position, _)| *position);
    let known: BTreeSet<usize> = both.iter().map(|(position, _)| *position).collect();
    let added = chosen.new.difference(&known);
    pairing.added = added
        .filter_map(|position| all_new.get(*position).cloned())
        .collect();
    let pair = |(position, old): (usize, _)| Some((old, all_new.get(position)?.clone()));
    pairing.both = both.into_iter().filter_map(pair).collect();
    Ok(pairing)
}

type Side<'a> = (&'a Document, &'a [Operation<'a>]);

/// The positions of the selected operations.
#[derive(Default)]
struct Chosen {
    old: BTreeSet<usize>,
    new: BTreeSet<usize>,
    /// Maps positions in the old document to positions in the new one, for operations matched by the same selector.
    counterparts: HashMap<usize, usize>,
}

/// Selects operations in both documents. Without selectors, selects all operations.
fn choose(old: Side<'_>, new: Side<'_>, selectors: &[Selector]) -> Result<Chosen, Error> {
    let mut chosen = Chosen::default();
    if selectors.is_empty() {
        chosen.old.extend(0..old.1.len());
        chosen.new.extend(0..new.1.len());
    }
    for selector in selectors {
        match (single(old, selector)?, single(new, selector)?) {
            (None, None) => {
                let message = format!("no operation matches `{selector}` in either document");
                let name = format!("{} and {}", old.0.name(), new.0.name());
                return Err(Error::new(name, message));
            }
            (before, after) => {
                chosen.old.extend(before);
                chosen.new.extend(after);
                chosen.counterparts.extend(before.zip(after));
            }
        }
    }
    Ok(chosen)
}

/// Returns the position of the selected operation.
fn single((document, all): Side<'_>, selector: &Selector) -> Result<Option<usize>, Error> {
    match operation::select(all, selector).as_slice() {
        [] => Ok(None),
        [position] => Ok(Some(*position)),
        _ => {
            let message = format!("`{selector}` matches several operations; select one by method and path");
            Err(Error::new(document.name(), message))
        }
    }
}

/// Lookup tables that map paths and operationIds to the positions of operations in the document.
struct Index<'a> {
    all: &'a [Operation<'a>],
    by_path: HashMap<String, Vec<usize>>,
    by_id: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Index<'a> {
    fn of(all: &'a [Operation<'a>]) -> Self {
        let (mut by_path, mut by_id) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for (position, operation) in all.iter().enumerate() {
            for path in paths(operation) {
                by_path.entry(path).or_default().push(position);
            }
            if let Some(id) = operation.id() {
                by_id.entry(id).or_default().push(position);
            }
        }
        Self { all, by_path, by_id }
    }

    /// Returns the operations that share a path with `other`.
    fn on_path_of(&self, other: &Operation<'_>) -> BTreeSet<usize> {
        let found = paths(other)
            .into_iter()
            .filter_map(|path| self.by_path.get(&path));
        found.flatten().copied().collect()
    }

    /// Returns the operations that have the same method as `other` and share one of its paths.
    fn in_place_of(&self, other: &Operation<'_>) -> BTreeSet<usize> {
        let has_method = |operation: &Operation<'_>| operation.method == other.method;
        let mut found = self.on_path_of(other);
        found.retain(|position| self.all.get(*position).is_some_and(has_method));
        found
    }
}

/// Returns the position of the new version of an operation, which is the one with the same method and path. If there is
/// none, it is the position of an operation with the same operationId or selector whose method and path are not used in
/// the old document.
fn successor(
    wanted: &Operation<'_>,
    counterpart: Option<usize>,
    old: &Index<'_>,
    new: &Index<'_>,
) -> Option<usize> {
    let in_place = new.in_place_of(wanted);
    // Two operations may differ only in the name of a path parameter.
    let is_by_name = |position: &&usize| {
        let other = new.all.get(**position);
        other.is_some_and(|other| wanted.effective_paths() == other.effective_paths())
    };
    if let Some(found) = in_place.iter().find(is_by_name).or(in_place.first()) {
        return Some(*found);
    }
    let by_id = wanted.id().and_then(|id| new.by_id.get(id));
    let candidates = by_id.into_iter().flatten().copied().chain(counterpart);
    let is_free = |position: &usize| {
        let candidate = new.all.get(*position);
        candidate.is_some_and(|candidate| old.in_place_of(candidate).is_empty())
    };
    candidates.filter(is_free).min()
}

fn paths(operation: &Operation<'_>) -> BTreeSet<String> {
    let paths = operation.effective_paths().into_iter();
    paths.map(|path| template(path.trim_end_matches('/'))).collect()
}
