//! The kinds of change of an operation: itself, its parameters, bodies, responses, servers and security.

use super::Kind;
use crate::change::Severity::{Breaking, Cosmetic, Info, Warning};
use crate::rust::Touches::{
    Answer, Auth, Body, Code, Docs, MethodGone, MethodName, MethodNew, Nothing, ParameterGone, ParameterName,
    ParameterNew, ResponseGone, ResponseNew,
};

macro_rules! kinds {
    ($($name:ident = $id:literal $severity:ident $touches:ident $says:literal;)*) => {
        $(pub(crate) const $name: Kind = Kind::one($id, $severity, $says, $touches);)*
    };
}

kinds! {
    // The document
    INFO_CHANGED = "info-changed" Cosmetic Nothing "has another value";

    // The operation
    ADDED = "endpoint-added" Info MethodNew "is a new operation";
    PATH_REMOVED = "api-path-removed-without-deprecation" Breaking MethodGone "is gone with its whole path";
    PATH_REMOVED_DEPRECATED = "api-path-removed-with-deprecation" Breaking MethodGone "is gone with its whole path, after it had been deprecated";
    PATH_REMOVED_BEFORE_SUNSET = "api-path-removed-before-sunset" Breaking MethodGone "is gone with its whole path, before its sunset";
    PATH_REMOVED_AFTER_SUNSET = "api-path-removed-after-sunset" Breaking MethodGone "is gone with its whole path, after its sunset";
    PATH_SUNSET_PARSE = "api-path-sunset-parse" Breaking MethodGone "is gone, and its sunset cannot be read";
    REMOVED = "api-removed-without-deprecation" Breaking MethodGone "is gone";
    REMOVED_DEPRECATED = "api-removed-with-deprecation" Breaking MethodGone "is gone, after it had been deprecated";
    REMOVED_BEFORE_SUNSET = "api-removed-before-sunset" Breaking MethodGone "is gone before its sunset";
    REMOVED_AFTER_SUNSET = "api-removed-after-sunset" Breaking MethodGone "is gone after its sunset";
    PATH_CHANGED = "api-path-changed" Breaking Code "is called on another path";
    PATH_ADDED = "api-path-added" Info Nothing "is called on one more path";
    METHOD_CHANGED = "api-method-changed" Breaking Code "is called with another method";
    OPERATION_ID_ADDED = "api-operation-id-added" Info MethodName "has an operationId";
    OPERATION_ID_REMOVED = "api-operation-id-removed" Warning MethodName "lost its operationId or has another";
    TAG_ADDED = "api-tag-added" Info Nothing "has one more tag";
    TAG_REMOVED = "api-tag-removed" Info Nothing "lost a tag";
    FIELD_CHANGED = "api-field-changed" Warning Nothing "has another value for a field that no rule knows";
    EXTENSION_CHANGED = "api-extension-changed" Info Nothing "has another extension";
    PROSE_CHANGED = "prose-changed" Cosmetic Docs "is described in other words";

    WEBHOOK_ADDED = "webhook-added" Info Nothing "has one more call to the client";
    WEBHOOK_REMOVED = "webhook-removed" Breaking Nothing "lost a call to the client";

    // Deprecation and stability
    DEPRECATED = "endpoint-deprecated" Info Docs "is deprecated";
    DEPRECATED_WITH_SUNSET = "endpoint-deprecated-with-sunset" Warning Docs "is deprecated and ends on a date";
    DEPRECATED_SUNSET_PARSE = "api-deprecated-sunset-parse" Info Docs "is deprecated and ends on a date that cannot be read";
    SUNSET_TOO_SMALL = "api-sunset-date-too-small" Info Docs "is deprecated and should have ended already";
    SUNSET_EARLIER = "api-sunset-date-changed-too-small" Info Docs "ends earlier";
    SUNSET_LATER = "api-sunset-date-changed" Info Docs "ends later";
    SUNSET_CHANGED_PARSE = "api-path-sunset-parse" Breaking Docs "ends on a date that cannot be read, or did";
    SUNSET_DELETED = "sunset-deleted" Info Docs "no longer ends on a date";
    REACTIVATED = "endpoint-reactivated" Info Docs "is no longer deprecated";
    STABILITY_DECREASED = "api-stability-decreased" Info Docs "is promised to be less stable";
    STABILITY_INCREASED = "api-stability-increased" Info Docs "is promised to be more stable";
    STABILITY_INVALID = "api-invalid-stability-level" Info Docs "has a level of stability that does not exist";

    // Servers
    SERVER_ADDED = "api-server-added" Info Nothing "is served in one more place";
    SERVER_REMOVED = "api-server-removed" Breaking Nothing "is no longer served in a place";
    SERVER_VARIABLE_CHANGED = "api-server-variable-changed" Warning Nothing "is served by other values of a variable";
    SERVER_VARIABLE_RENAMED = "api-server-variable-renamed" Cosmetic Nothing "names a variable in another way";

    // Security
    SECURITY_ADDED = "api-security-added" Breaking Auth "asks for credentials in one more way";
    SECURITY_REMOVED = "api-security-removed" Info Auth "no longer asks for credentials in a certain way";
    SECURITY_BECAME_REQUIRED = "api-security-became-required" Breaking Auth "no longer answers without credentials";
    SECURITY_BECAME_OPTIONAL = "api-security-became-optional" Info Auth "answers without credentials as well";
    SCOPE_ADDED = "api-security-scope-added" Breaking Nothing "asks for one more scope";
    SCOPE_REMOVED = "api-security-scope-removed" Info Nothing "asks for one scope less";
    GLOBAL_SECURITY_ADDED = "api-global-security-added" Breaking Auth "asks for credentials in one more way, as the whole document does";
    GLOBAL_SECURITY_REMOVED = "api-global-security-removed" Info Auth "no longer asks for credentials in a certain way, as the whole document does";
    GLOBAL_SCOPE_ADDED = "api-global-security-scope-added" Breaking Nothing "asks for one more scope, as the whole document does";
    GLOBAL_SCOPE_REMOVED = "api-global-security-scope-removed" Info Nothing "asks for one scope less, as the whole document does";
    SCHEME_ADDED = "api-security-component-added" Info Nothing "is a new security scheme";
    SCHEME_REMOVED = "api-security-component-removed" Breaking Auth "is no longer defined";
    SCHEME_RENAMED = "api-security-component-renamed" Cosmetic Nothing "has another name";
    SCHEME_TYPE_CHANGED = "api-security-component-type-changed" Breaking Auth "is a security scheme of another type";
    SCHEME_CHANGED = "api-security-component-changed" Breaking Auth "takes credentials in another way";
    OAUTH_URL_CHANGED = "api-security-component-oauth-url-changed" Warning Nothing "authorizes in another place";
    OAUTH_TOKEN_URL_CHANGED = "api-security-component-oauth-token-url-changed" Warning Nothing "issues tokens in another place";
    OAUTH_SCOPE_ADDED = "api-security-component-oauth-scope-added" Info Nothing "offers one more scope";
    OAUTH_SCOPE_REMOVED = "api-security-component-oauth-scope-removed" Info Nothing "offers one scope less";
    OAUTH_SCOPE_CHANGED = "api-security-component-oauth-scope-changed" Info Nothing "describes a scope in other words";
    SCHEME_EXTENSION_CHANGED = "api-security-component-extension-changed" Info Nothing "has another extension";

    // Parameters
    PARAMETER_REMOVED = "request-parameter-removed" Warning ParameterGone "is gone";
    NEW_REQUIRED_PARAMETER = "new-required-request-parameter" Breaking ParameterNew "is new and required";
    NEW_OPTIONAL_PARAMETER = "new-optional-request-parameter" Info ParameterNew "is new and optional";
    PARAMETER_BECAME_REQUIRED = "request-parameter-became-required" Breaking Nothing "is now required";
    PARAMETER_BECAME_OPTIONAL = "request-parameter-became-optional" Info Nothing "is no longer required";
    PARAMETER_DEPRECATED = "request-parameter-deprecated" Info Docs "is deprecated";
    PARAMETER_REACTIVATED = "request-parameter-reactivated" Info Docs "is no longer deprecated";
    PARAMETER_RENAMED = "request-parameter-renamed" Cosmetic ParameterName "has another name, which is not on the wire";
    PARAMETER_SERIALIZATION_CHANGED = "request-parameter-serialization-changed" Breaking Code "is written in another way";

    // The request's body
    BODY_ADDED_REQUIRED = "request-body-added-required" Breaking Body "is new and must be sent";
    BODY_ADDED_OPTIONAL = "request-body-added-optional" Info Body "is new and may be sent";
    BODY_REMOVED = "request-body-removed" Breaking Body "is gone";
    BODY_BECAME_REQUIRED = "request-body-became-required" Warning Nothing "must now be sent";
    BODY_BECAME_OPTIONAL = "request-body-became-optional" Info Nothing "need not be sent any more";
    REQUEST_MEDIA_TYPE_ADDED = "request-body-media-type-added" Info Body "is taken in one more media type";
    REQUEST_MEDIA_TYPE_REMOVED = "request-body-media-type-removed" Breaking Body "is no longer taken in a media type";
    REQUEST_MEDIA_TYPE_NAME_CHANGED = "request-body-media-type-name-changed" Warning Body "is taken in a media type of another name";
    REQUEST_SCHEMA_ADDED = "request-body-media-type-schema-added" Breaking Body "has a schema now";
    REQUEST_SCHEMA_REMOVED = "request-body-media-type-schema-removed" Info Body "no longer has a schema";
    REQUEST_ENCODING_CHANGED = "request-body-encoding-changed" Warning Code "is encoded in another way";

    // Responses
    SUCCESS_ADDED = "response-success-status-added" Warning Answer "is a new success";
    SUCCESS_REMOVED = "response-success-status-removed" Breaking Answer "is no longer a success that can come back";
    NON_SUCCESS_ADDED = "response-non-success-status-added" Info ResponseNew "is a new failure";
    NON_SUCCESS_REMOVED = "response-non-success-status-removed" Info ResponseGone "is no longer a failure that can come back";
    RANGE_ADDED = "response-status-range-added" Info ResponseNew "describes more statuses that can come back";
    RANGE_REMOVED = "response-status-range-removed" Info ResponseGone "no longer describes statuses that can come back";
    RESPONSE_MEDIA_TYPE_ADDED = "response-media-type-added" Info ResponseNew "may come in one more media type";
    RESPONSE_MEDIA_TYPE_REMOVED = "response-media-type-removed" Breaking ResponseGone "no longer comes in a media type";
    RESPONSE_MEDIA_TYPE_NAME_CHANGED = "response-media-type-name-changed" Warning Answer "comes in a media type of another name";
    RESPONSE_MEDIA_TYPE_NAME_GENERALIZED = "response-media-type-name-generalized" Breaking Answer "comes in a more general media type";
    RESPONSE_MEDIA_TYPE_NAME_SPECIALIZED = "response-media-type-name-specialized" Warning Answer "comes in a more special media type";
    RESPONSE_SCHEMA_ADDED = "response-body-media-type-schema-added" Info ResponseNew "has a schema now";
    RESPONSE_SCHEMA_REMOVED = "response-body-media-type-schema-removed" Breaking ResponseGone "no longer has a schema";
    RESPONSE_ENCODING_CHANGED = "response-body-encoding-changed" Warning Nothing "is encoded in another way";
    RESPONSE_FIELD_CHANGED = "response-field-changed" Info Nothing "has another value for a field beside its content";

    // Response headers
    HEADER_ADDED = "response-header-added" Info Nothing "is a new header";
    HEADER_REMOVED_REQUIRED = "required-response-header-removed" Breaking Nothing "is gone and was always sent";
    HEADER_REMOVED_OPTIONAL = "optional-response-header-removed" Warning Nothing "is gone and was sometimes sent";
    HEADER_BECAME_OPTIONAL = "response-header-became-optional" Breaking Nothing "is no longer always sent";
    HEADER_BECAME_REQUIRED = "response-header-became-required" Info Nothing "is now always sent";
    HEADER_DEPRECATED = "response-header-deprecated" Info Docs "is deprecated";
    HEADER_REACTIVATED = "response-header-reactivated" Info Docs "is no longer deprecated";
    HEADER_SERIALIZATION_CHANGED = "response-header-serialization-changed" Warning Nothing "is written in another way";
}
