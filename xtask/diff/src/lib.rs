//! Compares two OpenAPI documents and reports what changed and how the changes affect clients and generated code.
//!
//! [`compare`] reads two OpenAPI 3.0 or 3.1 documents and returns a [`Report`]. It resolves references and normalizes
//! the documents first, so that only their meaning is compared. A report can be written as [`text`](render::text()), as
//! [`markdown`](render::markdown()), as annotations for [`github`](render::github()), or, by serializing it, as JSON.
//! [`Ignore`] removes known changes from a report. [`Surface`] compares the code generated from the documents, and
//! [`Report::with_rust`] adds the result to the report.

mod change;
mod compare;
mod ignore;
mod kinds;
pub mod literal;
mod model;
mod pairing;
pub mod render;
mod report;
mod rust;
mod sentence;

use chrono::NaiveDate;
use xtask_openapi::operation::{Operation, Selector};
use xtask_openapi::{Document, Error, on_deep_stack};

pub use change::{Change, Direction, Severity};
pub use ignore::{Ignore, Rule};
pub use report::{Counts, Report, SCHEMA_VERSION, Verdict};
pub use rust::{Bump, Crate, Effect, RustEffect, Surface, Unmeasured};

use compare::{Comparison, Schemes};
use model::{Contract, DocumentReader, read_webhooks};

/// Compares the selected operations in two documents. Without selectors, compares all operations and webhooks. `today`
/// determines whether a sunset date has passed.
///
/// # Errors
/// Returns an error if a selected operation or any part of it can't be read, if neither document has a selected
/// operation, or if there are too many schemas.
pub fn compare(
    old: &Document,
    new: &Document,
    selectors: &[Selector],
    today: NaiveDate,
) -> Result<Report, Error> {
    on_deep_stack("the comparison", || compare_here(old, new, selectors, today))
        .map_err(|message| Error::new(new.name(), message))?
}

/// Compares the documents on the current thread, which needs a large stack.
fn compare_here(
    old: &Document,
    new: &Document,
    selectors: &[Selector],
    today: NaiveDate,
) -> Result<Report, Error> {
    let (mut old_reader, mut new_reader) = (DocumentReader::new(old), DocumentReader::new(new));
    let pairing = pairing::pair(old, new, selectors)?;
    let mut read_old = |operation| Contract::read(&mut old_reader, operation);
    let mut read_new = |operation| Contract::read(&mut new_reader, operation);
    let both = pairing.both.iter();
    let both = both.map(|(before, after)| Ok((read_old(before)?, read_new(after)?)));
    let both: Vec<_> = both.collect::<Result<_, Error>>()?;
    let removed = pairing.removed.iter().map(|(before, _)| read_old(before));
    let removed: Vec<_> = removed.collect::<Result<_, _>>()?;
    let added: Vec<_> = pairing.added.iter().map(read_new).collect::<Result<_, _>>()?;
    let webhooks = if selectors.is_empty() {
        Some((read_webhooks(&mut old_reader)?, read_webhooks(&mut new_reader)?))
    } else {
        None
    };
    let (old_graph, new_graph) = (old_reader.finish()?, new_reader.finish()?);
    let old_security = both.iter().flat_map(|(old, _)| &old.security);
    let new_security = both.iter().flat_map(|(_, new)| &new.security);
    let old_schemes = Schemes::of(old, old_security)?;
    let new_schemes = Schemes::of(new, new_security)?;
    let mut comparison = Comparison::new(&old_graph, &new_graph, today);
    comparison.renames = Schemes::renames(&old_schemes, &new_schemes);
    comparison.info(old, new);
    comparison.security_schemes(&old_schemes, &new_schemes);
    for (old, new) in &both {
        comparison.operation(old, new);
    }
    for (old, (_, path_is_removed)) in removed.iter().zip(&pairing.removed) {
        comparison.operation_removed(old, *path_is_removed);
    }
    for new in &added {
        comparison.operation_added(new);
    }
    if let Some((old, new)) = &webhooks {
        comparison.webhooks(old, new);
    }
    let too_much = || Error::new(new.name(), "contains too many schemas to compare");
    let (changes, notes) = comparison.finish().ok_or_else(too_much)?;
    Ok(Report::new(changes, notes))
}

/// Returns the operations in each document that [`compare`] would compare.
///
/// # Errors
/// Returns an error if a document can't be read, or if neither document has a selected operation.
pub fn selected<'d>(
    old: &'d Document,
    new: &'d Document,
    selectors: &[Selector],
) -> Result<[Vec<Operation<'d>>; 2], Error> {
    let pairing = pairing::pair(old, new, selectors)?;
    let (mut before, mut after): (Vec<_>, Vec<_>) = pairing.both.into_iter().unzip();
    before.extend(pairing.removed.into_iter().map(|(operation, _)| operation));
    after.extend(pairing.added);
    Ok([before, after])
}

/// Returns the current date in UTC.
#[must_use]
pub fn today() -> NaiveDate {
    chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now()).date_naive()
}
