//! The grammar of an OpenAPI document as a table: which object a field holds, what is prose, what is data.
//!
//! Everything that walks a document walks it by this table, so that a property that happens to be named
//! `description`, or a `$ref` inside an example, is never taken for what it is not.

use Content::{Any, Count, Flag, List, Map, Number, Object, Prose, Text, Texts};
use Kind::{
    Callback, Components, Discriminator, Encoding, Header, Info, Link, MediaType, OpenApi, Operation,
    Parameter, PathItem, Paths, RequestBody, Response, Responses, Schema, SecurityScheme, Server,
    ServerVariable, Tag,
};

/// The objects of OpenAPI 3.0 and 3.1 that facts are made of, by the names of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the specification's own")]
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

/// What a field of an object holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// A fact that is a string.
    Text,
    /// A fact that is a list of strings.
    Texts,
    /// A fact that is `true` or `false`.
    Flag,
    /// A fact that is a number.
    Number,
    /// A fact that is a whole number, not negative.
    Count,
    /// A fact of any form.
    Any,
    /// Words and illustrations for people.
    Prose,
    /// One object.
    Object(Kind),
    /// A list of objects.
    List(Kind),
    /// Objects by name.
    Map(Kind),
}

type Fields = &'static [(&'static str, Content)];

/// The methods that a path item can have operations for.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

impl Kind {
    /// What the field `name` of this object holds, or `None` if the object has no such field.
    ///
    /// Extensions (`x-…`) may be of any form everywhere.
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
            _ => self
                .fields()
                .iter()
                .find(|(field, _)| *field == name)
                .map(|(_, content)| *content),
        }
    }

    /// Whether a Reference Object (`$ref`) can stand where this object is expected.
    #[must_use]
    pub fn can_be_reference(self) -> bool {
        self.section().is_some()
    }

    /// The section of `components` that holds reusable objects of this kind.
    #[must_use]
    pub fn section(self) -> Option<&'static str> {
        COMPONENTS
            .iter()
            .find(|(_, content)| *content == Map(self))
            .map(|(section, _)| *section)
    }

    /// The kind of the objects in a section of `components`.
    #[must_use]
    pub fn of_section(section: &str) -> Option<Self> {
        match Components.content(section) {
            Some(Map(kind)) => Some(kind),
            _ => None,
        }
    }

    fn fields(self) -> Fields {
        match self {
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
            Parameter => PARAMETER,
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
            Schema => SCHEMA,
            Discriminator => &[("propertyName", Text), ("mapping", Any)],
            SecurityScheme => SECURITY_SCHEME,
            Tag => &[("name", Text), ("description", Prose), ("externalDocs", Prose)],
            Paths | Responses | Callback => &[],
        }
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

const PARAMETER: Fields = &[
    ("name", Text),
    ("in", Text),
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

/// The keywords of both dialects: JSON Schema 2020-12 and the one of OpenAPI 3.0. Which of them a
/// document may use is for [`crate::lower`] to say.
const SCHEMA: Fields = &[
    ("$schema", Text),
    ("$id", Text),
    ("$anchor", Text),
    ("$dynamicRef", Text),
    ("$dynamicAnchor", Text),
    ("$vocabulary", Any),
    ("$comment", Prose),
    ("$defs", Map(Schema)),
    ("definitions", Map(Schema)),
    ("title", Prose),
    ("description", Prose),
    ("type", Any),
    ("format", Text),
    ("enum", Any),
    ("const", Any),
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
    ("contentEncoding", Text),
    ("contentMediaType", Text),
    ("contentSchema", Object(Schema)),
    ("items", Object(Schema)),
    ("prefixItems", List(Schema)),
    ("unevaluatedItems", Object(Schema)),
    ("contains", Object(Schema)),
    ("maxContains", Count),
    ("minContains", Count),
    ("maxItems", Count),
    ("minItems", Count),
    ("uniqueItems", Flag),
    ("maxProperties", Count),
    ("minProperties", Count),
    ("required", Texts),
    ("dependentRequired", Any),
    ("dependentSchemas", Map(Schema)),
    ("properties", Map(Schema)),
    ("patternProperties", Map(Schema)),
    ("additionalProperties", Object(Schema)),
    ("unevaluatedProperties", Object(Schema)),
    ("propertyNames", Object(Schema)),
    ("allOf", List(Schema)),
    ("anyOf", List(Schema)),
    ("oneOf", List(Schema)),
    ("not", Object(Schema)),
    ("if", Object(Schema)),
    ("then", Object(Schema)),
    ("else", Object(Schema)),
    ("discriminator", Object(Discriminator)),
    ("xml", Any),
    ("externalDocs", Prose),
    ("example", Prose),
    ("examples", Prose),
];
