//! What is done to the code that progenitor has generated.

pub(crate) mod attributes;
mod docs;
mod halves;
mod headers;
mod items;
mod names;
mod open;
mod secrets;

use serde_json::Value;

use super::Need::{CheckedIn, Others};
use super::Workaround;

pub(crate) use attributes::serde_name;
pub use secrets::SENSITIVE;

/// Changes code that was generated from a document; how often there was something to do.
pub type Apply = fn(&mut syn::File, &Value) -> Result<usize, String>;

/// The workarounds, in the order in which they apply.
pub const ALL: &[Workaround<Apply>] = &[
    Workaround {
        id: "no-default-client",
        reason: "`Client::new` panics where TLS is not set up, follows redirects, and trusts proxies of the \
                 environment; the caller makes the HTTP client and knows what it does",
        need: CheckedIn,
        apply: items::remove_default_client,
    },
    Workaround {
        id: "no-api-version-header",
        reason: "progenitor sends the document's version as `api-version`, a header that the API does not define",
        need: CheckedIn,
        apply: headers::remove_api_version,
    },
    Workaround {
        id: "wire-names",
        reason: "names that were made distinct are not the names that the API uses",
        need: Others,
        apply: names::restore,
    },
    Workaround {
        id: "operations-in-halves",
        reason: "`send` alone builds the request, sends it and reads all of the response; a client that bounds the body \
                 and retries needs what builds and what decodes without the rest",
        need: CheckedIn,
        apply: halves::split,
    },
    Workaround {
        id: "secrets-redacted",
        reason: "a derived `Debug` prints what must appear in no text",
        need: CheckedIn,
        apply: secrets::redact,
    },
    Workaround {
        id: "no-ignored-examples",
        reason: "examples that nobody compiles rot, and progenitor's do not compile",
        need: CheckedIn,
        apply: docs::remove_ignored_examples,
    },
    Workaround {
        id: "open-objects-start-empty",
        reason: "typify's builders demand a map of unknown fields, which nobody has, and leave it undocumented",
        need: CheckedIn,
        apply: open::default_to_empty,
    },
    Workaround {
        id: "everything-documented",
        reason: "progenitor leaves builders, setters and the values of enums without a word",
        need: CheckedIn,
        apply: docs::complete,
    },
    Workaround {
        id: "schemars-by-feature",
        reason: "a derive that progenitor adds is unconditional, but few users want JSON Schemas of the types",
        need: CheckedIn,
        apply: items::derive_json_schema,
    },
    Workaround {
        id: "client-by-feature",
        reason: "who wants only the types should not have to compile an HTTP client",
        need: CheckedIn,
        apply: items::put_client_behind_feature,
    },
];
