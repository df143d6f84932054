//! The errors in the body of an API response, in any of the formats that the API uses.

use std::fmt;

use serde_json::{Map, Value};

use super::redact::redact;
use crate::generated::api_error::ApiError;

/// The maximum number of errors to keep from one response.
const MAX_ERRORS: usize = 20;
/// The maximum length of each string, in characters.
const MAX_TEXT: usize = 200;

impl ApiError {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(attribute) = self.attribute() {
            write!(f, "`{attribute}`: ")?;
        }
        match (self.message(), self.code()) {
            (Some(message), Some(code)) => write!(f, "{message} ({code})"),
            (Some(text), None) | (None, Some(text)) => f.write_str(text),
            (None, None) => f.write_str("no explanation"),
        }
    }
}

/// Returns the errors in a response body, which may be JSON in a current or former format, or plain text.
pub(crate) fn parse(body: &[u8], secrets: &[&str]) -> Vec<ApiError> {
    let body = serde_json::from_slice(body).unwrap_or_else(|_| plain_text(body));
    let errors = of_value(&body).into_iter();
    let errors = errors.filter(|error| !error.is_empty()).take(MAX_ERRORS);
    errors
        .map(|error| error.map(|text| redact(&text, secrets, MAX_TEXT)))
        .collect()
}

/// Returns a plain text body as a JSON string. HTML and malformed JSON are ignored.
fn plain_text(body: &[u8]) -> Value {
    match std::str::from_utf8(body).map(str::trim) {
        Ok(text) if !text.starts_with(['<', '{', '[', '"']) => text.into(),
        _ => Value::Null,
    }
}

fn of_value(value: &Value) -> Vec<ApiError> {
    match value {
        Value::Array(list) => list.iter().flat_map(of_value).collect(),
        Value::Object(object) => of_object(object),
        Value::String(_) => vec![ApiError {
            message: text(value),
            ..ApiError::default()
        }],
        _ => Vec::new(),
    }
}

fn of_object(object: &Map<String, Value>) -> Vec<ApiError> {
    let errors = match object.get("errors") {
        // Messages by field, such as `{"user_name": ["is too long"]}`.
        Some(Value::Object(fields)) => fields.iter().flat_map(of_field).collect(),
        Some(errors) => of_value(errors),
        None => Vec::new(),
    };
    // If `errors` contains nothing usable, the other members may describe a single error.
    if !errors.iter().all(ApiError::is_empty) {
        return errors;
    }
    if let Some(error @ Value::Object(_)) = object.get("error") {
        return of_value(error);
    }
    let first = |names: &[&str]| names.iter().find_map(|name| object.get(*name).and_then(text));
    vec![ApiError::from_parts(|name| match name {
        "message" => first(&["message", "detail", "title", "error"]),
        "url" => first(&["url", "more_info"]),
        _ => first(&[name]),
    })]
}

fn of_field((field, messages): (&String, &Value)) -> Vec<ApiError> {
    let with_field = |error: ApiError| {
        let attribute = Some(field.clone());
        ApiError { attribute, ..error }
    };
    of_value(messages).into_iter().map(with_field).collect()
}

/// Returns a scalar or a list of strings as text, or `None` if it is empty or has a different type.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(list) => {
            let texts: Vec<_> = list.iter().filter_map(Value::as_str).collect();
            texts.join("; ")
        }
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}
