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

type Fields = &'static [(&'static str, Content)];

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
        if name.starts_with("x-") {
            return Some(Any);
        }
        match self {
            _ if name == "$ref" => self.can_be_reference().then_some(Text),
            Self::Paths => Some(Object(PathItem)),
            Self::Responses => Some(Object(Response)),
            Self::Callback => Some(Object(PathItem)),
            Self::PathItem if METHODS.contains(&name) => Some(Object(Operation)),
            _ => {
                let mut fields = self.fields().into_iter().flatten();
                fields
                    .find(|(field, _)| *field == name)
                    .map(|(_, content)| *content)
            }
        }
    }

    /// Returns whether a Reference Object (`$ref`) is allowed in place of this object.
    #[must_use]
    pub fn can_be_reference(self) -> bool {
        self.section().is_some()
    }

    /// Returns the section of `components` for this kind of object.
    #[must_use]
    pub fn section(self) -> Option<&'static str> {
        COMPONENTS
            .iter()
            .find(|(_, content)| *content == Map(self))
            .map(|(section, _)| *section)
    }

    /// Returns the kind of the objects in a section of `components`.
    #[must_use]
    pub fn of_section(section: &str) -> Option<Self> {
        match Components.content(section) {
            Some(Map(kind)) => Some(kind),
            _ => None,
        }
    }

    /// Returns the fields, in one or two tables.
    fn fields(self) -> [Fields; 2] {
        let fields: Fields = match self {
            Parameter => return [PARAMETER, HEADER],
            Schema => return [SCHEMA, NEW_IN_3_1],
            OpenApi => OPENAPI,
            Info => INFO,
            Server => &[
                ("url", Text),
                ("description", Prose),
                ("variables", Map(ServerVariable)),
            ],
            ServerVariable => &[("enum", Texts), ("default", Text), ("description", Prose)],
            Components => COMPONENTS,
            PathItem => PATH_ITEM,
            Operation => OPERATION,
            RequestBody => &[
                ("description", Prose),
                ("content", Map(MediaType)),
                ("required", Flag),
            ],
            MediaType => MEDIA_TYPE,
            Encoding => ENCODING,
            Response => RESPONSE,
            Header => HEADER,
            Link => LINK,
            Discriminator => &[("propertyName", Text), ("mapping", Any)],
            SecurityScheme => SECURITY_SCHEME,
            Tag => &[("name", Text), ("description", Prose), ("externalDocs", Prose)],
            Paths | Responses | Callback => &[],
        };
        [fields, &[]]
    }
}

const OPENAPI: Fields = &[
    ("openapi", Text),
    ("jsonSchemaDialect", Text),
    ("info", Object(Info)),
    ("servers", List(Server)),
    ("paths", Object(Paths)),
    ("webhooks", Map(PathItem)),
    ("components", Object(Components)),
    ("security", Any),
    ("tags", List(Tag)),
    ("externalDocs", Prose),
];

const INFO: Fields = &[
    ("title", Text),
    ("version", Text),
    ("summary", Prose),
    ("description", Prose),
    ("termsOfService", Prose),
    ("contact", Prose),
    ("license", Prose),
];

const COMPONENTS: Fields = &[
    ("schemas", Map(Schema)),
    ("responses", Map(Response)),
    ("parameters", Map(Parameter)),
    ("examples", Prose),
    ("requestBodies", Map(RequestBody)),
    ("headers", Map(Header)),
    ("securitySchemes", Map(SecurityScheme)),
    ("links", Map(Link)),
    ("callbacks", Map(Callback)),
    ("pathItems", Map(PathItem)),
];

const PATH_ITEM: Fields = &[
    ("summary", Prose),
    ("description", Prose),
    ("servers", List(Server)),
    ("parameters", List(Parameter)),
];

const OPERATION: Fields = &[
    ("tags", Texts),
    ("summary", Prose),
    ("description", Prose),
    ("externalDocs", Prose),
    ("operationId", Text),
    ("parameters", List(Parameter)),
    ("requestBody", Object(RequestBody)),
    ("responses", Object(Responses)),
    ("callbacks", Map(Callback)),
    ("deprecated", Flag),
    ("security", Any),
    ("servers", List(Server)),
];

/// The fields that parameters have and headers don't.
const PARAMETER: Fields = &[("name", Text), ("in", Text)];

const HEADER: Fields = &[
    ("description", Prose),
    ("required", Flag),
    ("deprecated", Flag),
    ("allowEmptyValue", Flag),
    ("style", Text),
    ("explode", Flag),
    ("allowReserved", Flag),
    ("schema", Object(Schema)),
    ("content", Map(MediaType)),
    ("example", Prose),
    ("examples", Prose),
];

const MEDIA_TYPE: Fields = &[
    ("schema", Object(Schema)),
    ("encoding", Map(Encoding)),
    ("example", Prose),
    ("examples", Prose),
];

const ENCODING: Fields = &[
    ("contentType", Text),
    ("headers", Map(Header)),
    ("style", Text),
    ("explode", Flag),
    ("allowReserved", Flag),
];

const RESPONSE: Fields = &[
    ("description", Prose),
    ("headers", Map(Header)),
    ("content", Map(MediaType)),
    ("links", Map(Link)),
];

const LINK: Fields = &[
    ("operationRef", Text),
    ("operationId", Text),
    ("parameters", Any),
    ("requestBody", Any),
    ("description", Prose),
    ("server", Object(Server)),
];

const SECURITY_SCHEME: Fields = &[
    ("type", Text),
    ("description", Prose),
    ("name", Text),
    ("in", Text),
    ("scheme", Text),
    ("bearerFormat", Text),
    ("flows", Any),
    ("openIdConnectUrl", Text),
];

/// The schema keywords in OpenAPI 3.0.
const SCHEMA: Fields = &[
    ("title", Prose),
    ("description", Prose),
    ("type", Any),
    ("format", Text),
    ("enum", Any),
    ("default", Any),
    ("nullable", Flag),
    ("deprecated", Flag),
    ("readOnly", Flag),
    ("writeOnly", Flag),
    ("multipleOf", Number),
    ("maximum", Number),
    ("exclusiveMaximum", Any),
    ("minimum", Number),
    ("exclusiveMinimum", Any),
    ("maxLength", Count),
    ("minLength", Count),
    ("pattern", Text),
    ("items", Object(Schema)),
    ("maxItems", Count),
    ("minItems", Count),
    ("uniqueItems", Flag),
    ("maxProperties", Count),
    ("minProperties", Count),
    ("required", Texts),
    ("properties", Map(Schema)),
    ("additionalProperties", Object(Schema)),
    ("allOf", List(Schema)),
    ("anyOf", List(Schema)),
    ("oneOf", List(Schema)),
    ("not", Object(Schema)),
    ("discriminator", Object(Discriminator)),
    ("xml", Any),
    ("externalDocs", Prose),
    ("example", Prose),
];

/// The schema keywords that only JSON Schema 2020-12, and therefore OpenAPI 3.1, has.
const NEW_IN_3_1: Fields = &[
    ("$schema", Text),
    ("$id", Text),
    ("$anchor", Text),
    ("$dynamicRef", Text),
    ("$dynamicAnchor", Text),
    ("$vocabulary", Any),
    ("$comment", Prose),
    ("$defs", Map(Schema)),
    ("definitions", Map(Schema)),
    ("const", Any),
    ("contentEncoding", Text),
    ("contentMediaType", Text),
    ("contentSchema", Object(Schema)),
    ("prefixItems", List(Schema)),
    ("unevaluatedItems", Object(Schema)),
    ("contains", Object(Schema)),
    ("maxContains", Count),
    ("minContains", Count),
    ("dependentRequired", Any),
    ("dependentSchemas", Map(Schema)),
    ("patternProperties", Map(Schema)),
    ("unevaluatedProperties", Object(Schema)),
    ("propertyNames", Object(Schema)),
    ("if", Object(Schema)),
    ("then", Object(Schema)),
    ("else", Object(Schema)),
    ("examples", Prose),
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

/// Returns whether a schema keyword exists only in OpenAPI 3.1.
pub(crate) fn is_new_in_3_1(keyword: &str) -> bool {
    NEW_IN_3_1.iter().any(|(name, _)| *name == keyword)
}
