//! Workarounds that change a document before progenitor processes it.

mod each;
mod names;
mod nested;
mod operations;
mod responses;
mod schemas;

use serde_json::Value;
use xtask_openapi::grammar::{NUMBER_LIMITS, STRING_LIMITS};

use self::schemas::{COLLECTION_LIMITS, strip};
use super::named::Workaround;

pub(crate) use names::{WIRE_NAMES, field, rename_types_called, type_name};
pub(crate) use operations::is_sent;

/// A function that changes a document and returns the number of changes.
pub type Apply = fn(&mut Value) -> usize;

/// The workarounds, in the order in which they are applied.
pub const ALL: &[Workaround<Apply>] = &[
    Workaround {
        id: "distinct-operation-names",
        reason: "progenitor names methods and builders after operationIds without checking for duplicates or clashes \
                 with its own code; a missing operationId is derived from the method and path",
        apply: operations::name,
    },
    Workaround {
        id: "distinct-type-names",
        reason: "typify names types after schemas in Pascal case without checking for duplicates, and types such as \
                 `Default` and `Ok` would shadow names that the generated code uses",
        apply: names::rename_types,
    },
    Workaround {
        id: "distinct-field-names",
        reason: "typify names fields after properties in snake case without checking for duplicates; the code still sends \
                 and reads the original names",
        apply: names::rename_properties,
    },
    Workaround {
        id: "distinct-parameter-names",
        reason: "progenitor names setters after parameters in snake case without checking for duplicates or clashes with \
                 its own methods; the code still sends the original names",
        apply: names::rename_parameters,
    },
    Workaround {
        id: "simple-parameters",
        reason: "progenitor fails if a query parameter is a struct, and formats path and header parameters with `Display`, \
                 which arrays and objects don't implement; a map serializes like the struct, and the caller joins the \
                 parts of a string with commas",
        apply: operations::simplify_parameters,
    },
    Workaround {
        id: "one-kind-of-body",
        reason: "progenitor panics with `todo!` if a request has several media types; only JSON is kept, or the first \
                 supported type; bytes and text may have no keywords other than `type` and `format`",
        apply: operations::simplify_bodies,
    },
    Workaround {
        id: "no-encoding",
        reason: "progenitor panics with `todo!` on `encoding`; JSON and form bodies always use the default encoding",
        apply: operations::drop_encoding,
    },
    Workaround {
        id: "bodies-have-a-schema",
        reason: "progenitor panics with `todo!` on a body without a schema, which allows any value",
        apply: operations::add_missing_schemas,
    },
    Workaround {
        id: "websocket-responses",
        reason: "progenitor fails if a WebSocket operation has responses other than `default`; it treats 101 as a success \
                 anyway",
        apply: responses::upgrade,
    },
    Workaround {
        id: "responses-open",
        reason: "typify turns `additionalProperties: false` into `deny_unknown_fields`, so a new response field would \
                 break every client",
        apply: responses::open,
    },
    Workaround {
        id: "errors-undecoded",
        reason: "progenitor doesn't support several error types, and an error that can't be deserialized would hide its \
                 status; any status other than 2xx becomes an `UnexpectedResponse` with the complete response",
        apply: responses::drop_errors,
    },
    Workaround {
        id: "any-2xx-is-success",
        reason: "a client should accept 201 instead of 200; progenitor doesn't support several success types, so if \
                 the bodies differ, they are returned as bytes",
        apply: responses::merge_successes,
    },
    Workaround {
        id: "any-of-scalars",
        reason: "typify turns `anyOf` into a struct with flattened fields, which can only hold objects; it turns `oneOf` \
                 into an enum whose first matching variant is used",
        apply: schemas::any_of_to_one_of,
    },
    Workaround {
        id: "nullable-unions",
        reason: "typify gives a nullable union or intersection and its non-nullable version the same name",
        apply: names::split_nullable_unions,
    },
    Workaround {
        id: "plain-enums",
        reason: "typify panics with `unreachable!` on an `enum` next to an `allOf`, and fails if the enum contains null \
                 but has no type; the values alone are equivalent",
        apply: schemas::simplify_enums,
    },
    Workaround {
        id: "supported-enums",
        reason: "typify panics on an enum whose values differ only in case, because the variants would have the same name, \
                 and on one that lists a value of a different type; such an enum becomes a plain value",
        apply: schemas::open_unsupported_enums,
    },
    Workaround {
        id: "supported-formats",
        reason: "typify panics with `todo!` on `format` unless the type is a string or a number, and uses the `uuid` \
                 crate for UUIDs, which would be another dependency; a response whose ID is not a UUID could not be \
                 deserialized, and an `f32` is not precise enough to compare with a limit",
        apply: schemas::drop_unsupported_formats,
    },
    Workaround {
        id: "plain-scalars",
        reason: "typify generates a newtype for each component schema that is a plain string, number or boolean, so callers \
                 would have to convert values to and from it",
        apply: schemas::inline_scalars,
    },
    Workaround {
        id: "distinct-nested-types",
        reason: "typify uses the same type for all nested schemas whose types would have the same name, even if the \
                 schemas differ; a title changes the name",
        apply: nested::distinguish,
    },
    Workaround {
        id: "defaults-not-sent",
        reason: "typify fills in each `default`, so the client would send values that the caller left unset",
        apply: |document| strip(document, &["default"]),
    },
    Workaround {
        id: "empty-is-sent",
        reason: "typify omits optional arrays and maps that are empty, but an empty list of permissions is not the same as \
                 the default list; nullable arrays and maps become an `Option`",
        apply: schemas::make_optional_collections_nullable,
    },
    Workaround {
        id: "strings-unchecked",
        reason: "typify turns a constrained string into a type that checks a regular expression, but its errors are unclear \
                 and it requires another crate; the limits become constants instead, which the caller checks",
        apply: |document| strip(document, STRING_LIMITS),
    },
    Workaround {
        id: "numbers-unchecked",
        reason: "typify checks only some numeric limits, and the types change with the limits; the limits become constants \
                 instead",
        apply: |document| strip(document, NUMBER_LIMITS),
    },
    Workaround {
        id: "collections-unchecked",
        reason: "typify turns constrained arrays into fixed-size arrays and sets, which support fewer item types",
        apply: |document| strip(document, COLLECTION_LIMITS),
    },
];
