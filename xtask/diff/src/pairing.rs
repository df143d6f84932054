//! Selection of the operations to compare, and matching of old and new operations.

use std::collections::{BTreeSet, HashMap, HashSet};

use xtask_openapi::operation::{self, Operation, Selector};
use xtask_openapi::{Document, Error};

use crate::compare::template;

/// The path of the operation that is compared by default, if a document has it.
const ROOM_TOKEN: &str = "/api/video/room_tokens";

/// The selected operations: pairs in the order of the new document, and operations that only one document has.
#[derive(Debug, Default)]
pub(crate) struct Pairing {
    pub(crate) both: Vec<(Operation, Operation)>,
    /// Removed operations, with `true` if the new document has no operation on their path.
    pub(crate) removed: Vec<(Operation, bool)>,
    pub(crate) added: Vec<Operation>,
    /// `true` if all operations of both documents are selected.
    pub(crate) is_everything: bool,
}

/// Selects operations of both documents and matches them.
///
/// # Errors
/// Returns an error if a document cannot be read, or if a selector matches no operation of either document or several
/// of one.
pub(crate) fn pair(old: &Document, new: &Document, selectors: &[Selector]) -> Result<Pairing, Error> {
    let (all_old, all_new) = (operation::list(old)?, operation::list(new)?);
    let mut pairing = Pairing::default();
    let (chosen_old, chosen_new) = choose((old, &all_old), (new, &all_new), selectors)?;
    let is_all = chosen_old.len() == all_old.len() && chosen_new.len() == all_new.len();
    pairing.is_everything = selectors.is_empty() && is_all;
    let (old_index, new_index) = (Index::of(&all_old), Index::of(&all_new));
    let mut both = Vec::new();
    let mut seen = HashSet::new();
    for wanted in &chosen_old {
        match successor(wanted, &old_index, &new_index) {
            Some(position) => {
                seen.insert(position);
                both.push((position, (*wanted).clone()));
            }
            None => pairing
                .removed
                .push(((*wanted).clone(), !new_index.has_path_of(wanted))),
        }
    }
    // The operation was selected by a name that only the new document has.
    let mut predecessors: HashMap<usize, &Operation> = HashMap::new();
    for other in &all_old {
        if let Some(position) = successor(other, &old_index, &new_index) {
            predecessors.entry(position).or_insert(other);
        }
    }
    for position in chosen_new.into_iter().filter(|position| !seen.contains(position)) {
        match predecessors.get(&position) {
            Some(other) => both.push((position, (*other).clone())),
            None => pairing.added.extend(all_new.get(position).cloned()),
        }
    }
    both.sort_by_key(|(position, _)| *position);
    let pairs = both.into_iter();
    pairing.both = pairs
        .filter_map(|(position, old)| Some((old, all_new.get(position)?.clone())))
        .collect();
    Ok(pairing)
}

type Side<'a> = (&'a Document, &'a [Operation]);

fn choose<'a>(
    (old, all_old): Side<'a>,
    (new, all_new): Side<'a>,
    selectors: &[Selector],
) -> Result<(Vec<&'a Operation>, Vec<usize>), Error> {
    let positions = |all: &[Operation], is_chosen: fn(&Operation) -> bool| -> Vec<usize> {
        let chosen = all
            .iter()
            .enumerate()
            .filter(|(_, operation)| is_chosen(operation));
        chosen.map(|(position, _)| position).collect()
    };
    if selectors.is_empty() {
        let old: Vec<&Operation> = all_old
            .iter()
            .filter(|operation| is_room_token(operation))
            .collect();
        let new = positions(all_new, is_room_token);
        return Ok(if old.is_empty() && new.is_empty() {
            (all_old.iter().collect(), positions(all_new, |_| true))
        } else {
            (old, new)
        });
    }
    let mut chosen: (Vec<&Operation>, Vec<usize>) = (Vec::new(), Vec::new());
    for selector in selectors {
        let found = (single(old, all_old, selector)?, single(new, all_new, selector)?);
        if let (None, None) = found {
            let message = format!("neither document has an operation `{selector}`");
            return Err(Error::new(format!("{} and {}", old.name(), new.name()), message));
        }
        chosen
            .0
            .extend(found.0.and_then(|position| all_old.get(position)));
        chosen.1.extend(found.1);
    }
    let mut seen = HashSet::new();
    chosen
        .0
        .retain(|operation| seen.insert(std::ptr::from_ref::<Operation>(operation)));
    let mut seen = HashSet::new();
    chosen.1.retain(|position| seen.insert(*position));
    Ok(chosen)
}

/// Returns the position of the selected operation.
fn single(document: &Document, all: &[Operation], selector: &Selector) -> Result<Option<usize>, Error> {
    let fits = |operation: &Operation| match selector {
        Selector::Id(id) => operation.id.as_ref() == Some(id),
        Selector::MethodPath(method, path) => {
            operation.method == *method
                && (operation.path == *path || operation.effective_paths.contains(path))
        }
    };
    let mut found = all
        .iter()
        .enumerate()
        .filter(|(_, operation)| fits(operation))
        .map(|(position, _)| position);
    match (found.next(), found.next()) {
        (Some(_), Some(_)) => {
            let message = format!("`{selector}` matches several operations: select one by method and path");
            Err(Error::new(document.name(), message))
        }
        (found, _) => Ok(found),
    }
}

/// Lookup tables from method, path and operationId to the positions of operations in the document.
struct Index<'a> {
    all: &'a [Operation],
    /// Positions by method and path.
    by_call: HashMap<(&'a str, String), Vec<usize>>,
    by_id: HashMap<&'a str, Vec<usize>>,
    room_tokens: Vec<usize>,
    paths: HashSet<String>,
}

impl<'a> Index<'a> {
    fn of(all: &'a [Operation]) -> Self {
        let mut index = Self {
            all,
            by_call: HashMap::new(),
            by_id: HashMap::new(),
            room_tokens: Vec::new(),
            paths: HashSet::new(),
        };
        for (position, operation) in all.iter().enumerate() {
            for path in paths(operation) {
                index.paths.insert(path.clone());
                let call = (operation.method.as_str(), path);
                index.by_call.entry(call).or_default().push(position);
            }
            if let Some(id) = &operation.id {
                index.by_id.entry(id).or_default().push(position);
            }
            if is_room_token(operation) {
                index.room_tokens.push(position);
            }
        }
        index
    }

    /// Returns the operations with the same method as `other` on one of its paths.
    fn in_place_of(&self, other: &Operation) -> BTreeSet<usize> {
        let calls = paths(other).into_iter().map(|path| (other.method.as_str(), path));
        let found = calls.filter_map(|call| self.by_call.get(&call));
        found.flatten().copied().collect()
    }

    fn has_path_of(&self, other: &Operation) -> bool {
        paths(other).iter().any(|path| self.paths.contains(path))
    }
}

/// Returns the position of the same operation in the new document: on the same path, or with the same operationId if
/// neither document has a different operation at the location of the other.
fn successor(wanted: &Operation, old: &Index<'_>, new: &Index<'_>) -> Option<usize> {
    let in_place = new.in_place_of(wanted);
    // The name of a path parameter can be the only difference between two operations.
    let is_by_name = |position: &&usize| {
        let other = new.all.get(**position);
        other.is_some_and(|other| wanted.effective_paths == other.effective_paths)
    };
    if let Some(found) = in_place.iter().find(is_by_name).or(in_place.first()) {
        return Some(*found);
    }
    let by_id = wanted.id.as_ref().and_then(|id| new.by_id.get(id.as_str()));
    let room_tokens = is_room_token(wanted).then_some(&new.room_tokens);
    let candidates = by_id.into_iter().chain(room_tokens).flatten();
    let is_free = |position: &&usize| {
        let candidate = new.all.get(**position);
        candidate.is_some_and(|candidate| old.in_place_of(candidate).is_empty())
    };
    candidates.filter(is_free).min().copied()
}

fn paths(operation: &Operation) -> BTreeSet<String> {
    let paths = operation.effective_paths.iter();
    paths.map(|path| template(path.trim_end_matches('/'))).collect()
}

fn is_room_token(operation: &Operation) -> bool {
    let ends_right = |path: &String| path.trim_end_matches('/').ends_with(ROOM_TOKEN);
    operation.method == "post" && operation.effective_paths.iter().any(ends_right)
}
