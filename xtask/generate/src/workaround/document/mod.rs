//! What is done to a document before progenitor sees it.

mod names;
mod operations;
mod responses;
mod schemas;

use serde_json::Value;

use super::Need::{CheckedIn, Others};
use super::Workaround;

pub(crate) use names::{WIRE_NAMES, rename_types_called};
pub(crate) use operations::is_sent;

/// Changes a document; how often there was something to do.
pub type Apply = fn(&mut Value) -> usize;

/// The workarounds, in the order in which they apply.
pub const ALL: &[Workaround<Apply>] = &[
    Workaround {
        id: "every-operation-has-an-id",
        reason: "progenitor names methods after operationIds; where there is none, method and path make one",
        need: Others,
        apply: operations::name,
    },
    Workaround {
        id: "distinct-operation-names",
        reason: "progenitor names methods after operationIds in snake case without looking for duplicates",
        need: Others,
        apply: operations::distinguish,
    },
    Workaround {
        id: "distinct-type-names",
        reason: "typify names types after schemas in Pascal case without looking for duplicates, and a type `Default` \
                 would hide the trait that progenitor's code uses",
        need: Others,
        apply: names::rename_types,
    },
    Workaround {
        id: "distinct-field-names",
        reason: "typify names fields after properties in snake case without looking for duplicates; the code sends and \
                 reads the original names",
        need: Others,
        apply: names::rename_properties,
    },
    Workaround {
        id: "distinct-parameter-names",
        reason: "progenitor names setters after parameters in snake case without looking for duplicates or for its own \
                 methods; the code sends the original names",
        need: Others,
        apply: names::rename_parameters,
    },
    Workaround {
        id: "objects-in-queries",
        reason: "progenitor fails on a parameter that is a struct; a map of JSON values is sent in the same way",
        need: Others,
        apply: operations::send_objects_as_maps,
    },
    Workaround {
        id: "text-in-paths-and-headers",
        reason: "progenitor writes parameters in paths and headers with `Display`, which arrays and objects do not have; \
                 the caller joins their parts with commas",
        need: Others,
        apply: operations::send_parts_as_text,
    },
    Workaround {
        id: "one-kind-of-body",
        reason: "progenitor ends in a `todo!` on a second media type of a request; JSON is kept, else the first",
        need: Others,
        apply: operations::keep_one_media_type,
    },
    Workaround {
        id: "raw-bodies",
        reason: "progenitor sends bytes and text only if their schema has no keyword but `type` and `format`",
        need: Others,
        apply: operations::simplify_raw_bodies,
    },
    Workaround {
        id: "no-encoding",
        reason: "progenitor ends in a `todo!` on `encoding`; what it says beside a JSON or form body is the default",
        need: Others,
        apply: operations::drop_encoding,
    },
    Workaround {
        id: "json-has-a-schema",
        reason: "progenitor ends in a `todo!` on JSON without a schema, which may be any JSON",
        need: Others,
        apply: operations::give_json_a_schema,
    },
    Workaround {
        id: "websocket-responses",
        reason: "progenitor fails on a WebSocket operation with other responses than `default`; it treats 101 as success \
                 anyway",
        need: Others,
        apply: responses::upgrade,
    },
    Workaround {
        id: "responses-open",
        reason: "`additionalProperties: false` becomes `deny_unknown_fields`, and one new field in a response would \
                 break every client",
        need: Others,
        apply: responses::open,
    },
    Workaround {
        id: "errors-undecoded",
        reason: "progenitor cannot have two types of error, and one that is not as published would hide its status; \
                 any other status than 2xx is an `UnexpectedResponse` with the whole response in it",
        need: CheckedIn,
        apply: responses::drop_errors,
    },
    Workaround {
        id: "any-2xx-is-success",
        reason: "a service that one day says 201 instead of 200 has still done what it was asked for; and progenitor \
                 cannot have two types of success, so where they differ the body is left to the caller",
        need: CheckedIn,
        apply: responses::merge_successes,
    },
    Workaround {
        id: "any-of-scalars",
        reason: "typify makes a struct with flattened fields of `anyOf`, which cannot hold anything but objects; \
                 of `oneOf` it makes an enum that takes the first fit",
        need: CheckedIn,
        apply: schemas::any_of_to_one_of,
    },
    Workaround {
        id: "nullable-unions",
        reason: "typify gives a nullable union and the union without null the same name",
        need: Others,
        apply: names::split_nullable_unions,
    },
    Workaround {
        id: "values-without-parts",
        reason: "typify ends in `unreachable!` on values that an `allOf` limits further; the values alone say the same",
        need: Others,
        apply: schemas::drop_parts_of_values,
    },
    Workaround {
        id: "values-told-apart",
        reason: "typify panics on an enum whose values differ in case only, since variants would have the same name; \
                 it becomes any string",
        need: Others,
        apply: schemas::open_indistinct_enums,
    },
    Workaround {
        id: "unset-is-not-sent",
        reason: "typify fills in a `default`, so that the client would send what the caller left to the service",
        need: CheckedIn,
        apply: schemas::strip_defaults,
    },
    Workaround {
        id: "empty-is-sent",
        reason: "typify leaves out optional lists and maps that are empty, but an empty list of permissions is not \
                 the default list; nullable ones become an `Option`",
        need: CheckedIn,
        apply: schemas::make_optional_collections_nullable,
    },
    Workaround {
        id: "strings-unchecked",
        reason: "typify makes a type with a regular expression of a limited string, whose errors are poor and which \
                 needs a crate; limits are constants instead, and whoever calls checks them",
        need: CheckedIn,
        apply: schemas::strip_string_limits,
    },
    Workaround {
        id: "numbers-unchecked",
        reason: "typify checks some limits of numbers and forgets others, and a type that depends on them changes \
                 with them; limits are constants instead",
        need: CheckedIn,
        apply: schemas::strip_number_limits,
    },
    Workaround {
        id: "collections-unchecked",
        reason: "typify makes arrays of fixed size and sets of limited lists, which hold fewer types of items",
        need: Others,
        apply: schemas::strip_collection_limits,
    },
];
