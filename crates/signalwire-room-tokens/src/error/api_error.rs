//! The errors in the body of an API response, in any of the formats that the API uses.

use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

use super::redact::redact;

/// The maximum number of errors kept from one response.
const MAX_ERRORS: usize = 20;
/// The maximum length of each string, in characters.
const MAX_TEXT: usize = 200;

/// An error that the API reported.
///
/// All parts are optional, because the API uses several error formats, some of them undocumented. Strings are truncated
/// to 200 characters, and everything that looks like a token is redacted.
///
/// It is serialized with the API's field names: `type`, `code`, `message`, `attribute` and `url`. Missing parts are
/// omitted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ApiError {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    error_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attribute: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl ApiError {
    /// Returns the type of error, such as `validation_error`.
    #[must_use]
    pub fn error_type(&self) -> Option<&str> {
        self.error_type.as_deref()
    }

    /// Returns the error code, such as `invalid_parameter`. SignalWire may add new codes.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Returns the error message.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// Returns the name of the request field that caused the error.
    #[must_use]
    pub fn attribute(&self) -> Option<&str> {
        self.attribute.as_deref()
    }

    /// Returns the URL of the documentation of the error.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(attribute) = &self.attribute {
            write!(f, "`{attribute}`: ")?;
        }
        f.write_str(
            self.message
                .as_deref()
                .or(self.code.as_deref())
                .unwrap_or("no explanation"),
        )?;
        match (&self.code, &self.message) {
            (Some(code), Some(_)) => write!(f, " ({code})"),
            _ => Ok(()),
        }
    }
}

/// Returns the errors in a response body, which may be JSON in a current or former format, or plain text.
pub(super) fn parse(body: &[u8], secrets: &[&str]) -> Vec<ApiError> {
    let parser = Parser { secrets };
    let mut errors = match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => parser.of_object(&object),
        Ok(Value::Array(list)) => parser.of_list(&list),
        Ok(Value::String(text)) => vec![parser.of_text(&text)],
        Ok(_) => Vec::new(),
        Err(_) => parser.of_plain_text(body),
    };
    errors.retain(|error| !error.is_empty());
    errors
}

struct Parser<'a> {
    secrets: &'a [&'a str],
}

impl Parser<'_> {
    fn of_object(&self, object: &Map<String, Value>) -> Vec<ApiError> {
        let mut errors = match object.get("errors") {
            Some(Value::Array(list)) => self.of_list(list),
            Some(Value::Object(fields)) => self.of_fields(fields),
            Some(Value::String(text)) => vec![self.of_text(text)],
            _ => Vec::new(),
        };
        // If `errors` contains nothing usable, look for a single error in the other members.
        if errors.iter().all(ApiError::is_empty) {
            errors.push(self.of_single(object));
        }
        errors
    }

    /// Returns the error of a body that describes a single error.
    fn of_single(&self, object: &Map<String, Value>) -> ApiError {
        match object.get("error") {
            Some(Value::Object(error)) => self.of_item(error),
            Some(Value::String(message)) => {
                let mut error = self.of_item(object);
                error.message.get_or_insert_with(|| self.text(message));
                error
            }
            _ => self.of_item(object),
        }
    }

    fn of_list(&self, list: &[Value]) -> Vec<ApiError> {
        let error = |value: &Value| match value {
            Value::Object(item) => Some(self.of_item(item)),
            Value::String(text) => Some(self.of_text(text)),
            _ => None,
        };
        list.iter().take(MAX_ERRORS).filter_map(error).collect()
    }

    /// Returns the errors of an object with messages by field, such as `{"user_name": ["is too long"]}`.
    fn of_fields(&self, fields: &Map<String, Value>) -> Vec<ApiError> {
        let of_field = |(field, messages): (&String, &Value)| {
            let messages = match messages {
                Value::Array(list) => list.clone(),
                message => vec![message.clone()],
            };
            let attribute = Some(self.text(field));
            self.of_list(&messages).into_iter().map(move |error| ApiError {
                attribute: attribute.clone(),
                ..error
            })
        };
        fields.iter().flat_map(of_field).take(MAX_ERRORS).collect()
    }

    fn of_item(&self, item: &Map<String, Value>) -> ApiError {
        let first = |names: &[&str]| {
            let value = names
                .iter()
                .find_map(|name| item.get(*name).filter(|value| !value.is_null()))?;
            match value {
                Value::String(text) => Some(self.text(text)),
                Value::Number(number) => Some(self.text(&number.to_string())),
                Value::Array(list) => {
                    let texts: Vec<_> = list.iter().filter_map(Value::as_str).collect();
                    (!texts.is_empty()).then(|| self.text(&texts.join("; ")))
                }
                _ => None,
            }
        };
        ApiError {
            error_type: first(&["type"]),
            code: first(&["code"]),
            message: first(&["message", "detail", "title"]),
            attribute: first(&["attribute"]),
            url: first(&["url", "more_info"]),
        }
    }

    fn of_text(&self, text: &str) -> ApiError {
        let text = text.trim();
        ApiError {
            message: (!text.is_empty()).then(|| self.text(text)),
            ..ApiError::default()
        }
    }

    /// Returns the error of a plain text body. HTML and malformed JSON are ignored.
    fn of_plain_text(&self, body: &[u8]) -> Vec<ApiError> {
        match std::str::from_utf8(body) {
            Ok(text) if !text.trim_start().starts_with(['<', '{', '[', '"']) => vec![self.of_text(text)],
            _ => Vec::new(),
        }
    }

    fn text(&self, text: &str) -> String {
        redact(text, self.secrets, MAX_TEXT)
    }
}
