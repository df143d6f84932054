//! What is found before anything is sent: broken rules and surprises, of all requests at once.

use signalwire_room_tokens::{RoomName, RoomTokenRequest, Rule, Violation};

use crate::args::CreateArgs;
use crate::exit::Failure;
use crate::fields;
use crate::output;
use crate::secrets;

/// Fails if any request breaks a rule or has a warning that was denied, so that nothing is sent.
pub(super) fn all(requests: &[RoomTokenRequest], args: &CreateArgs) -> Result<(), Failure> {
    let are_alike = args.many.from.is_none();
    let mut refused = Vec::new();
    // All copies of one request have the same faults.
    let distinct = if are_alike { 1 } else { requests.len() };
    for (number, request) in (1..).zip(requests.iter().take(distinct)) {
        let place = if are_alike {
            String::new()
        } else {
            format!("request {number}: ")
        };
        let violations = request.validate().err().unwrap_or_default();
        let counts = |violation: &&Violation| !args.skip_validation || cannot_be_sent(violation);
        let violations = violations.iter().filter(counts);
        refused.extend(violations.map(|violation| format!("{place}{violation}")));
        refused.extend(denied_lints(request, args, &place));
    }
    if refused.is_empty() {
        return Ok(());
    }
    for reason in &refused {
        output::error(reason);
    }
    // What was a token is no room's name, and no other is made from it.
    let is_misnamed = |room: &&str| RoomName::new(*room).is_err() && !secrets::are_in(room);
    if let Some(room) = args.room.as_deref().filter(is_misnamed) {
        output::note(format_args!("a room name made from it: {}", RoomName::slug(room)));
    }
    Err(Failure::usage("nothing was sent"))
}

/// Whether a value could not be put into the request at all, so that the client refuses it unchecked as well: metadata
/// that is no object, or an extra that is no new field. All else breaks a rule for a field that is known.
fn cannot_be_sent(violation: &Violation) -> bool {
    matches!(violation.rule(), Rule::Object | Rule::KnownField) || !fields::is_known(violation.field())
}

/// Warns of what surprises, and gives back what was denied.
fn denied_lints(request: &RoomTokenRequest, args: &CreateArgs, place: &str) -> Vec<String> {
    let mut refused = Vec::new();
    for lint in request.lint() {
        if args.deny_lint.contains(&lint.id()) {
            refused.push(format!("{place}{lint} (denied by --deny-lint)"));
        } else if args.lint {
            output::warning(format_args!("{place}{lint}"));
        }
    }
    refused
}
