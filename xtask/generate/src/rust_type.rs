//! Helpers that take Rust types apart.

use syn::{GenericArgument, Ident, PathArguments, PathSegment, Type};

fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// Returns the name of a type without its path and generic arguments.
pub(crate) fn name(ty: &Type) -> Option<&Ident> {
    Some(&last_segment(ty)?.ident)
}

/// Returns the generic arguments that are types.
pub(crate) fn arguments(ty: &Type) -> impl Iterator<Item = &Type> {
    let arguments = match last_segment(ty).map(|segment| &segment.arguments) {
        Some(PathArguments::AngleBracketed(arguments)) => Some(&arguments.args),
        _ => None,
    };
    arguments
        .into_iter()
        .flatten()
        .filter_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        })
}

/// Returns the first generic argument of a type if the type is named `of`.
pub(crate) fn argument_of<'a>(ty: &'a Type, of: &str) -> Option<&'a Type> {
    name(ty).filter(|name| *name == of)?;
    arguments(ty).next()
}
