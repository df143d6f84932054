//! An operation's callbacks and a document's webhooks: operations that the client implements and the server calls.

use xtask_openapi::operation::{self, Operation};
use xtask_openapi::{Error, pointer};

use super::content::object;
use super::contract::{Called, Contract};
use super::reader::DocumentReader;

/// Reads the contract of an operation, including its callbacks.
///
/// # Errors
/// Returns an error if a required part is missing or has the wrong type.
pub(crate) fn read_operation<'d>(
    reader: &mut DocumentReader<'d>,
    operation: &Operation<'d>,
) -> Result<Contract<'d>, Error> {
    Ok(Contract {
        callbacks: read_callbacks(reader, operation)?,
        ..Contract::read(reader, operation)?
    })
}

fn read_callbacks<'d>(
    reader: &mut DocumentReader<'d>,
    operation: &Operation<'d>,
) -> Result<Vec<Called<'d>>, Error> {
    let mut all = Vec::new();
    if operation.value.get("callbacks").is_some() {
        let place = pointer::child(&operation.pointer(), "callbacks");
        for name in object(reader, &place)?.keys() {
            let (_, place) = reader.resolve(pointer::child(&place, name))?;
            let urls = object(reader, &place)?.keys();
            for url in urls.filter(|url| !url.starts_with("x-")) {
                let location = format!("{name}[{url:?}]");
                read(reader, url, pointer::child(&place, url), &location, &mut all)?;
            }
        }
    }
    Ok(all)
}

/// Reads the webhooks of a document.
///
/// # Errors
/// Returns an error if a required part is missing or has the wrong type.
pub(crate) fn read_webhooks<'d>(reader: &mut DocumentReader<'d>) -> Result<Vec<Called<'d>>, Error> {
    const SECTION: &str = "/webhooks";
    let mut all = Vec::new();
    if reader.document().value().pointer(SECTION).is_some() {
        for name in object(reader, SECTION)?.keys() {
            read(reader, name, pointer::child(SECTION, name), name, &mut all)?;
        }
    }
    Ok(all)
}

/// Reads the operations of the path item at `place`.
fn read<'d>(
    reader: &mut DocumentReader<'d>,
    path: &'d str,
    place: String,
    location: &str,
    all: &mut Vec<Called<'d>>,
) -> Result<(), Error> {
    for operation in operation::called(reader.document(), path, place)? {
        let location = format!("{location}.{}", operation.method);
        let contract = Contract::read_called(reader, &operation)?;
        all.push(Called { location, contract });
    }
    Ok(())
}
