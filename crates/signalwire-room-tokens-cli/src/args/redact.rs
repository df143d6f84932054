//! Redaction of possible secrets in clap errors.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::secrets;

/// Redacts user input in a clap error unless it is a plain word or a short value.
pub(super) fn without_secrets(mut error: Error) -> Error {
    let mut typed = vec![ContextKind::InvalidSubcommand, ContextKind::InvalidValue];
    // For other error kinds, `InvalidArg` is the name of a defined argument, not user input.
    if error.kind() == ErrorKind::UnknownArgument {
        typed.push(ContextKind::InvalidArg);
    }
    for kind in typed {
        let Some(ContextValue::String(text)) = error.get(kind) else {
            continue;
        };
        // A short value for a known flag is usually a number or a time. Anything else may be a secret.
        let shown = if kind == ContextKind::InvalidValue {
            secrets::short(text)
        } else {
            secrets::plain(text)
        };
        if shown != text {
            let shown = ContextValue::String(shown.to_owned());
            error.insert(kind, shown);
            // The suggestion repeats the input.
            error.insert(ContextKind::Suggested, ContextValue::None);
        }
    }
    error
}
