//! The kinds of changes to an operation: its parameters, bodies, responses, servers and security.

use super::ChangeKind;
use crate::change::Severity::{Breaking, Cosmetic, Info, Warning};

kinds! {
    ChangeKind::one:
    // The document
    INFO_CHANGED = "info-changed" Cosmetic "changed";

    // The operation
    ADDED = "endpoint-added" Info "new operation";
    PATH_REMOVED = "api-path-removed-without-deprecation" Breaking "removed without deprecation, along with its path";
    PATH_REMOVED_DEPRECATED = "api-path-removed-with-deprecation" Breaking "removed after deprecation, along with its path";
    PATH_REMOVED_BEFORE_SUNSET = "api-path-removed-before-sunset" Breaking "removed before its sunset date, along with its path";
    PATH_REMOVED_AFTER_SUNSET = "api-path-removed-after-sunset" Breaking "removed after its sunset date, along with its path";
    PATH_SUNSET_PARSE = "api-path-sunset-parse" Breaking "removed, and its sunset date is invalid";
    REMOVED = "api-removed-without-deprecation" Breaking "removed without deprecation";
    REMOVED_DEPRECATED = "api-removed-with-deprecation" Breaking "removed after deprecation";
    REMOVED_BEFORE_SUNSET = "api-removed-before-sunset" Breaking "removed before its sunset date";
    REMOVED_AFTER_SUNSET = "api-removed-after-sunset" Breaking "removed after its sunset date";
    PATH_CHANGED = "api-path-changed" Breaking "path changed";
    PATH_ADDED = "api-path-added" Info "path added";
    METHOD_CHANGED = "api-method-changed" Breaking "method changed";
    OPERATION_ID_ADDED = "api-operation-id-added" Info "operationId added";
    OPERATION_ID_REMOVED = "api-operation-id-removed" Warning "operationId removed or changed";
    TAG_ADDED = "api-tag-added" Info "tag added";
    TAG_REMOVED = "api-tag-removed" Info "tag removed";
    FIELD_CHANGED = "api-field-changed" Warning "unrecognized field changed";
    EXTENSION_CHANGED = "api-extension-changed" Info "extension value changed";
    PROSE_CHANGED = "prose-changed" Cosmetic "documentation changed";

    CALLBACK_ADDED = "callback-added" Info "callback added";
    CALLBACK_REMOVED = "callback-removed" Breaking "callback removed";
    WEBHOOK_ADDED = "webhook-added" Info "webhook added";
    WEBHOOK_REMOVED = "webhook-removed" Breaking "webhook removed";

    // Deprecation and stability
    DEPRECATED = "endpoint-deprecated" Info "now deprecated";
    DEPRECATED_WITH_SUNSET = "endpoint-deprecated-with-sunset" Warning "now deprecated with a sunset date";
    DEPRECATED_SUNSET_PARSE = "api-deprecated-sunset-parse" Info "now deprecated with an invalid sunset date";
    SUNSET_TOO_SMALL = "api-sunset-date-too-small" Info "now deprecated with a sunset date in the past";
    SUNSET_EARLIER = "api-sunset-date-changed-too-small" Info "sunset date moved earlier";
    SUNSET_LATER = "api-sunset-date-changed" Info "sunset date moved later";
    SUNSET_CHANGED_PARSE = "api-path-sunset-parse" Breaking "sunset date changed from or to an invalid date";
    SUNSET_DELETED = "sunset-deleted" Info "sunset date removed";
    REACTIVATED = "endpoint-reactivated" Info "no longer deprecated";
    STABILITY_DECREASED = "api-stability-decreased" Info "stability level decreased";
    STABILITY_INCREASED = "api-stability-increased" Info "stability level increased";
    STABILITY_INVALID = "api-invalid-stability-level" Info "stability level is invalid";

    // Servers
    SERVER_ADDED = "api-server-added" Info "server added";
    SERVER_REMOVED = "api-server-removed" Breaking "server removed";
    SERVER_VARIABLE_CHANGED = "api-server-variable-changed" Warning "server variable changed";
    SERVER_VARIABLE_RENAMED = "api-server-variable-renamed" Cosmetic "server variable renamed";

    // Security
    SECURITY_ADDED = "api-security-added" Breaking "security requirement added";
    SECURITY_REMOVED = "api-security-removed" Info "security requirement removed";
    SECURITY_BECAME_REQUIRED = "api-security-became-required" Breaking "credentials are now required";
    SECURITY_BECAME_OPTIONAL = "api-security-became-optional" Info "credentials are now optional";
    SCOPE_ADDED = "api-security-scope-added" Breaking "OAuth scope requirement added";
    SCOPE_REMOVED = "api-security-scope-removed" Info "OAuth scope requirement removed";
    GLOBAL_SECURITY_ADDED = "api-global-security-added" Breaking "document-wide security requirement added";
    GLOBAL_SECURITY_REMOVED = "api-global-security-removed" Info "document-wide security requirement removed";
    GLOBAL_SCOPE_ADDED = "api-global-security-scope-added" Breaking "document-wide OAuth scope requirement added";
    GLOBAL_SCOPE_REMOVED = "api-global-security-scope-removed" Info "document-wide OAuth scope requirement removed";
    SCHEME_ADDED = "api-security-component-added" Info "new security scheme";
    SCHEME_REMOVED = "api-security-component-removed" Breaking "security scheme removed";
    SCHEME_RENAMED = "api-security-component-renamed" Cosmetic "security scheme renamed";
    SCHEME_TYPE_CHANGED = "api-security-component-type-changed" Breaking "security scheme type changed";
    SCHEME_CHANGED = "api-security-component-changed" Breaking "security scheme changed";
    OAUTH_URL_CHANGED = "api-security-component-oauth-url-changed" Warning "OAuth authorization URL changed";
    OAUTH_TOKEN_URL_CHANGED = "api-security-component-oauth-token-url-changed" Warning "OAuth token URL changed";
    OAUTH_SCOPE_ADDED = "api-security-component-oauth-scope-added" Info "OAuth scope added";
    OAUTH_SCOPE_REMOVED = "api-security-component-oauth-scope-removed" Info "OAuth scope removed";
    OAUTH_SCOPE_CHANGED = "api-security-component-oauth-scope-changed" Info "description of an OAuth scope changed";
    SCHEME_EXTENSION_CHANGED = "api-security-component-extension-changed" Info "extension value changed";

    // Media types in requests
    REQUEST_MEDIA_TYPE_ADDED = "request-body-media-type-added" Info "media type added";
    REQUEST_MEDIA_TYPE_REMOVED = "request-body-media-type-removed" Breaking "media type removed";
    REQUEST_MEDIA_TYPE_NAME_CHANGED = "request-body-media-type-name-changed" Warning "media type changed";

    // Responses
    SUCCESS_ADDED = "response-success-status-added" Warning "new success status";
    SUCCESS_REMOVED = "response-success-status-removed" Breaking "success status removed";
    NON_SUCCESS_ADDED = "response-non-success-status-added" Info "new error status";
    NON_SUCCESS_REMOVED = "response-non-success-status-removed" Info "error status removed";
    RANGE_ADDED = "response-status-range-added" Info "response added";
    RANGE_REMOVED = "response-status-range-removed" Info "response removed";
    RESPONSE_MEDIA_TYPE_ADDED = "response-media-type-added" Info "media type added";
    RESPONSE_MEDIA_TYPE_REMOVED = "response-media-type-removed" Breaking "media type removed";
    RESPONSE_MEDIA_TYPE_NAME_CHANGED = "response-media-type-name-changed" Warning "media type changed";
    RESPONSE_MEDIA_TYPE_NAME_GENERALIZED = "response-media-type-name-generalized" Breaking "media type became more general";
    RESPONSE_MEDIA_TYPE_NAME_SPECIALIZED = "response-media-type-name-specialized" Warning "media type became more specific";
    RESPONSE_FIELD_CHANGED = "response-field-changed" Info "unrecognized field changed";
}

// Kinds whose severity depends on the direction. The server sends the requests of callbacks and webhooks, so these have
// the response direction, and their responses have the request direction.
kinds! {
    ChangeKind::by_direction:
    // Parameters
    PARAMETER_REMOVED_REQUIRED = "request-parameter-removed" Warning Breaking "removed; it was required";
    PARAMETER_REMOVED_OPTIONAL = "request-parameter-removed" Warning Warning "removed; it was optional";
    NEW_REQUIRED_PARAMETER = "new-required-request-parameter" Breaking Info "new required parameter";
    NEW_OPTIONAL_PARAMETER = "new-optional-request-parameter" Info Info "new optional parameter";
    PARAMETER_RENAMED = "request-parameter-renamed" Cosmetic Cosmetic "renamed, with no effect on the wire";
    PARAMETER_SERIALIZATION_CHANGED = "request-parameter-serialization-changed" Breaking Breaking "serialization changed";

    // Request bodies
    BODY_ADDED_REQUIRED = "request-body-added-required" Breaking Info "new required request body";
    BODY_ADDED_OPTIONAL = "request-body-added-optional" Info Info "new optional request body";
    BODY_REMOVED = "request-body-removed" Breaking Breaking "request body removed";
    BODY_BECAME_REQUIRED = "request-body-became-required" Warning Info "request body is now required";
    BODY_BECAME_OPTIONAL = "request-body-became-optional" Info Breaking "request body is no longer required";

    // Response headers
    HEADER_ADDED_OPTIONAL = "response-header-added" Info Info "new header";
    HEADER_ADDED_REQUIRED = "response-header-added" Breaking Info "new header";
    HEADER_REMOVED_REQUIRED = "required-response-header-removed" Info Breaking "removed; it was always sent";
    HEADER_REMOVED_OPTIONAL = "optional-response-header-removed" Info Warning "removed; it was optional";
    HEADER_BECAME_OPTIONAL = "response-header-became-optional" Info Breaking "no longer always sent";
    HEADER_BECAME_REQUIRED = "response-header-became-required" Breaking Info "now always sent";
    HEADER_SERIALIZATION_CHANGED = "response-header-serialization-changed" Warning Warning "serialization changed";
}
