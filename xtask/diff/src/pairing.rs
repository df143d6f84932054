//! Which operations of two documents are compared, and which of them are the same one.

use std::collections::BTreeSet;

use xtask_openapi::operation::{self, Operation, Selector};
use xtask_openapi::{Document, Error};

use crate::compare::template;

/// What is compared when nothing is asked for, if a document has it.
const ROOM_TOKEN: &str = "/api/video/room_tokens";

/// The chosen operations: the pairs in the order of the new document, and those that only one document has.
#[derive(Debug, Default)]
pub(crate) struct Pairing {
    pub(crate) both: Vec<(Operation, Operation)>,
    /// Each with whether the new document has nothing on its path.
    pub(crate) removed: Vec<(Operation, bool)>,
    pub(crate) added: Vec<Operation>,
}

/// Chooses operations of both documents and finds those that belong together.
///
/// # Errors
/// If a document cannot be read, or a selector fits no operation of either, or several of one.
pub(crate) fn pair(old: &Document, new: &Document, selectors: &[Selector]) -> Result<Pairing, Error> {
    let (all_old, all_new) = (operation::list(old)?, operation::list(new)?);
    let mut pairing = Pairing::default();
    let (chosen_old, chosen_new) = choose((old, &all_old), (new, &all_new), selectors)?;
    let mut seen_new = Vec::new();
    for wanted in &chosen_old {
        match successor(wanted, &all_old, &all_new) {
            Some(other) => {
                seen_new.push(other);
                pairing.both.push(((*wanted).clone(), other.clone()));
            }
            None => {
                let path_is_gone = !all_new.iter().any(|other| share_path(wanted, other));
                pairing.removed.push(((*wanted).clone(), path_is_gone));
            }
        }
    }
    for wanted in chosen_new.into_iter().filter(|wanted| !seen_new.contains(wanted)) {
        // Chosen by a name that it has only now.
        match all_old
            .iter()
            .find(|other| successor(other, &all_old, &all_new) == Some(wanted))
        {
            Some(other) => pairing.both.push((other.clone(), wanted.clone())),
            None => pairing.added.push(wanted.clone()),
        }
    }
    let position = |operation: &Operation| all_new.iter().position(|other| other == operation);
    pairing.both.sort_by_key(|(_, new)| position(new));
    Ok(pairing)
}

type Side<'a> = (&'a Document, &'a [Operation]);

fn choose<'a>(
    (old, all_old): Side<'a>,
    (new, all_new): Side<'a>,
    selectors: &[Selector],
) -> Result<(Vec<&'a Operation>, Vec<&'a Operation>), Error> {
    if selectors.is_empty() {
        let room_tokens =
            |all: &'a [Operation]| all.iter().filter(|operation| is_room_token(operation)).collect();
        let chosen: (Vec<&Operation>, Vec<&Operation>) = (room_tokens(all_old), room_tokens(all_new));
        let is_there = !chosen.0.is_empty() || !chosen.1.is_empty();
        return Ok(if is_there {
            chosen
        } else {
            (all_old.iter().collect(), all_new.iter().collect())
        });
    }
    let mut chosen = (Vec::new(), Vec::new());
    for selector in selectors {
        let found = (single(old, all_old, selector)?, single(new, all_new, selector)?);
        if let (None, None) = found {
            let message = format!("neither document has an operation `{selector}`");
            return Err(Error::new(format!("{} and {}", old.name(), new.name()), message));
        }
        chosen
            .0
            .extend(found.0.filter(|operation| !chosen.0.contains(operation)));
        chosen
            .1
            .extend(found.1.filter(|operation| !chosen.1.contains(operation)));
    }
    Ok(chosen)
}

fn single<'a>(
    document: &Document,
    all: &'a [Operation],
    selector: &Selector,
) -> Result<Option<&'a Operation>, Error> {
    let fits = |operation: &&Operation| match selector {
        Selector::Id(id) => operation.id.as_ref() == Some(id),
        Selector::MethodPath(method, path) => {
            operation.method == *method
                && (operation.path == *path || operation.effective_paths.contains(path))
        }
    };
    let mut found = all.iter().filter(fits);
    match (found.next(), found.next()) {
        (Some(_), Some(_)) => {
            let message = format!("`{selector}` fits several operations: choose by method and path");
            Err(Error::new(document.name(), message))
        }
        (found, _) => Ok(found),
    }
}

/// The same operation in the new document: on the same path, or of the same name where neither document
/// has anything in the other's place.
fn successor<'a>(
    wanted: &Operation,
    all_old: &[Operation],
    all_new: &'a [Operation],
) -> Option<&'a Operation> {
    let in_place = |other: &&Operation| other.method == wanted.method && share_path(wanted, other);
    // Two operations may differ in nothing but the name of a parameter: then that tells them apart.
    let by_name = |other: &&Operation| in_place(other) && wanted.effective_paths == other.effective_paths;
    if let Some(found) = all_new
        .iter()
        .find(by_name)
        .or_else(|| all_new.iter().find(in_place))
    {
        return Some(found);
    }
    let is_taken = |candidate: &Operation| {
        all_old
            .iter()
            .any(|other| other.method == candidate.method && share_path(other, candidate))
    };
    all_new.iter().filter(|other| !is_taken(other)).find(|other| {
        let same_name = wanted.id.is_some() && wanted.id == other.id;
        same_name || (is_room_token(wanted) && is_room_token(other))
    })
}

fn share_path(old: &Operation, new: &Operation) -> bool {
    let paths = |operation: &Operation| -> BTreeSet<String> {
        operation
            .effective_paths
            .iter()
            .map(|path| template(path.trim_end_matches('/')))
            .collect()
    };
    !paths(old).is_disjoint(&paths(new))
}

fn is_room_token(operation: &Operation) -> bool {
    let ends_right = |path: &String| path.trim_end_matches('/').ends_with(ROOM_TOKEN);
    operation.method == "post" && operation.effective_paths.iter().any(ends_right)
}
