//! The kinds of change of a schema in a body, property, parameter or header.

use super::ChangeKind;
use crate::change::Severity::{Breaking, Cosmetic, Info, Warning};
use crate::rust::AffectedItem::{
    Constant, Docs, Field, FieldAdded, FieldRemoved, Nothing, Type, VariantAdded, VariantRemoved,
};

macro_rules! kinds {
    ($($name:ident = $id:literal $request:ident $response:ident $affects:ident $predicate:literal;)*) => {
        $(pub(crate) const $name: ChangeKind = ChangeKind::new($id, $request, $response, $predicate, $affects);)*
    };
}

kinds! {
    // Types
    TYPE_CHANGED = "type-changed" Breaking Breaking Type "type changed";
    TYPE_GENERALIZED = "type-generalized" Info Breaking Type "type became wider";
    TYPE_SPECIALIZED = "type-specialized" Breaking Info Type "type became narrower";
    TYPE_COMPATIBLE = "type-compatible" Info Info Type "type changed, with no effect on how values are written";
    LIST_OF_TYPES_WIDENED = "list-of-types-widened" Info Breaking Type "list of types became wider";
    LIST_OF_TYPES_NARROWED = "list-of-types-narrowed" Breaking Info Type "list of types became narrower";
    BECAME_NULLABLE = "became-nullable" Info Breaking Type "now nullable";
    BECAME_NOT_NULLABLE = "became-not-nullable" Breaking Info Type "no longer nullable";
    BECAME_IMPOSSIBLE = "became-impossible" Breaking Info Type "no longer accepts any value";
    BECAME_POSSIBLE = "became-possible" Info Breaking Type "accepts values now; it accepted none before";

    // Values
    BECAME_ENUM = "became-enum" Breaking Info Type "now limited to certain values";
    ENUM_VALUE_ADDED = "enum-value-added" Info Breaking VariantAdded "enum value added";
    ENUM_VALUE_REMOVED = "enum-value-removed" Breaking Info VariantRemoved "enum value removed";
    ENUM_REORDERED = "enum-reordered" Cosmetic Cosmetic Docs "enum values reordered";
    EXTENSIBLE_ENUM_VALUE_ADDED = "x-extensible-enum-value-added" Info Info Docs "`x-extensible-enum` value added";
    EXTENSIBLE_ENUM_VALUE_REMOVED = "x-extensible-enum-value-removed" Breaking Info Docs "`x-extensible-enum` value removed";
    CONST_ADDED = "const-added" Breaking Info Type "constant value added";
    CONST_REMOVED = "const-removed" Info Breaking Type "constant value removed";
    CONST_CHANGED = "const-changed" Breaking Breaking Type "constant value changed";
    DEFAULT_ADDED = "default-value-added" Warning Info Constant "default added";
    DEFAULT_REMOVED = "default-value-removed" Warning Info Constant "default removed";
    DEFAULT_CHANGED = "default-value-changed" Warning Info Constant "default changed";
    PATTERN_ADDED = "pattern-added" Breaking Info Constant "pattern added";
    PATTERN_REMOVED = "pattern-removed" Info Info Constant "pattern removed";
    PATTERN_CHANGED = "pattern-changed" Warning Info Constant "pattern changed";
    PATTERN_GENERALIZED = "pattern-generalized" Info Info Constant "pattern became wider";

    // Limits other than those in `bounds`
    MULTIPLE_OF_SET = "multiple-of-set" Breaking Info Constant "`multipleOf` added";
    MULTIPLE_OF_UNSET = "multiple-of-unset" Info Breaking Constant "`multipleOf` removed";
    MULTIPLE_OF_CHANGED = "multiple-of-changed" Breaking Breaking Constant "`multipleOf` changed";
    MULTIPLE_OF_LOOSENED = "multiple-of-loosened" Info Breaking Constant "`multipleOf` loosened";
    UNIQUE_ITEMS_SET = "unique-items-set" Breaking Info Constant "items must now be unique";
    UNIQUE_ITEMS_UNSET = "unique-items-unset" Info Warning Constant "items no longer need to be unique";

    // Objects
    PROPERTY_BECAME_REQUIRED = "became-required" Breaking Info Field "now required";
    PROPERTY_BECAME_REQUIRED_WITH_DEFAULT = "became-required-with-default" Breaking Info Field "now required, but has a default";
    PROPERTY_BECAME_OPTIONAL = "became-optional" Info Breaking Field "no longer required";
    REQUIRED_NAME_ADDED = "required-name-added" Breaking Info FieldAdded "property without a schema is now required";
    REQUIRED_NAME_REMOVED = "required-name-removed" Info Breaking FieldRemoved "property without a schema is no longer required";
    PROPERTIES_REORDERED = "properties-reordered" Cosmetic Cosmetic Docs "properties reordered";
    CLOSED = "additional-properties-forbidden" Breaking Info Nothing "unknown properties are no longer allowed";
    OPENED = "additional-properties-allowed" Info Warning Nothing "unknown properties are now allowed";
    ADDITIONAL_ADDED = "additional-properties-schema-added" Breaking Info Type "schema for unknown properties added";
    ADDITIONAL_REMOVED = "additional-properties-schema-removed" Info Breaking Type "schema for unknown properties removed";
    DEPENDENT_REQUIRED_ADDED = "dependent-required-added" Breaking Info Nothing "`dependentRequired` entry added";
    DEPENDENT_REQUIRED_REMOVED = "dependent-required-removed" Info Breaking Nothing "`dependentRequired` entry removed";
    DEPENDENT_REQUIRED_CHANGED = "dependent-required-changed" Breaking Breaking Nothing "`dependentRequired` entry changed";

    // Flags, whose ids start with `required` or `optional`, and lifecycle
    BECAME_READ_ONLY = "property-became-read-only" Warning Info Nothing "now read-only";
    BECAME_NOT_READ_ONLY = "property-became-not-read-only" Info Info Nothing "no longer read-only";
    BECAME_WRITE_ONLY = "property-became-write-only" Info Warning Nothing "now write-only";
    BECAME_NOT_WRITE_ONLY = "property-became-not-write-only" Info Info Nothing "no longer write-only";
    DEPRECATED = "deprecated" Info Info Docs "now deprecated";
    DEPRECATED_WITH_SUNSET = "deprecated-with-sunset" Info Info Docs "now deprecated with a sunset date";
    DEPRECATED_SUNSET_INVALID = "deprecated-sunset-invalid" Info Info Docs "deprecated with an invalid sunset date";
    SUNSET_TOO_SMALL = "sunset-date-too-small" Info Info Docs "now deprecated with a sunset date in the past";
    SUNSET_CHANGED = "sunset-date-changed" Info Info Docs "sunset date changed";
    SUNSET_DELETED = "sunset-deleted" Info Info Docs "sunset date removed";
    REACTIVATED = "reactivated" Info Info Docs "no longer deprecated";
    STABILITY_DECREASED = "stability-decreased" Info Info Docs "stability level decreased";
    STABILITY_INCREASED = "stability-increased" Info Info Docs "stability level increased";

    // Composition
    ALL_OF_ADDED = "all-of-added" Breaking Info Type "`allOf` schema added";
    ALL_OF_REMOVED = "all-of-removed" Warning Breaking Type "`allOf` schema removed";
    ALL_OF_ADDED_ANNOTATION_ONLY = "all-of-added-annotation-only" Info Info Docs "`allOf` schema without constraints added";
    ALL_OF_REMOVED_ANNOTATION_ONLY = "all-of-removed-annotation-only" Info Info Docs "`allOf` schema without constraints removed";
    ANY_OF_ADDED = "any-of-added" Info Breaking Type "`anyOf` alternative added";
    ANY_OF_REMOVED = "any-of-removed" Breaking Info Type "`anyOf` alternative removed";
    ONE_OF_ADDED = "one-of-added" Info Breaking Type "`oneOf` alternative added";
    ONE_OF_REMOVED = "one-of-removed" Breaking Info Type "`oneOf` alternative removed";
    WRAPPED_IN_ONE_OF = "wrapped-in-one-of" Breaking Breaking Type "object became a `oneOf` of several objects";
    DISCRIMINATOR_ADDED = "discriminator-added" Warning Warning Type "discriminator added";
    DISCRIMINATOR_REMOVED = "discriminator-removed" Warning Warning Type "discriminator removed";
    DISCRIMINATOR_RENAMED = "discriminator-property-name-changed" Breaking Breaking Type "discriminator property changed";
    MAPPING_ADDED = "discriminator-mapping-added" Breaking Breaking Type "discriminator value added";
    MAPPING_DELETED = "discriminator-mapping-deleted" Breaking Breaking Type "discriminator value removed";
    MAPPING_CHANGED = "discriminator-mapping-changed" Breaking Breaking Type "discriminator value selects a different schema";

    // Keywords of JSON Schema 2020-12 that hold schemas
    PREFIX_ITEMS_ADDED = "prefix-items-added" Info Breaking Type "`prefixItems` schema added";
    PREFIX_ITEMS_REMOVED = "prefix-items-removed" Breaking Info Type "`prefixItems` schema removed";
    IF_ADDED = "if-added" Breaking Info Nothing "`if` condition added";
    IF_REMOVED = "if-removed" Info Breaking Nothing "`if` condition removed";
    IF_CHANGED = "if-changed" Warning Warning Nothing "`if` condition changed";
    THEN_ADDED = "then-added" Breaking Info Nothing "`then` schema added";
    THEN_REMOVED = "then-removed" Info Breaking Nothing "`then` schema removed";
    ELSE_ADDED = "else-added" Breaking Info Nothing "`else` schema added";
    ELSE_REMOVED = "else-removed" Info Breaking Nothing "`else` schema removed";
    NOT_ADDED = "not-added" Breaking Info Type "`not` schema added";
    NOT_REMOVED = "not-removed" Info Breaking Type "`not` schema removed";
    NOT_CHANGED = "not-changed" Breaking Breaking Type "`not` schema changed";
    CONTAINS_ADDED = "contains-added" Breaking Info Nothing "`contains` schema added";
    CONTAINS_REMOVED = "contains-removed" Info Breaking Nothing "`contains` schema removed";
    DEPENDENT_SCHEMA_ADDED = "dependent-schema-added" Breaking Info Nothing "`dependentSchemas` entry added";
    DEPENDENT_SCHEMA_REMOVED = "dependent-schema-removed" Info Breaking Nothing "`dependentSchemas` entry removed";
    PATTERN_PROPERTY_ADDED = "pattern-property-added" Breaking Info Type "`patternProperties` entry added";
    PATTERN_PROPERTY_REMOVED = "pattern-property-removed" Info Breaking Type "`patternProperties` entry removed";
    PROPERTY_NAMES_ADDED = "property-names-added" Breaking Info Type "`propertyNames` schema added";
    PROPERTY_NAMES_REMOVED = "property-names-removed" Info Breaking Type "`propertyNames` schema removed";
    UNEVALUATED_ITEMS_ADDED = "unevaluated-items-added" Breaking Info Nothing "`unevaluatedItems` schema added";
    UNEVALUATED_ITEMS_REMOVED = "unevaluated-items-removed" Info Breaking Nothing "`unevaluatedItems` schema removed";
    UNEVALUATED_PROPERTIES_ADDED = "unevaluated-properties-added" Breaking Info Nothing "`unevaluatedProperties` schema added";
    UNEVALUATED_PROPERTIES_REMOVED = "unevaluated-properties-removed" Info Breaking Nothing "`unevaluatedProperties` schema removed";
    CONTENT_SCHEMA_ADDED = "content-schema-added" Breaking Info Nothing "schema for the decoded content added";
    CONTENT_SCHEMA_REMOVED = "content-schema-removed" Info Breaking Nothing "schema for the decoded content removed";
    CONTENT_MEDIA_TYPE_CHANGED = "content-media-type-changed" Breaking Breaking Nothing "media type of the decoded content changed";
    CONTENT_ENCODING_CHANGED = "content-encoding-changed" Breaking Breaking Nothing "content encoding changed";

    // All other keywords
    KEYWORD_ADDED = "keyword-added" Warning Warning Nothing "unrecognized keyword added";
    KEYWORD_REMOVED = "keyword-removed" Warning Warning Nothing "unrecognized keyword removed";
    KEYWORD_CHANGED = "keyword-changed" Warning Warning Nothing "unrecognized keyword changed";
    EXTENSION_CHANGED = "extension-changed" Info Info Nothing "extension value changed";
    PROSE_CHANGED = "prose-changed" Cosmetic Cosmetic Docs "documentation changed";
}

macro_rules! property_kinds {
    ($($name:ident = $id:literal $severity:ident $affects:ident $predicate:literal;)*) => {
        $(pub(crate) const $name: ChangeKind = ChangeKind::one($id, $severity, $predicate, $affects);)*
    };
}

// Added and removed properties have separate ids in each direction.
property_kinds! {
    NEW_REQUIRED = "new-required-request-property" Breaking FieldAdded "new required property";
    NEW_REQUIRED_WITH_DEFAULT = "new-required-request-property-with-default" Breaking FieldAdded "new required property with a default";
    NEW_READ_ONLY = "new-read-only-request-property" Info FieldAdded "new read-only property, which requests do not contain";
    NEW_OPTIONAL = "new-optional-request-property" Info FieldAdded "new optional property";
    REQUEST_REMOVED = "request-property-removed" Warning FieldRemoved "removed";
    REQUEST_LIKELY_RENAMED = "request-property-likely-renamed" Warning Nothing "probably renamed";
    RESPONSE_LIKELY_RENAMED = "response-property-likely-renamed" Warning Nothing "probably renamed";
    RESPONSE_REQUIRED_ADDED = "response-required-property-added" Info FieldAdded "new property that is always sent";
    RESPONSE_OPTIONAL_ADDED = "response-optional-property-added" Info FieldAdded "new optional property";
    RESPONSE_REQUIRED_REMOVED = "response-required-property-removed" Breaking FieldRemoved "removed; it was always sent";
    RESPONSE_OPTIONAL_REMOVED = "response-optional-property-removed" Warning FieldRemoved "removed; it was optional";
    RESPONSE_REQUIRED_WRITE_ONLY_ADDED = "response-required-write-only-property-added" Info FieldAdded "new write-only property, which responses do not contain";
    RESPONSE_OPTIONAL_WRITE_ONLY_ADDED = "response-optional-write-only-property-added" Info FieldAdded "new write-only property, which responses do not contain";
    RESPONSE_REQUIRED_WRITE_ONLY_REMOVED = "response-required-write-only-property-removed" Info FieldRemoved "removed; it was write-only";
    RESPONSE_OPTIONAL_WRITE_ONLY_REMOVED = "response-optional-write-only-property-removed" Info FieldRemoved "removed; it was write-only";
}
