//! A command line that is wrong: what clap says of it, less what might be a secret in it.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::secrets;

/// The error, with nothing of what was typed but plain words and short values.
pub(super) fn without_secrets(mut error: Error) -> Error {
    let mut typed = vec![ContextKind::InvalidSubcommand, ContextKind::InvalidValue];
    // Elsewhere this is the name of an argument that is known.
    if error.kind() == ErrorKind::UnknownArgument {
        typed.push(ContextKind::InvalidArg);
    }
    for kind in typed {
        let Some(ContextValue::String(text)) = error.get(kind) else {
            continue;
        };
        // The value of a flag that is known is a number or a time, if it is short; anything else may be anything.
        let shown = if kind == ContextKind::InvalidValue {
            secrets::short(text)
        } else {
            secrets::plain(text)
        };
        if shown != text {
            let shown = ContextValue::String(shown.to_owned());
            error.insert(kind, shown);
            // How to pass it as a value, with the value.
            error.insert(ContextKind::Suggested, ContextValue::None);
        }
    }
    error
}
