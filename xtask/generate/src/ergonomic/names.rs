//! Names of setters and enums that don't clash with the handwritten part of the ergonomic crate.

use heck::ToPascalCase as _;
use quote::format_ident;
use syn::Ident;

/// The names of the methods on requests and calls, and of `clone`, the trait method that callers use most.
const METHODS: [&str; 21] = [
    "asked_permissions",
    "attempt_timeout",
    "body_at",
    "body_for",
    "clone",
    "create",
    "extra",
    "fail_on_mismatch",
    "fixed_at",
    "json_value",
    "lint",
    "max_retries",
    "new",
    "remove_after",
    "request_mut",
    "send",
    "set_extra",
    "skip_validation",
    "timeout",
    "valid_for",
    "validate",
];

/// The names of the public types, and the names used in the code generated for enums.
const TYPES: [&str; 44] = [
    "ApiError",
    "Call",
    "CallInfo",
    "ClaimsError",
    "Clamped",
    "Client",
    "ClientBuilder",
    "CreateMany",
    "Default",
    "Err",
    "Error",
    "ErrorKind",
    "Field",
    "FieldKind",
    "FromStr",
    "Lint",
    "LintId",
    "Mismatch",
    "None",
    "Ok",
    "Option",
    "ParseKindError",
    "ParseLintIdError",
    "ParsePermissionError",
    "ParseSpaceError",
    "ParseTimestampError",
    "Permission",
    "PermissionIter",
    "PermissionSet",
    "Result",
    "RoomName",
    "RoomToken",
    "RoomTokenRequest",
    "Rule",
    "Scope",
    "SecretString",
    "Self",
    "Some",
    "Space",
    "Timestamp",
    "TokenHeader",
    "UnknownPermission",
    "UnverifiedClaims",
    "Violation",
];

/// Returns the name of a field's setter, with a trailing underscore if a method already has the name.
pub(super) fn of_setter(field: &Ident) -> Ident {
    if METHODS.iter().any(|method| field == method) {
        format_ident!("{field}_")
    } else {
        field.clone()
    }
}

/// Returns the name of a field's enum, with the suffix `Value` if a type already has the name.
pub(super) fn of_enum(field: &str) -> String {
    let name = field.to_pascal_case();
    if TYPES.contains(&name.as_str()) {
        format!("{name}Value")
    } else {
        name
    }
}
