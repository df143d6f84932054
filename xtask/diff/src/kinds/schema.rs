//! The kinds of changes to a schema in a body, property, parameter or header.

use super::ChangeKind;
use crate::change::Severity::{Breaking, Cosmetic, Info, Warning};

kinds! {
    ChangeKind::in_scope:
    // Types
    TYPE_CHANGED = "type-changed" Breaking Breaking "type changed";
    TYPE_GENERALIZED = "type-generalized" Info Breaking "type became wider";
    TYPE_SPECIALIZED = "type-specialized" Breaking Info "type became narrower";
    TYPE_COMPATIBLE = "type-compatible" Info Info "type changed, but values are serialized the same way";
    LIST_OF_TYPES_WIDENED = "list-of-types-widened" Info Breaking "additional types are now allowed";
    LIST_OF_TYPES_NARROWED = "list-of-types-narrowed" Breaking Info "some types are no longer allowed";
    BECAME_NULLABLE = "became-nullable" Info Breaking "now nullable";
    BECAME_NOT_NULLABLE = "became-not-nullable" Breaking Info "no longer nullable";
    BECAME_IMPOSSIBLE = "became-impossible" Breaking Info "now rejects every value";
    BECAME_POSSIBLE = "became-possible" Info Breaking "now accepts values; previously accepted none";

    // Values
    BECAME_ENUM = "became-enum" Breaking Info "now limited to certain values";
    ENUM_VALUE_ADDED = "enum-value-added" Info Breaking "enum value added";
    ENUM_VALUE_REMOVED = "enum-value-removed" Breaking Info "enum value removed";
    ENUM_REORDERED = "enum-reordered" Cosmetic Cosmetic "enum values reordered";
    EXTENSIBLE_ENUM_VALUE_ADDED = "x-extensible-enum-value-added" Info Info "`x-extensible-enum` value added";
    EXTENSIBLE_ENUM_VALUE_REMOVED = "x-extensible-enum-value-removed" Breaking Info "`x-extensible-enum` value removed";
    PATTERN_ADDED = "pattern-added" Breaking Info "pattern added";
    PATTERN_REMOVED = "pattern-removed" Info Info "pattern removed";
    PATTERN_CHANGED = "pattern-changed" Warning Info "pattern changed";
    PATTERN_GENERALIZED = "pattern-generalized" Info Info "pattern became wider";

    // Limits other than those in `bounds`
    MULTIPLE_OF_SET = "multiple-of-set" Breaking Info "`multipleOf` added";
    MULTIPLE_OF_UNSET = "multiple-of-unset" Info Breaking "`multipleOf` removed";
    MULTIPLE_OF_CHANGED = "multiple-of-changed" Breaking Breaking "`multipleOf` changed";
    MULTIPLE_OF_LOOSENED = "multiple-of-loosened" Info Breaking "`multipleOf` loosened";
    UNIQUE_ITEMS_SET = "unique-items-set" Breaking Info "items must now be unique";
    UNIQUE_ITEMS_UNSET = "unique-items-unset" Info Warning "items no longer need to be unique";

    // Objects
    PROPERTY_BECAME_REQUIRED = "became-required" Breaking Info "now required";
    PROPERTY_BECAME_REQUIRED_WITH_DEFAULT = "became-required-with-default" Breaking Info "now required, but has a default";
    PROPERTY_BECAME_OPTIONAL = "became-optional" Info Breaking "no longer required";
    REQUIRED_NAME_ADDED = "required-name-added" Breaking Info "property without a schema is now required";
    REQUIRED_NAME_REMOVED = "required-name-removed" Info Breaking "property without a schema is no longer required";
    PROPERTIES_REORDERED = "properties-reordered" Cosmetic Cosmetic "properties reordered";
    CLOSED = "additional-properties-forbidden" Breaking Info "additional properties are no longer allowed";
    OPENED = "additional-properties-allowed" Info Warning "additional properties are now allowed";

    // Lifecycle and flags. The full ID of a change to a flag contains `required` or `optional`.
    BECAME_READ_ONLY = "property-became-read-only" Warning Info "now read-only";
    BECAME_NOT_READ_ONLY = "property-became-not-read-only" Info Info "no longer read-only";
    BECAME_WRITE_ONLY = "property-became-write-only" Info Warning "now write-only";
    BECAME_NOT_WRITE_ONLY = "property-became-not-write-only" Info Info "no longer write-only";
    DEPRECATED = "deprecated" Info Info "now deprecated";
    DEPRECATED_WITH_SUNSET = "deprecated-with-sunset" Info Info "now deprecated with a sunset date";
    DEPRECATED_SUNSET_INVALID = "deprecated-sunset-invalid" Info Info "deprecated with an invalid sunset date";
    SUNSET_TOO_SMALL = "sunset-date-too-small" Info Info "now deprecated with a sunset date in the past";
    SUNSET_CHANGED = "sunset-date-changed" Info Info "sunset date changed";
    SUNSET_DELETED = "sunset-deleted" Info Info "sunset date removed";
    REACTIVATED = "reactivated" Info Info "no longer deprecated";
    STABILITY_DECREASED = "stability-decreased" Info Info "stability level decreased";
    STABILITY_INCREASED = "stability-increased" Info Info "stability level increased";

    // Composition
    ALL_OF_ADDED = "all-of-added" Breaking Info "`allOf` schema added";
    ALL_OF_REMOVED = "all-of-removed" Warning Breaking "`allOf` schema removed";
    ALL_OF_ADDED_ANNOTATION_ONLY = "all-of-added-annotation-only" Info Info "`allOf` schema without constraints added";
    ALL_OF_REMOVED_ANNOTATION_ONLY = "all-of-removed-annotation-only" Info Info "`allOf` schema without constraints removed";
    ANY_OF_ADDED = "any-of-added" Info Breaking "`anyOf` alternative added";
    ANY_OF_REMOVED = "any-of-removed" Breaking Info "`anyOf` alternative removed";
    ONE_OF_ADDED = "one-of-added" Info Breaking "`oneOf` alternative added";
    ONE_OF_REMOVED = "one-of-removed" Breaking Info "`oneOf` alternative removed";
    WRAPPED_IN_ONE_OF = "wrapped-in-one-of" Breaking Breaking "object became a `oneOf` of several objects";
    DISCRIMINATOR_ADDED = "discriminator-added" Warning Warning "discriminator added";
    DISCRIMINATOR_REMOVED = "discriminator-removed" Warning Warning "discriminator removed";
    DISCRIMINATOR_RENAMED = "discriminator-property-name-changed" Breaking Breaking "discriminator property changed";
    MAPPING_ADDED = "discriminator-mapping-added" Breaking Breaking "discriminator value added";
    MAPPING_DELETED = "discriminator-mapping-deleted" Breaking Breaking "discriminator value removed";
    MAPPING_CHANGED = "discriminator-mapping-changed" Breaking Breaking "discriminator mapping changed";

    // JSON Schema 2020-12 keywords that contain schemas
    PREFIX_ITEMS_ADDED = "prefix-items-added" Info Breaking "`prefixItems` schema added";
    PREFIX_ITEMS_REMOVED = "prefix-items-removed" Breaking Info "`prefixItems` schema removed";
    IF_CHANGED = "if-changed" Warning Warning "`if` condition changed";
    NOT_CHANGED = "not-changed" Breaking Breaking "`not` schema changed";
    CONTENT_MEDIA_TYPE_CHANGED = "content-media-type-changed" Breaking Breaking "content media type changed";
    CONTENT_ENCODING_CHANGED = "content-encoding-changed" Breaking Breaking "content encoding changed";

    // The media type of a schema
    MEDIA_TYPE_SCHEMA_ADDED = "media-type-schema-added" Breaking Info "schema added";
    MEDIA_TYPE_SCHEMA_REMOVED = "media-type-schema-removed" Info Breaking "schema removed";
    ENCODING_CHANGED = "encoding-changed" Warning Warning "encoding changed";

    // Extensions
    EXTENSION_CHANGED = "extension-changed" Info Info "extension value changed";
}

macro_rules! values {
    ($($name:ident = $id:literal $added:tt $removed:tt $changed:tt $subject:literal;)*) => {
        $(pub(crate) const $name: [ChangeKind; 3] = [
            values!($id, "added", $added, $subject),
            values!($id, "removed", $removed, $subject),
            values!($id, "changed", $changed, $subject),
        ];)*
    };
    ($id:literal, $verb:literal, [$request:ident $response:ident], $subject:literal) => {
        ChangeKind::in_scope(concat!($id, "-", $verb), $request, $response, concat!($subject, " ", $verb))
    };
}

// Values that can be added, removed and changed.
values! {
    CONST = "const" [Breaking Info] [Info Breaking] [Breaking Breaking] "constant value";
    DEFAULT = "default-value" [Warning Info] [Warning Info] [Warning Info] "default";
    DEPENDENT_REQUIRED = "dependent-required" [Breaking Info] [Info Breaking] [Breaking Breaking] "`dependentRequired` entry";
    KEYWORD = "keyword" [Warning Warning] [Warning Warning] [Warning Warning] "unrecognized keyword";
}

/// Returns the change kinds for adding and removing a subschema that adds a constraint to its parent schema.
macro_rules! narrowing {
    ($id:literal, $subject:literal) => {
        [
            values!($id, "added", [Breaking Info], $subject),
            values!($id, "removed", [Info Breaking], $subject),
        ]
    };
}

/// Keywords that contain one schema, and the change kinds for adding and removing it.
pub(crate) const PARTS: [(&str, [ChangeKind; 2]); 9] = [
    ("if", narrowing!("if", "`if` condition")),
    ("not", narrowing!("not", "`not` schema")),
    ("then", narrowing!("then", "`then` schema")),
    ("else", narrowing!("else", "`else` schema")),
    ("contains", narrowing!("contains", "`contains` schema")),
    (
        "propertyNames",
        narrowing!("property-names", "`propertyNames` schema"),
    ),
    (
        "contentSchema",
        narrowing!("content-schema", "schema for the decoded content"),
    ),
    (
        "unevaluatedItems",
        narrowing!("unevaluated-items", "`unevaluatedItems` schema"),
    ),
    ("unevaluatedProperties", UNEVALUATED_PROPERTIES),
];

/// The change kinds for adding and removing a schema for additional properties.
pub(crate) const ADDITIONAL: [ChangeKind; 2] =
    narrowing!("additional-properties-schema", "schema for additional properties");

/// The change kinds for adding and removing `unevaluatedProperties`.
pub(crate) const UNEVALUATED_PROPERTIES: [ChangeKind; 2] =
    narrowing!("unevaluated-properties", "`unevaluatedProperties` schema");

/// Keywords that contain named schemas, and the change kinds for adding and removing one of these schemas.
pub(crate) const NAMED_PARTS: [(&str, [ChangeKind; 2]); 2] = [
    (
        "dependentSchemas",
        narrowing!("dependent-schema", "`dependentSchemas` entry"),
    ),
    (
        "patternProperties",
        narrowing!("pattern-property", "`patternProperties` entry"),
    ),
];

// Changes that add or remove a property have different ids in requests and in responses.
kinds! {
    ChangeKind::one:
    NEW_REQUIRED = "new-required-request-property" Breaking "new required property";
    NEW_REQUIRED_WITH_DEFAULT = "new-required-request-property-with-default" Breaking "new required property with a default";
    NEW_READ_ONLY = "new-read-only-request-property" Info "new read-only property, not sent in requests";
    NEW_OPTIONAL = "new-optional-request-property" Info "new optional property";
    REQUEST_REMOVED = "request-property-removed" Warning "removed";
    REQUEST_LIKELY_RENAMED = "request-property-likely-renamed" Warning "probably renamed";
    RESPONSE_LIKELY_RENAMED = "response-property-likely-renamed" Warning "probably renamed";
    RESPONSE_REQUIRED_ADDED = "response-required-property-added" Info "new property that is always sent";
    RESPONSE_OPTIONAL_ADDED = "response-optional-property-added" Info "new optional property";
    RESPONSE_REQUIRED_REMOVED = "response-required-property-removed" Breaking "removed; it was always sent";
    RESPONSE_OPTIONAL_REMOVED = "response-optional-property-removed" Warning "removed; it was optional";
    RESPONSE_REQUIRED_WRITE_ONLY_ADDED = "response-required-write-only-property-added" Info "new write-only property, not sent in responses";
    RESPONSE_OPTIONAL_WRITE_ONLY_ADDED = "response-optional-write-only-property-added" Info "new write-only property, not sent in responses";
    RESPONSE_REQUIRED_WRITE_ONLY_REMOVED = "response-required-write-only-property-removed" Info "removed; it was write-only";
    RESPONSE_OPTIONAL_WRITE_ONLY_REMOVED = "response-optional-write-only-property-removed" Info "removed; it was write-only";
}
