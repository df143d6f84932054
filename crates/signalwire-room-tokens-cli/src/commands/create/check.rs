//! Validation and linting of all requests before any of them is sent.

use signalwire_room_tokens::{RoomName, RoomTokenRequest, Rule, Violation};

use crate::args::CreateArgs;
use crate::exit::Failure;
use crate::fields;
use crate::output;
use crate::secrets;

/// Returns an error if any request is invalid or triggers a denied lint.
pub(super) fn all(requests: &[RoomTokenRequest], args: &CreateArgs) -> Result<(), Failure> {
    let are_identical = args.many.from.is_none();
    let mut errors = Vec::new();
    // With `--count`, all requests are identical, so checking one is enough.
    let distinct = if are_identical { 1 } else { requests.len() };
    for (number, request) in (1..).zip(requests.iter().take(distinct)) {
        let prefix = if are_identical {
            String::new()
        } else {
            format!("request {number}: ")
        };
        let violations = request.validate().err().unwrap_or_default();
        let counts = |violation: &&Violation| !args.skip_validation || cannot_be_sent(violation);
        let violations = violations.iter().filter(counts);
        errors.extend(violations.map(|violation| format!("{prefix}{violation}")));
        errors.extend(denied_lints(request, args, &prefix));
    }
    if errors.is_empty() {
        return Ok(());
    }
    for error in &errors {
        output::error(error);
    }
    // If a token was passed as the room name by mistake, it must not be printed, not even as a suggestion.
    let is_misnamed = |room: &&str| RoomName::new(*room).is_err() && !secrets::contained_in(room);
    if let Some(room) = args.room.as_deref().filter(is_misnamed) {
        output::note(format_args!(
            "a valid room name would be `{}`",
            RoomName::slug(room)
        ));
    }
    Err(Failure::usage("nothing was sent"))
}

/// Returns `true` for violations that even `--skip-validation` can't bypass: metadata that is not an object,
/// or an extra field with the name of a known field.
fn cannot_be_sent(violation: &Violation) -> bool {
    matches!(violation.rule(), Rule::Object | Rule::KnownField) || !fields::is_known(violation.field())
}

/// Prints lint warnings if `--lint` is set, and returns messages for the denied lints.
fn denied_lints(request: &RoomTokenRequest, args: &CreateArgs, prefix: &str) -> Vec<String> {
    let mut errors = Vec::new();
    for lint in request.lint() {
        if args.deny_lint.contains(&lint.id()) {
            errors.push(format!("{prefix}{lint} (denied by --deny-lint)"));
        } else if args.lint {
            output::warning(format_args!("{prefix}{lint}"));
        }
    }
    errors
}
