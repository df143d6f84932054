//! The OpenAPI grammar as a table. It defines the type of each field, and whether the field is prose or data.
//!
//! All code that traverses documents uses this table, so that a property named `description` or a `$ref` in an example
//! is not mistaken for an OpenAPI field.

use Content::{Any, Count, Flag, List, Map, Number, Object, Prose, Text, Texts};
use Kind::{
    Callback, Components, Discriminator, Encoding, Header, Info, Link, MediaType, OpenApi, Operation,
    Parameter, PathItem, Paths, RequestBody, Response, Responses, Schema, SecurityScheme, Server,
    ServerVariable, Tag,
};

/// The OpenAPI 3.0 and 3.1 object types that facts consist of, named as in the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the variants are named as in the specification")]
pub enum Kind {
    OpenApi,
    Info,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Header,
    Link,
    Callback,
    Schema,
    Discriminator,
    SecurityScheme,
    Tag,
}

/// The content of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// A string.
    Text,
    /// An array of strings.
    Texts,
    /// `true` or `false`.
    Flag,
    /// A number.
    Number,
    /// A non-negative integer.
    Count,
    /// A value of any type.
    Any,
    /// Text or examples meant for people.
    Prose,
    /// An object of this kind.
    Object(Kind),
    /// An array of objects of this kind.
    List(Kind),
    /// A map from names to objects of this kind.
    Map(Kind),
}

impl Content {
    /// Returns the content of a member of an object whose content is `self`.
    pub(crate) fn member(self, name: &str) -> Self {
        match self {
            Object(kind) => kind.content(name).unwrap_or(Any),
            Map(kind) => Object(kind),
            List(_) => Any,
            other => other,
        }
    }

    /// Returns `true` if a value with this content may contain objects that the specification describes.
    pub(crate) fn has_objects(self) -> bool {
        matches!(self, Object(_) | List(_) | Map(_))
    }

    /// Returns the content of the items of an array whose content is `self`.
    pub(crate) fn item(self) -> Self {
        match self {
            List(kind) => Object(kind),
            Object(_) | Map(_) => Any,
            other => other,
        }
    }
}

/// The field names for each type of content.
type Fields = &'static [(Content, &'static [&'static str])];

/// The HTTP methods for which a path item can define operations.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

impl Kind {
    /// Returns the content of the field `name`, or `None` if the object has no such field.
    ///
    /// Extensions (`x-…`) are allowed everywhere and may have any type.
    #[must_use]
    pub fn content(self, name: &str) -> Option<Content> {
        match self {
            _ if name.starts_with("x-") => Some(Any),
            _ if name == "$ref" => self.can_be_reference().then_some(Text),
            Paths => name.starts_with('/').then_some(Object(PathItem)),
            Callback => Some(Object(PathItem)),
            Responses => Some(Object(Response)),
            Parameter => content_in(PARAMETER, name).or_else(|| content_in(HEADER, name)),
            Schema => content_in(SCHEMA, name).or_else(|| content_in(NEW_IN_3_1, name)),
            OpenApi => content_in(OPENAPI, name),
            Info => content_in(INFO, name),
            Server => content_in(SERVER, name),
            ServerVariable => content_in(SERVER_VARIABLE, name),
            Components => content_in(COMPONENTS, name),
            PathItem => content_in(PATH_ITEM, name),
            Operation => content_in(OPERATION, name),
            RequestBody => content_in(REQUEST_BODY, name),
            MediaType => content_in(MEDIA_TYPE, name),
            Encoding => content_in(ENCODING, name),
            Response => content_in(RESPONSE, name),
            Header => content_in(HEADER, name),
            Link => content_in(LINK, name),
            Discriminator => content_in(DISCRIMINATOR, name),
            SecurityScheme => content_in(SECURITY_SCHEME, name),
            Tag => content_in(TAG, name),
        }
    }

    /// Returns `true` if a Reference Object (`$ref`) is allowed in place of this object.
    #[must_use]
    pub fn can_be_reference(self) -> bool {
        self.section().is_some()
    }

    /// Returns the section of `components` for this kind of object.
    #[must_use]
    pub fn section(self) -> Option<&'static str> {
        let (_, names) = COMPONENTS.iter().find(|(content, _)| *content == Map(self))?;
        names.first().copied()
    }

    /// Returns the kind of the objects in a section of `components`.
    #[must_use]
    pub fn of_section(section: &str) -> Option<Self> {
        match Components.content(section) {
            Some(Map(kind)) => Some(kind),
            _ => None,
        }
    }
}

fn content_in(fields: Fields, name: &str) -> Option<Content> {
    let (content, _) = fields.iter().find(|(_, names)| names.contains(&name))?;
    Some(*content)
}

const OPENAPI: Fields = &[
    (Text, &["openapi", "jsonSchemaDialect"]),
    (Object(Info), &["info"]),
    (List(Server), &["servers"]),
    (Object(Paths), &["paths"]),
    (Map(PathItem), &["webhooks"]),
    (Object(Components), &["components"]),
    (Any, &["security"]),
    (List(Tag), &["tags"]),
    (Prose, &["externalDocs"]),
];

const INFO: Fields = &[
    (Text, &["title", "version"]),
    (Prose, &["summary", "description", "termsOfService"]),
    (Prose, &["contact", "license"]),
];

const SERVER: Fields = &[
    (Text, &["url"]),
    (Prose, &["description"]),
    (Map(ServerVariable), &["variables"]),
];

const SERVER_VARIABLE: Fields = &[
    (Texts, &["enum"]),
    (Text, &["default"]),
    (Prose, &["description"]),
];

const COMPONENTS: Fields = &[
    (Map(Schema), &["schemas"]),
    (Map(Response), &["responses"]),
    (Map(Parameter), &["parameters"]),
    (Prose, &["examples"]),
    (Map(RequestBody), &["requestBodies"]),
    (Map(Header), &["headers"]),
    (Map(SecurityScheme), &["securitySchemes"]),
    (Map(Link), &["links"]),
    (Map(Callback), &["callbacks"]),
    (Map(PathItem), &["pathItems"]),
];

const PATH_ITEM: Fields = &[
    (Prose, &["summary", "description"]),
    (List(Server), &["servers"]),
    (List(Parameter), &["parameters"]),
    (Object(Operation), &METHODS),
];

const OPERATION: Fields = &[
    (Texts, &["tags"]),
    (Prose, &["summary", "description", "externalDocs"]),
    (Text, &["operationId"]),
    (List(Parameter), &["parameters"]),
    (Object(RequestBody), &["requestBody"]),
    (Object(Responses), &["responses"]),
    (Map(Callback), &["callbacks"]),
    (Flag, &["deprecated"]),
    (Any, &["security"]),
    (List(Server), &["servers"]),
];

/// The fields that parameters have and headers don't.
const PARAMETER: Fields = &[(Text, &["name", "in"])];

const HEADER: Fields = &[
    (Prose, &["description", "example", "examples"]),
    (Flag, &["required", "deprecated", "allowEmptyValue"]),
    (Flag, &["explode", "allowReserved"]),
    (Text, &["style"]),
    (Object(Schema), &["schema"]),
    (Map(MediaType), &["content"]),
];

const REQUEST_BODY: Fields = &[
    (Prose, &["description"]),
    (Map(MediaType), &["content"]),
    (Flag, &["required"]),
];

const MEDIA_TYPE: Fields = &[
    (Object(Schema), &["schema"]),
    (Map(Encoding), &["encoding"]),
    (Prose, &["example", "examples"]),
];

const ENCODING: Fields = &[
    (Text, &["contentType", "style"]),
    (Map(Header), &["headers"]),
    (Flag, &["explode", "allowReserved"]),
];

const RESPONSE: Fields = &[
    (Prose, &["description"]),
    (Map(Header), &["headers"]),
    (Map(MediaType), &["content"]),
    (Map(Link), &["links"]),
];

const LINK: Fields = &[
    (Text, &["operationRef", "operationId"]),
    (Any, &["parameters", "requestBody"]),
    (Prose, &["description"]),
    (Object(Server), &["server"]),
];

const DISCRIMINATOR: Fields = &[(Text, &["propertyName"]), (Any, &["mapping"])];

const SECURITY_SCHEME: Fields = &[
    (Text, &["type", "name", "in", "scheme", "bearerFormat"]),
    (Text, &["openIdConnectUrl"]),
    (Prose, &["description"]),
    (Any, &["flows"]),
];

const TAG: Fields = &[(Text, &["name"]), (Prose, &["description", "externalDocs"])];

/// The schema keywords in OpenAPI 3.0.
const SCHEMA: Fields = &[
    (Prose, &["title", "description", "externalDocs", "example"]),
    (Any, &["type", "enum", "default", "xml"]),
    (Text, &["format", "pattern"]),
    (Flag, &["nullable", "deprecated", "readOnly", "writeOnly"]),
    (Flag, &["uniqueItems"]),
    (Number, &["multipleOf", "maximum", "minimum"]),
    (Any, &["exclusiveMaximum", "exclusiveMinimum"]),
    (Count, &["maxLength", "minLength", "maxItems", "minItems"]),
    (Count, &["maxProperties", "minProperties"]),
    (Texts, &["required"]),
    (Map(Schema), &["properties"]),
    (Object(Schema), &["items", "additionalProperties", "not"]),
    (List(Schema), &["allOf", "anyOf", "oneOf"]),
    (Object(Discriminator), &["discriminator"]),
];

/// The schema keywords that exist only in JSON Schema 2020-12, and therefore only in OpenAPI 3.1.
const NEW_IN_3_1: Fields = &[
    (Text, &["$schema", "$id", "$anchor"]),
    (Text, &["$dynamicRef", "$dynamicAnchor"]),
    (Text, &["contentEncoding", "contentMediaType"]),
    (Any, &["$vocabulary", "const", "dependentRequired"]),
    (Prose, &["$comment", "examples"]),
    (Map(Schema), &["$defs", "definitions"]),
    (Map(Schema), &["dependentSchemas", "patternProperties"]),
    (List(Schema), &["prefixItems"]),
    (Object(Schema), &["contentSchema", "contains", "propertyNames"]),
    (Object(Schema), &["unevaluatedItems", "unevaluatedProperties"]),
    (Object(Schema), &["if", "then", "else"]),
    (Count, &["maxContains", "minContains"]),
];

/// The types in OpenAPI 3.0, each with the keywords that apply only to values of that type.
pub const TYPES: [(&str, &[&str]); 6] = [
    ("string", STRING_LIMITS),
    ("integer", NUMBER_LIMITS),
    ("number", NUMBER_LIMITS),
    ("boolean", &[]),
    ("array", &["items", "maxItems", "minItems", "uniqueItems"]),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "maxProperties",
            "minProperties",
        ],
    ),
];

/// The keywords that limit strings.
pub const STRING_LIMITS: &[&str] = &["maxLength", "minLength", "pattern"];

/// The keywords that limit numbers.
pub const NUMBER_LIMITS: &[&str] = &[
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "multipleOf",
];

/// Returns `true` if a schema keyword exists only in OpenAPI 3.1.
pub(crate) fn is_new_in_3_1(keyword: &str) -> bool {
    content_in(NEW_IN_3_1, keyword).is_some()
}
