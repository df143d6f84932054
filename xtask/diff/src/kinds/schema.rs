//! The kinds of change that a schema can have, in a body, a property, a parameter or a header.

use super::Kind;
use crate::change::Severity::{Breaking, Cosmetic, Info, Warning};
use crate::rust::Touches::{
    Constant, Docs, Field, FieldGone, FieldNew, Nothing, Type, VariantGone, VariantNew,
};

macro_rules! kinds {
    ($($name:ident = $id:literal $request:ident $response:ident $touches:ident $says:literal;)*) => {
        $(pub(crate) const $name: Kind = Kind::new($id, $request, $response, $says, $touches);)*
    };
}

kinds! {
    // Types
    TYPE_CHANGED = "type-changed" Breaking Breaking Type "is of another type";
    TYPE_GENERALIZED = "type-generalized" Info Breaking Type "is of a wider type";
    TYPE_SPECIALIZED = "type-specialized" Breaking Info Type "is of a narrower type";
    TYPE_COMPATIBLE = "type-compatible" Info Info Type "is of another type, which reads the same in this medium";
    LIST_OF_TYPES_WIDENED = "list-of-types-widened" Info Breaking Type "has more alternative types";
    LIST_OF_TYPES_NARROWED = "list-of-types-narrowed" Breaking Info Type "has fewer alternative types";
    BECAME_NULLABLE = "became-nullable" Info Breaking Type "may now be null";
    BECAME_NOT_NULLABLE = "became-not-nullable" Breaking Info Type "may no longer be null";
    BECAME_IMPOSSIBLE = "became-impossible" Breaking Info Type "no longer admits any value";
    BECAME_POSSIBLE = "became-possible" Info Breaking Type "now admits values";

    // Values
    BECAME_ENUM = "became-enum" Breaking Info Type "is now limited to certain values";
    ENUM_VALUE_ADDED = "enum-value-added" Info Breaking VariantNew "has one more value";
    ENUM_VALUE_REMOVED = "enum-value-removed" Breaking Info VariantGone "lost a value";
    ENUM_REORDERED = "enum-reordered" Cosmetic Cosmetic Docs "lists its values in another order";
    EXTENSIBLE_ENUM_VALUE_ADDED = "x-extensible-enum-value-added" Info Info Docs "has one more extensible value";
    EXTENSIBLE_ENUM_VALUE_REMOVED = "x-extensible-enum-value-removed" Breaking Info Docs "lost an extensible value";
    CONST_ADDED = "const-added" Breaking Info Type "is now a constant";
    CONST_REMOVED = "const-removed" Info Breaking Type "is no longer a constant";
    CONST_CHANGED = "const-changed" Breaking Breaking Type "is another constant";
    DEFAULT_ADDED = "default-value-added" Warning Info Constant "has a default";
    DEFAULT_REMOVED = "default-value-removed" Warning Info Constant "lost its default";
    DEFAULT_CHANGED = "default-value-changed" Warning Info Constant "has another default";
    PATTERN_ADDED = "pattern-added" Breaking Info Constant "must match a pattern";
    PATTERN_REMOVED = "pattern-removed" Info Info Constant "need not match a pattern any more";
    PATTERN_CHANGED = "pattern-changed" Warning Info Constant "must match another pattern";
    PATTERN_GENERALIZED = "pattern-generalized" Info Info Constant "may match anything";

    // Limits beside the bounds, whose kinds come from `bounds`
    MULTIPLE_OF_SET = "multiple-of-set" Breaking Info Constant "must be a multiple of a number";
    MULTIPLE_OF_UNSET = "multiple-of-unset" Info Breaking Constant "need not be a multiple of a number any more";
    MULTIPLE_OF_CHANGED = "multiple-of-changed" Breaking Breaking Constant "must be a multiple of another number";
    MULTIPLE_OF_LOOSENED = "multiple-of-loosened" Info Breaking Constant "must be a multiple of a divisor of that number only";
    UNIQUE_ITEMS_SET = "unique-items-set" Breaking Info Constant "may no longer repeat an item";
    UNIQUE_ITEMS_UNSET = "unique-items-unset" Info Warning Constant "may repeat items";

    // Objects
    PROPERTY_BECAME_REQUIRED = "became-required" Breaking Info Field "is now required";
    PROPERTY_BECAME_REQUIRED_WITH_DEFAULT = "became-required-with-default" Breaking Info Field "is now required, though it has a default";
    PROPERTY_BECAME_OPTIONAL = "became-optional" Info Breaking Field "is no longer required";
    REQUIRED_NAME_ADDED = "required-name-added" Breaking Info FieldNew "requires a property that it does not describe";
    REQUIRED_NAME_REMOVED = "required-name-removed" Info Breaking FieldGone "no longer requires a property that it does not describe";
    PROPERTIES_REORDERED = "properties-reordered" Cosmetic Cosmetic Docs "lists its properties in another order";
    CLOSED = "additional-properties-forbidden" Breaking Info Nothing "no longer admits unknown properties";
    OPENED = "additional-properties-allowed" Info Warning Nothing "admits unknown properties";
    ADDITIONAL_ADDED = "additional-properties-schema-added" Breaking Info Type "limits what unknown properties may hold";
    ADDITIONAL_REMOVED = "additional-properties-schema-removed" Info Breaking Type "no longer limits what unknown properties may hold";
    DEPENDENT_REQUIRED_ADDED = "dependent-required-added" Breaking Info Nothing "requires properties beside another one";
    DEPENDENT_REQUIRED_REMOVED = "dependent-required-removed" Info Breaking Nothing "no longer requires properties beside another one";
    DEPENDENT_REQUIRED_CHANGED = "dependent-required-changed" Breaking Breaking Nothing "requires other properties beside another one";

    // Flags, behind `required` or `optional`, and life cycle
    BECAME_READ_ONLY = "property-became-read-only" Warning Info Nothing "is now read-only";
    BECAME_NOT_READ_ONLY = "property-became-not-read-only" Info Info Nothing "is no longer read-only";
    BECAME_WRITE_ONLY = "property-became-write-only" Info Warning Nothing "is now write-only";
    BECAME_NOT_WRITE_ONLY = "property-became-not-write-only" Info Info Nothing "is no longer write-only";
    DEPRECATED = "deprecated" Info Info Docs "is deprecated";
    DEPRECATED_WITH_SUNSET = "deprecated-with-sunset" Info Info Docs "is deprecated and ends on a date";
    DEPRECATED_SUNSET_INVALID = "deprecated-sunset-invalid" Info Info Docs "is deprecated and ends on a date that cannot be read";
    SUNSET_TOO_SMALL = "sunset-date-too-small" Info Info Docs "is deprecated and should have ended already";
    SUNSET_CHANGED = "sunset-date-changed" Info Info Docs "ends on another date";
    SUNSET_DELETED = "sunset-deleted" Info Info Docs "no longer ends on a date";
    REACTIVATED = "reactivated" Info Info Docs "is no longer deprecated";
    STABILITY_DECREASED = "stability-decreased" Info Info Docs "is promised to be less stable";
    STABILITY_INCREASED = "stability-increased" Info Info Docs "is promised to be more stable";

    // Composition
    ALL_OF_ADDED = "all-of-added" Breaking Info Type "must satisfy one more schema";
    ALL_OF_REMOVED = "all-of-removed" Warning Breaking Type "must satisfy one schema less";
    ALL_OF_ADDED_ANNOTATION_ONLY = "all-of-added-annotation-only" Info Info Docs "has one more part, which only annotates";
    ALL_OF_REMOVED_ANNOTATION_ONLY = "all-of-removed-annotation-only" Info Info Docs "lost a part that only annotated";
    ANY_OF_ADDED = "any-of-added" Info Breaking Type "has one more alternative (anyOf)";
    ANY_OF_REMOVED = "any-of-removed" Breaking Info Type "lost an alternative (anyOf)";
    ONE_OF_ADDED = "one-of-added" Info Breaking Type "has one more alternative (oneOf)";
    ONE_OF_REMOVED = "one-of-removed" Breaking Info Type "lost an alternative (oneOf)";
    WRAPPED_IN_ONE_OF = "wrapped-in-one-of" Breaking Breaking Type "is now one of several objects";
    DISCRIMINATOR_ADDED = "discriminator-added" Warning Warning Type "selects its alternative by a property";
    DISCRIMINATOR_REMOVED = "discriminator-removed" Warning Warning Type "no longer selects its alternative by a property";
    DISCRIMINATOR_RENAMED = "discriminator-property-name-changed" Breaking Breaking Type "selects its alternative by another property";
    MAPPING_ADDED = "discriminator-mapping-added" Breaking Breaking Type "has a discriminator value more";
    MAPPING_DELETED = "discriminator-mapping-deleted" Breaking Breaking Type "has a discriminator value less";
    MAPPING_CHANGED = "discriminator-mapping-changed" Breaking Breaking Type "selects another schema for a discriminator value";

    // Keywords of JSON Schema 2020-12 that hold schemas
    PREFIX_ITEMS_ADDED = "prefix-items-added" Info Breaking Type "describes more of its first items";
    PREFIX_ITEMS_REMOVED = "prefix-items-removed" Breaking Info Type "describes fewer of its first items";
    IF_ADDED = "if-added" Breaking Info Nothing "has a condition (if)";
    IF_REMOVED = "if-removed" Info Breaking Nothing "lost its condition (if)";
    IF_CHANGED = "if-changed" Warning Warning Nothing "has another condition (if)";
    THEN_ADDED = "then-added" Breaking Info Nothing "must satisfy something if its condition holds (then)";
    THEN_REMOVED = "then-removed" Info Breaking Nothing "lost what its condition asked for (then)";
    ELSE_ADDED = "else-added" Breaking Info Nothing "must satisfy something unless its condition holds (else)";
    ELSE_REMOVED = "else-removed" Info Breaking Nothing "lost what was asked for without its condition (else)";
    NOT_ADDED = "not-added" Breaking Info Type "excludes something (not)";
    NOT_REMOVED = "not-removed" Info Breaking Type "no longer excludes something (not)";
    NOT_CHANGED = "not-changed" Breaking Breaking Type "excludes something else (not)";
    CONTAINS_ADDED = "contains-added" Breaking Info Nothing "must contain a certain item";
    CONTAINS_REMOVED = "contains-removed" Info Breaking Nothing "need not contain a certain item any more";
    DEPENDENT_SCHEMA_ADDED = "dependent-schema-added" Breaking Info Nothing "must satisfy something beside a property";
    DEPENDENT_SCHEMA_REMOVED = "dependent-schema-removed" Info Breaking Nothing "need not satisfy something beside a property any more";
    PATTERN_PROPERTY_ADDED = "pattern-property-added" Breaking Info Type "limits properties whose names match a pattern";
    PATTERN_PROPERTY_REMOVED = "pattern-property-removed" Info Breaking Type "no longer limits properties whose names match a pattern";
    PROPERTY_NAMES_ADDED = "property-names-added" Breaking Info Type "limits the names of its properties";
    PROPERTY_NAMES_REMOVED = "property-names-removed" Info Breaking Type "no longer limits the names of its properties";
    UNEVALUATED_ITEMS_ADDED = "unevaluated-items-added" Breaking Info Nothing "limits items that nothing else describes";
    UNEVALUATED_ITEMS_REMOVED = "unevaluated-items-removed" Info Breaking Nothing "no longer limits items that nothing else describes";
    UNEVALUATED_PROPERTIES_ADDED = "unevaluated-properties-added" Breaking Info Nothing "limits properties that nothing else describes";
    UNEVALUATED_PROPERTIES_REMOVED = "unevaluated-properties-removed" Info Breaking Nothing "no longer limits properties that nothing else describes";
    CONTENT_SCHEMA_ADDED = "content-schema-added" Breaking Info Nothing "limits what it may hold when decoded";
    CONTENT_SCHEMA_REMOVED = "content-schema-removed" Info Breaking Nothing "no longer limits what it may hold when decoded";
    CONTENT_MEDIA_TYPE_CHANGED = "content-media-type-changed" Breaking Breaking Nothing "holds another media type when decoded";
    CONTENT_ENCODING_CHANGED = "content-encoding-changed" Breaking Breaking Nothing "is encoded in another way";

    // The rest: nothing is skipped
    KEYWORD_ADDED = "keyword-added" Warning Warning Nothing "has a keyword that no rule knows";
    KEYWORD_REMOVED = "keyword-removed" Warning Warning Nothing "lost a keyword that no rule knows";
    KEYWORD_CHANGED = "keyword-changed" Warning Warning Nothing "has another value for a keyword that no rule knows";
    EXTENSION_CHANGED = "extension-changed" Info Info Nothing "has another extension";
    PROSE_CHANGED = "prose-changed" Cosmetic Cosmetic Docs "is described in other words";
}

macro_rules! property_kinds {
    ($($name:ident = $id:literal $severity:ident $touches:ident $says:literal;)*) => {
        $(pub(crate) const $name: Kind = Kind::one($id, $severity, $says, $touches);)*
    };
}

// Properties that come and go have ids of their own in each direction.
property_kinds! {
    NEW_REQUIRED = "new-required-request-property" Breaking FieldNew "is new and required";
    NEW_REQUIRED_WITH_DEFAULT = "new-required-request-property-with-default" Breaking FieldNew "is new and required, though it has a default";
    NEW_READ_ONLY = "new-read-only-request-property" Info FieldNew "is new and never sent (read-only)";
    NEW_OPTIONAL = "new-optional-request-property" Info FieldNew "is new and optional";
    REQUEST_REMOVED = "request-property-removed" Warning FieldGone "is gone";
    REQUEST_LIKELY_RENAMED = "request-property-likely-renamed" Warning Nothing "seems to have another name";
    RESPONSE_LIKELY_RENAMED = "response-property-likely-renamed" Warning Nothing "seems to have another name";
    RESPONSE_REQUIRED_ADDED = "response-required-property-added" Info FieldNew "is new and always sent";
    RESPONSE_OPTIONAL_ADDED = "response-optional-property-added" Info FieldNew "is new and sometimes sent";
    RESPONSE_REQUIRED_REMOVED = "response-required-property-removed" Breaking FieldGone "is gone and was always sent";
    RESPONSE_OPTIONAL_REMOVED = "response-optional-property-removed" Warning FieldGone "is gone and was sometimes sent";
    RESPONSE_REQUIRED_WRITE_ONLY_ADDED = "response-required-write-only-property-added" Info FieldNew "is new and never sent (write-only)";
    RESPONSE_OPTIONAL_WRITE_ONLY_ADDED = "response-optional-write-only-property-added" Info FieldNew "is new and never sent (write-only)";
    RESPONSE_REQUIRED_WRITE_ONLY_REMOVED = "response-required-write-only-property-removed" Info FieldGone "is gone and was never sent (write-only)";
    RESPONSE_OPTIONAL_WRITE_ONLY_REMOVED = "response-optional-write-only-property-removed" Info FieldGone "is gone and was never sent (write-only)";
}
