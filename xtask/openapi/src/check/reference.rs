//! Resolves references.

use crate::grammar::Kind;
use crate::{Document, Error, pointer};

/// Returns the reference to which a discriminator maps a value. `target` is a reference or the name of a schema.
pub(crate) fn reference_of_mapping(document: &Document, target: &str) -> String {
    let by_name = pointer::child("/components/schemas", target);
    match document.value().pointer(&by_name) {
        Some(_) => pointer::component("schemas", target),
        None => target.to_owned(),
    }
}

/// The target of a reference, with its location and the section of `components` for its kind.
pub(crate) struct Target {
    pub(crate) pointer: String,
    pub(crate) section: &'static str,
    /// The name of the component, if the target is one.
    pub(crate) component: Option<String>,
}

/// Resolves a reference to an object of the given kind.
pub(crate) fn resolve(
    document: &Document,
    reference: &str,
    kind: Kind,
    place: &str,
) -> Result<Target, Error> {
    let error = |message: String| document.error(place, message);
    let section = kind
        .section()
        .ok_or_else(|| error("references are not allowed here".to_owned()))?;
    let Some(pointer) = pointer::of_reference(reference) else {
        let message = "only references within the document (`#/…`) are supported";
        return Err(error(format!("unsupported reference `{reference}`: {message}")));
    };
    if document.value().pointer(&pointer).is_none() {
        return Err(error(format!(
            "`{reference}` is unresolved: the document has no {pointer}"
        )));
    }
    let component = match pointer::tokens(&pointer).as_slice() {
        [components, found, _] if components == "components" && found != section => {
            return Err(error(format!(
                "`{reference}` does not refer to components/{section}"
            )));
        }
        [components, _, name] if components == "components" => Some(name.clone()),
        _ => None,
    };
    Ok(Target {
        pointer,
        section,
        component,
    })
}
