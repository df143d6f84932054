//! The kinds of change of an operation, its parameters, bodies, responses, servers and security.

use super::ChangeKind;
use crate::change::Severity::{Breaking, Cosmetic, Info, Warning};
use crate::rust::AffectedItem::{
    Auth, Behavior, Body, Docs, MethodAdded, MethodName, MethodRemoved, Nothing, ParameterAdded,
    ParameterName, ParameterRemoved, ResponseAdded, ResponseRemoved, SuccessType,
};

macro_rules! kinds {
    ($($name:ident = $id:literal $severity:ident $affects:ident $predicate:literal;)*) => {
        $(pub(crate) const $name: ChangeKind = ChangeKind::one($id, $severity, $predicate, $affects);)*
    };
}

kinds! {
    // The document
    INFO_CHANGED = "info-changed" Cosmetic Nothing "changed";

    // The operation
    ADDED = "endpoint-added" Info MethodAdded "new operation";
    PATH_REMOVED = "api-path-removed-without-deprecation" Breaking MethodRemoved "removed without deprecation, and so was its path";
    PATH_REMOVED_DEPRECATED = "api-path-removed-with-deprecation" Breaking MethodRemoved "removed after deprecation, and so was its path";
    PATH_REMOVED_BEFORE_SUNSET = "api-path-removed-before-sunset" Breaking MethodRemoved "removed before its sunset date, and so was its path";
    PATH_REMOVED_AFTER_SUNSET = "api-path-removed-after-sunset" Breaking MethodRemoved "removed after its sunset date, and so was its path";
    PATH_SUNSET_PARSE = "api-path-sunset-parse" Breaking MethodRemoved "removed, and its sunset date is invalid";
    REMOVED = "api-removed-without-deprecation" Breaking MethodRemoved "removed without deprecation";
    REMOVED_DEPRECATED = "api-removed-with-deprecation" Breaking MethodRemoved "removed after deprecation";
    REMOVED_BEFORE_SUNSET = "api-removed-before-sunset" Breaking MethodRemoved "removed before its sunset date";
    REMOVED_AFTER_SUNSET = "api-removed-after-sunset" Breaking MethodRemoved "removed after its sunset date";
    PATH_CHANGED = "api-path-changed" Breaking Behavior "path changed";
    PATH_ADDED = "api-path-added" Info Nothing "path added";
    METHOD_CHANGED = "api-method-changed" Breaking Behavior "method changed";
    OPERATION_ID_ADDED = "api-operation-id-added" Info MethodName "operationId added";
    OPERATION_ID_REMOVED = "api-operation-id-removed" Warning MethodName "operationId removed or changed";
    TAG_ADDED = "api-tag-added" Info Nothing "tag added";
    TAG_REMOVED = "api-tag-removed" Info Nothing "tag removed";
    FIELD_CHANGED = "api-field-changed" Warning Nothing "unrecognized field changed";
    EXTENSION_CHANGED = "api-extension-changed" Info Nothing "extension value changed";
    PROSE_CHANGED = "prose-changed" Cosmetic Docs "documentation changed";

    WEBHOOK_ADDED = "webhook-added" Info Nothing "webhook added";
    WEBHOOK_REMOVED = "webhook-removed" Breaking Nothing "webhook removed";

    // Deprecation and stability
    DEPRECATED = "endpoint-deprecated" Info Docs "now deprecated";
    DEPRECATED_WITH_SUNSET = "endpoint-deprecated-with-sunset" Warning Docs "now deprecated with a sunset date";
    DEPRECATED_SUNSET_PARSE = "api-deprecated-sunset-parse" Info Docs "now deprecated with an invalid sunset date";
    SUNSET_TOO_SMALL = "api-sunset-date-too-small" Info Docs "now deprecated with a sunset date in the past";
    SUNSET_EARLIER = "api-sunset-date-changed-too-small" Info Docs "sunset date moved earlier";
    SUNSET_LATER = "api-sunset-date-changed" Info Docs "sunset date moved later";
    SUNSET_CHANGED_PARSE = "api-path-sunset-parse" Breaking Docs "sunset date changed from or to an invalid date";
    SUNSET_DELETED = "sunset-deleted" Info Docs "sunset date removed";
    REACTIVATED = "endpoint-reactivated" Info Docs "no longer deprecated";
    STABILITY_DECREASED = "api-stability-decreased" Info Docs "stability level decreased";
    STABILITY_INCREASED = "api-stability-increased" Info Docs "stability level increased";
    STABILITY_INVALID = "api-invalid-stability-level" Info Docs "stability level is invalid";

    // Servers
    SERVER_ADDED = "api-server-added" Info Nothing "server added";
    SERVER_REMOVED = "api-server-removed" Breaking Nothing "server removed";
    SERVER_VARIABLE_CHANGED = "api-server-variable-changed" Warning Nothing "server variable changed";
    SERVER_VARIABLE_RENAMED = "api-server-variable-renamed" Cosmetic Nothing "server variable renamed";

    // Security
    SECURITY_ADDED = "api-security-added" Breaking Auth "security requirement added";
    SECURITY_REMOVED = "api-security-removed" Info Auth "security requirement removed";
    SECURITY_BECAME_REQUIRED = "api-security-became-required" Breaking Auth "credentials are now required";
    SECURITY_BECAME_OPTIONAL = "api-security-became-optional" Info Auth "credentials are now optional";
    SCOPE_ADDED = "api-security-scope-added" Breaking Nothing "now requires another OAuth scope";
    SCOPE_REMOVED = "api-security-scope-removed" Info Nothing "no longer requires an OAuth scope";
    GLOBAL_SECURITY_ADDED = "api-global-security-added" Breaking Auth "security requirement added for the whole document";
    GLOBAL_SECURITY_REMOVED = "api-global-security-removed" Info Auth "security requirement removed for the whole document";
    GLOBAL_SCOPE_ADDED = "api-global-security-scope-added" Breaking Nothing "now requires another OAuth scope for the whole document";
    GLOBAL_SCOPE_REMOVED = "api-global-security-scope-removed" Info Nothing "no longer requires an OAuth scope for the whole document";
    SCHEME_ADDED = "api-security-component-added" Info Nothing "new security scheme";
    SCHEME_REMOVED = "api-security-component-removed" Breaking Auth "security scheme removed";
    SCHEME_RENAMED = "api-security-component-renamed" Cosmetic Nothing "security scheme renamed";
    SCHEME_TYPE_CHANGED = "api-security-component-type-changed" Breaking Auth "type of the security scheme changed";
    SCHEME_CHANGED = "api-security-component-changed" Breaking Auth "security scheme changed";
    OAUTH_URL_CHANGED = "api-security-component-oauth-url-changed" Warning Nothing "OAuth authorization URL changed";
    OAUTH_TOKEN_URL_CHANGED = "api-security-component-oauth-token-url-changed" Warning Nothing "OAuth token URL changed";
    OAUTH_SCOPE_ADDED = "api-security-component-oauth-scope-added" Info Nothing "OAuth scope added";
    OAUTH_SCOPE_REMOVED = "api-security-component-oauth-scope-removed" Info Nothing "OAuth scope removed";
    OAUTH_SCOPE_CHANGED = "api-security-component-oauth-scope-changed" Info Nothing "description of an OAuth scope changed";
    SCHEME_EXTENSION_CHANGED = "api-security-component-extension-changed" Info Nothing "extension value changed";

    // Parameters
    PARAMETER_REMOVED = "request-parameter-removed" Warning ParameterRemoved "removed";
    NEW_REQUIRED_PARAMETER = "new-required-request-parameter" Breaking ParameterAdded "new required parameter";
    NEW_OPTIONAL_PARAMETER = "new-optional-request-parameter" Info ParameterAdded "new optional parameter";
    PARAMETER_BECAME_REQUIRED = "request-parameter-became-required" Breaking Nothing "now required";
    PARAMETER_BECAME_OPTIONAL = "request-parameter-became-optional" Info Nothing "no longer required";
    PARAMETER_DEPRECATED = "request-parameter-deprecated" Info Docs "now deprecated";
    PARAMETER_REACTIVATED = "request-parameter-reactivated" Info Docs "no longer deprecated";
    PARAMETER_RENAMED = "request-parameter-renamed" Cosmetic ParameterName "renamed, with no effect on the wire";
    PARAMETER_SERIALIZATION_CHANGED = "request-parameter-serialization-changed" Breaking Behavior "serialization changed";

    // Request body
    BODY_ADDED_REQUIRED = "request-body-added-required" Breaking Body "new required request body";
    BODY_ADDED_OPTIONAL = "request-body-added-optional" Info Body "new optional request body";
    BODY_REMOVED = "request-body-removed" Breaking Body "request body removed";
    BODY_BECAME_REQUIRED = "request-body-became-required" Warning Nothing "request body is now required";
    BODY_BECAME_OPTIONAL = "request-body-became-optional" Info Nothing "request body is no longer required";
    REQUEST_MEDIA_TYPE_ADDED = "request-body-media-type-added" Info Body "media type added";
    REQUEST_MEDIA_TYPE_REMOVED = "request-body-media-type-removed" Breaking Body "media type removed";
    REQUEST_MEDIA_TYPE_NAME_CHANGED = "request-body-media-type-name-changed" Warning Body "name of the media type changed";
    REQUEST_SCHEMA_ADDED = "request-body-media-type-schema-added" Breaking Body "schema added";
    REQUEST_SCHEMA_REMOVED = "request-body-media-type-schema-removed" Info Body "schema removed";
    REQUEST_ENCODING_CHANGED = "request-body-encoding-changed" Warning Behavior "encoding changed";

    // Responses
    SUCCESS_ADDED = "response-success-status-added" Warning SuccessType "new success status";
    SUCCESS_REMOVED = "response-success-status-removed" Breaking SuccessType "success status removed";
    NON_SUCCESS_ADDED = "response-non-success-status-added" Info ResponseAdded "new error status";
    NON_SUCCESS_REMOVED = "response-non-success-status-removed" Info ResponseRemoved "error status removed";
    RANGE_ADDED = "response-status-range-added" Info ResponseAdded "range of statuses added";
    RANGE_REMOVED = "response-status-range-removed" Info ResponseRemoved "range of statuses removed";
    RESPONSE_MEDIA_TYPE_ADDED = "response-media-type-added" Info ResponseAdded "media type added";
    RESPONSE_MEDIA_TYPE_REMOVED = "response-media-type-removed" Breaking ResponseRemoved "media type removed";
    RESPONSE_MEDIA_TYPE_NAME_CHANGED = "response-media-type-name-changed" Warning SuccessType "name of the media type changed";
    RESPONSE_MEDIA_TYPE_NAME_GENERALIZED = "response-media-type-name-generalized" Breaking SuccessType "media type became more general";
    RESPONSE_MEDIA_TYPE_NAME_SPECIALIZED = "response-media-type-name-specialized" Warning SuccessType "media type became more specific";
    RESPONSE_SCHEMA_ADDED = "response-body-media-type-schema-added" Info ResponseAdded "schema added";
    RESPONSE_SCHEMA_REMOVED = "response-body-media-type-schema-removed" Breaking ResponseRemoved "schema removed";
    RESPONSE_ENCODING_CHANGED = "response-body-encoding-changed" Warning Nothing "encoding changed";
    RESPONSE_FIELD_CHANGED = "response-field-changed" Info Nothing "unrecognized field changed";

    // Response headers
    HEADER_ADDED = "response-header-added" Info Nothing "new header";
    HEADER_REMOVED_REQUIRED = "required-response-header-removed" Breaking Nothing "removed; it was always sent";
    HEADER_REMOVED_OPTIONAL = "optional-response-header-removed" Warning Nothing "removed; it was optional";
    HEADER_BECAME_OPTIONAL = "response-header-became-optional" Breaking Nothing "no longer always sent";
    HEADER_BECAME_REQUIRED = "response-header-became-required" Info Nothing "now always sent";
    HEADER_DEPRECATED = "response-header-deprecated" Info Docs "now deprecated";
    HEADER_REACTIVATED = "response-header-reactivated" Info Docs "no longer deprecated";
    HEADER_SERIALIZATION_CHANGED = "response-header-serialization-changed" Warning Nothing "serialization changed";
}
